"""Made-up figures: each test says only what matters to it, the rest is plain."""

from datetime import date
from types import MappingProxyType

from kpi.domain.catalog import Catalog, by_id
from kpi.domain.model import Area, AreaSet, Indicator, Observation, PopulationGroup, Source, Theme
from kpi.domain.period import parse_period
from kpi.domain.plan import Meeting
from kpi.domain.vocabulary import Benchmark, Direction, FigureStatus, Kind


def indicator(
    kind: Kind = "proportion",
    unit: str = "percent",
    direction: Direction = "higher_is_better",
    decimals: int = 1,
    indicator_id: str = "rate",
    benchmark: Benchmark = "",
) -> Indicator:
    """An indicator of one theme; a percentage with one decimal unless it is said otherwise."""
    return Indicator(
        indicator_id, "work", "Beskæftigelse", "Job", kind, unit, direction, decimals, True, "all",
        "Andel i job", "", benchmark,
    )  # fmt: skip


def observation(
    value: float | None = None,
    period: str = "2022",
    *,
    area: str = "aarhus",
    group: str = "all",
    status: FigureStatus = "final",
    of: tuple[float | None, float] | None = None,
    decimals: int | None = None,
) -> Observation:
    """An observation; `of` is its numerator and denominator. What it seldom has is replaced."""
    numerator, denominator = of or (None, None)
    return Observation(
        "rate", area, group, parse_period(period), value, numerator, denominator, status, decimals,
        None, None, "paper", None, None, "over",
    )  # fmt: skip


def rows_of(area: str, values: dict[str, float]) -> list[Observation]:
    """A series of an area by period."""
    return [observation(value, period, area=area) for period, value in values.items()]


def catalog(*indicators: Indicator) -> Catalog:
    """The country, Aarhus and three cities in a set of four, two programme areas, three groups."""
    cities = ("aarhus", "odense", "randers", "esbjerg")
    return Catalog(
        themes=by_id([Theme("work", "Arbejde", "Arbejde", None, 1, "")], "theme_id"),
        indicators=by_id(indicators or [indicator()], "indicator_id"),
        areas=by_id(
            [
                Area("denmark", "Hele landet", "country", None, "000", ()),
                *(Area(city, city.title(), "municipality", "denmark", None, ()) for city in cities),
                Area("lolland", "Lolland", "municipality", "denmark", None, ()),
                Area("faxe", "Faxe", "municipality", "denmark", None, ()),
                Area("gellerup", "Gellerup", "programme_area", "aarhus", None, ()),
                Area("tilst", "Tilst", "programme_area", "aarhus", None, ()),
            ],
            "area_id",
        ),
        area_sets=MappingProxyType({"cities": AreaSet("cities", "Byerne", cities)}),
        groups=by_id(
            [
                PopulationGroup("all", "Alle", "", None),
                PopulationGroup("danish", "Dansk baggrund", "", None),
                PopulationGroup("non_western", "Ikke-vestlig baggrund", "", "danish"),
            ],
            "group_id",
        ),
        sources=by_id([Source("paper", "Papir", "Udgiver", "2024-06-19", "", 0)], "source_id"),
        abbreviations=(),
        school_figures=frozenset(),
        meetings=by_id([Meeting("june", date(2024, 6, 24), "Udvalg", "Status")], "meeting_id"),
    )
