"""Where an area's figure lies among those of all of its kind: the strip of a profile's row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from kpi.charts.strip import Strip
from kpi.domain import format as fmt
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures, Municipal, median_without
from kpi.domain.measure import Measured, measured
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.ranking import place_from_end
from kpi.domain.vocabulary import LEVEL_NOUNS
from kpi.domain.wording import counts_in_words
from kpi.views.placed import believed, counted_among, place_among
from kpi.views.row_words import place_words

# Of fewer areas each is a dot, and there is no middle half to show.
FEWEST_OF_MANY = 30
_SINGULAR = {
    "kommuner": "kommune", "regioner": "region", "boligområder": "boligområde", "sogne": "sogn",
    "skoler": "skole", "områder": "område",
}  # fmt: skip


@dataclass(frozen=True)
class StripPlace:
    """A row's strip with the texts at its ends and its words; `instead` is why there is none.

    `rank` is the place, `rank_note` what it needs beside it. `share` is how much of the way from
    the best to the worst place it is, None without a place; `spread` how long the strip is.
    """

    strip: Strip | None
    left: str = ""
    right: str = ""
    alt: str = ""
    instead: str = ""
    rank: str = ""
    rank_note: str = ""
    share: float | None = None
    spread: float = 0.0


@dataclass(frozen=True)
class Beside:
    """What rows are placed among: the figures at hand, and all municipalities' by key and area."""

    area: Area
    figures: Figures
    municipal: Municipal
    catalog: Catalog

    @property
    def is_among_municipalities(self) -> bool:
        """Whether the area's figures lie among the municipalities': also the whole country's do."""
        return self.area.level in ("municipality", "country")

    @property
    def noun(self) -> str:
        """What the areas are called that it lies among: `kommuner`."""
        level = "municipality" if self.is_among_municipalities else self.area.level
        return LEVEL_NOUNS.get(level, "områder")


def has_direction(indicator: Indicator, area: Area) -> bool:
    """Whether one end of the strip is better: never of a small area, for who lives there."""
    return indicator.direction != "neutral" and not area.is_local


def place_of(row: Observation, comparisons: Sequence[Comparison], beside: Beside) -> StripPlace:
    """Where the row's figure lies; `comparisons` are all that it is compared with."""
    catalog, area = beside.catalog, beside.area
    indicator = catalog.indicators[row.indicator_id]
    own = measured(row, indicator)
    if indicator.is_total and not own.in_percent:
        # It grows with the area; that it is compared with nothing is the verdict's to say.
        return StripPlace(None, instead="Et antal")
    known = _known(own, beside)
    values = believed(row, known, catalog)
    others = {area_id: value for area_id, value in values.items() if area_id != area.area_id}
    if not others:
        only = own.value is not None and area.level != "country"
        return StripPlace(None, instead=f"Kun {area.name} har tallet" if only else "")
    marks = _marks(own, comparisons, known, others, beside)
    decimals = 0 if own.in_percent and not indicator.is_proportion else indicator.decimals
    left, right = (fmt.number(end, decimals) for end in marks.ends)
    rank, note, share = _rank_words(own, known, values, beside)
    tick = ""
    if marks.tick is not None:
        name = "median" if marks.half else "hele landet"
        tick = f"{name} {fmt.number(marks.tick, decimals)}"
        note = note if marks.half else note or "streg: landet"
    said = ", ".join(filter(None, (f"{area.name} {fmt.display_in_words(row, indicator)}", rank)))
    alt = "; ".join(filter(None, (said, tick, f"fra {left} til {right}")))
    return StripPlace(
        marks, left, right, alt, "", rank, note, share, abs(marks.ends[1] - marks.ends[0])
    )


def _marks(
    own: Measured,
    comparisons: Sequence[Comparison],
    known: Mapping[str, float],
    others: Mapping[str, float],
    beside: Beside,
) -> Strip:
    catalog, area = beside.catalog, beside.area
    is_doubted = catalog.is_implausible(own.row)
    shown = own.value
    least, most = min(others.values()), max(others.values())
    if shown is not None and not least <= shown <= most:
        # What is not believed must not press all others together.
        shown = None if is_doubted else shown
        least, most = (min(least, shown), max(most, shown)) if shown is not None else (least, most)
    is_turned = has_direction(own.indicator, area) and (
        own.indicator.direction == "lower_is_better"
    )  # fmt: skip
    ends = (most, least) if is_turned else (least, most)
    is_open = own.row.is_approximate or is_doubted
    if len(others) < FEWEST_OF_MANY - 1:
        country = _country(comparisons, catalog)
        return Strip(ends, shown, tick=country, others=tuple(others.values()), is_open=is_open)
    middle = median_without(area.area_id, known)
    means = {each.with_id: each.value for each in comparisons if each.kind == "area_set"}
    sets = [set_.set_id for set_ in catalog.sets_of(area.area_id) if set_.set_id in means]
    first, _, last = quantiles(others.values(), n=4, method="inclusive")
    return Strip(
        ends, shown, (first, last), middle[0] if middle else None,
        means[sets[0]] if sets else None, means.get(SIMILAR), is_open=is_open,
    )  # fmt: skip


def _known(own: Measured, beside: Beside) -> Mapping[str, float]:
    """The values of the figure's key in all areas of its kind, by area."""
    row, catalog = own.row, beside.catalog
    if beside.is_among_municipalities:
        return beside.municipal.get((row.indicator_id, row.group_id, row.period.text), {})
    values = {}
    for area in (beside.area, *catalog.siblings(beside.area)):
        theirs = beside.figures.at(row.indicator_id, area.area_id, row.group_id, row.period)
        other = measured(theirs, own.indicator) if theirs else None
        if other and other.value is not None and other.in_percent == own.in_percent:
            values[area.area_id] = other.value
    return values


def _country(comparisons: Sequence[Comparison], catalog: Catalog) -> float | None:
    country = catalog.country()
    return next(
        (
            each.value
            for each in comparisons
            if each.kind == "area" and country and each.with_id == country.area_id
        ),
        None,
    )


def _rank_words(
    own: Measured, known: Mapping[str, float], values: Mapping[str, float], beside: Beside
) -> tuple[str, str, float | None]:
    """The place in words, what stands under it, and the place as a share of all."""
    if own.value is None:
        return "", "ingen placering", None
    counted = None
    if beside.area.level == "municipality":
        counted = counted_among(own.row, values, beside.catalog)
    if counted is None:
        noun = _SINGULAR[beside.noun] if len(values) == 1 else beside.noun
        return f"{fmt.number(len(values), 0)} {noun}", "", None
    ranked = place_among(counted, own.indicator, len(known))
    left_out = ""
    if ranked.left_out:
        (word,) = counts_in_words(ranked.left_out, common=False)
        left_out = f"{word} ikke regnet med"
    if own.indicator.direction != "neutral":
        return place_words(ranked), left_out, (ranked.place - 1) / (ranked.of - 1)
    return place_from_end(ranked), left_out or f"af {fmt.number(ranked.of, 0)}", None
