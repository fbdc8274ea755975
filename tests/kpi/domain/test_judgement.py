"""What a comparison says: words, badges, certainty, and a page's summary."""

from collections.abc import Iterator, Mapping
from statistics import fmean, median
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, Figures
from kpi.domain.judgement import (
    benchmark_of,
    compare_areas,
    lacks_uncertainty,
    leading,
    summary,
    verdict_badge,
    verdict_badges,
    verdict_words,
)
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import Indicator, Observation
from kpi.domain.verdicts import comparisons, comparisons_of, summary_of
from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    WORSE,
    Benchmark,
    ComparedWith,
    Kind,
    Verdict,
)
from kpi.domain.wording import Badge, other_name
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.beside import with_municipal
from kpi.views.claims import claims_of
from kpi.views.overview import overview
from kpi.views.theme import theme_view
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

MADE = made_catalog()
RATE, HOURS = indicator(), indicator("amount", "hours_per_week", "higher_is_better", 0)
AARHUS, GELLERUP = MADE.areas["aarhus"], MADE.areas["gellerup"]
UNSURE = Badge("unknown", "Usikkerhed ikke beregnet")


def said(
    verdict: Verdict,
    kind: ComparedWith = "area",
    with_id: str = "denmark",
    *,
    interval: tuple[float, float] | None = None,
    areas: int | None = None,
) -> Comparison:
    """A comparison of this verdict; judged where the gap has an interval."""
    low, high = interval or (None, None)
    return Comparison(
        kind, with_id, 70.0, 5.0, verdict, True, None, low, high, is_benchmark=True, areas=areas
    )


# --- badges and words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comparison", "area", "badge"),
    [
        (said(BETTER), "aarhus", Badge("better", "Bedre end hele landet", is_sure=False)),
        (said(BETTER, interval=(1, 9)), "aarhus", Badge("better", "Bedre end hele landet")),
        (said(WORSE, interval=(1, 9)), "aarhus", Badge("worse", "Dårligere end hele landet")),
        (said(SAME, interval=(-1, 9)), "aarhus",
         Badge("same", "Ingen sikker forskel fra hele landet")),
        (said(EQUAL), "aarhus", Badge("same", "På niveau med hele landet", is_sure=False)),
        (said(WORSE, "area_set", MEDIAN, areas=97), "aarhus",
         Badge("worse", "Dårligere end medianen af de 97 andre kommuner", is_sure=False)),
        (said(BETTER, "area_set", "cities", areas=3, interval=(1, 9)), "aarhus",
         Badge("better", "Bedre end Byerne uden Aarhus")),
        # Among people: a share is higher; no people are better than others.
        (said(HIGHER, "group", "danish"), "aarhus",
         Badge("higher", "Højere andel end blandt borgere med dansk baggrund", is_sure=False)),
        (said(SAME, "group", "danish", interval=(-1, 9)), "aarhus",
         Badge("same", "Ingen sikker forskel fra borgere med dansk baggrund")),
        # In a programme area, of families of its own.
        (said(LOWER, with_id="tilst", interval=(-9, -1)), "gellerup",
         Badge("lower", "Lavere end i Tilst")),
        (said(SAME, with_id="tilst", interval=(-9, 1)), "gellerup",
         Badge("same", "Ingen sikker forskel fra Tilst")),
        (said(NO_COMPARISON), "aarhus", Badge("unknown", "Kan ikke sammenlignes")),
    ],
)  # fmt: skip
def test_a_badge(comparison: Comparison, area: str, badge: Badge) -> None:
    shown = verdict_badge(comparison, RATE, MADE, MADE.areas[area])
    assert shown == badge
    also = () if badge.is_sure else (UNSURE,)
    assert verdict_badges(comparison, RATE, MADE, MADE.areas[area]) == (badge, *also)


def test_a_figure_that_is_compared_with_nothing_says_so() -> None:
    assert verdict_badges(None, RATE, MADE, AARHUS) == (Badge("unknown", "Kan ikke sammenlignes"),)


@pytest.mark.parametrize(
    ("comparison", "kind", "words"),
    [
        (said(WORSE), "proportion", "dårligere; usikkerhed ikke beregnet"),
        (said(WORSE), "mean", "dårligere; usikkerhed ikke beregnet"),
        (said(WORSE), "amount", "dårligere"),  # what is set has no uncertainty
        (said(WORSE, interval=(1, 9)), "proportion", "dårligere"),
        (said(EQUAL), "proportion", "på niveau; usikkerhed ikke beregnet"),
        (said(SAME, interval=(-1, 9)), "proportion", "ingen sikker forskel"),
        (said(NO_COMPARISON), "proportion", "kan ikke sammenlignes"),
        (said(NO_COMPARISON), "count", "kan ikke sammenlignes"),
    ],
)
def test_a_verdict_in_words(comparison: Comparison, kind: Kind, words: str) -> None:
    assert verdict_words(comparison, indicator(kind)) == words


def test_a_figure_leads_with_its_benchmark_else_with_the_first_verdict() -> None:
    plain = said(BETTER, with_id="odense")._replace(is_benchmark=False)
    untold = said(NO_COMPARISON, with_id="randers")._replace(is_benchmark=False)
    assert leading([untold, plain, said(WORSE)]) == said(WORSE)
    assert leading([untold, plain]) == plain
    assert leading([untold]) is None
    assert benchmark_of([untold, plain]) is None
    # A benchmark that gives no verdict leads to none.
    assert leading([said(NO_COMPARISON), plain]) == plain


# --- which benchmark ------------------------------------------------------------------------------

VALUES = {
    "denmark": 77.0, "aarhus": 70.0, "odense": 72.0, "randers": 71.0, "esbjerg": 73.0,
    "lolland": 60.0, "faxe": 50.0,
}  # fmt: skip


def figures_of(values: Mapping[str, float]) -> Figures:
    """One figure an area, with the municipalities' values at hand."""
    municipal = {area_id: value for area_id, value in values.items()
                 if MADE.areas[area_id].level == "municipality"}  # fmt: skip
    rows = [observation(value, area=area) for area, value in values.items()]
    return Figures(rows, {("rate", "all", "2022"): municipal})


@pytest.mark.parametrize(
    ("benchmark", "without", "with_id", "value"),
    [
        ("", (), "denmark", 77.0),
        ("country", (), "denmark", 77.0),
        ("median", (), MEDIAN, 71.0),  # of 72, 71, 73, 60, 50
        ("peers", (), "cities", 72.0),  # of 72, 71, 73
        # What is not there leaves its place to the next.
        ("", ("denmark",), MEDIAN, 71.0),
        ("country", ("denmark",), MEDIAN, 71.0),
        ("peers", ("odense",), "denmark", 77.0),  # no mean without all of them
        ("median", ("lolland", "faxe", "odense"), "denmark", 77.0),  # two others are no median
        ("", ("denmark", "lolland", "faxe"), MEDIAN, 72.0),
        ("", ("denmark", "lolland", "faxe", "odense"), None, None),
    ],
)
def test_the_stated_benchmark_else_the_first_there_is(
    benchmark: Benchmark, without: tuple[str, ...], with_id: str | None, value: float | None
) -> None:
    figures = figures_of(
        {area_id: each for area_id, each in VALUES.items() if area_id not in without}
    )
    catalog = made_catalog(indicator(benchmark=benchmark))
    own = observation(70.0)
    judged = comparisons(own, figures, catalog)
    chosen = benchmark_of(judged)
    assert (chosen and (chosen.with_id, chosen.value)) == (with_id and (with_id, value))
    assert chosen is None or judged[0] == chosen
    # The median is a benchmark or nothing.
    assert {comparison.with_id for comparison in judged if comparison.with_id == MEDIAN} <= {
        with_id
    }


SHARES = st.floats(0, 100).map(lambda value: round(value, 1))


@given(st.fixed_dictionaries({value: SHARES for value in VALUES if value != "denmark"}), SHARES)
def test_a_median_or_mean_never_contains_the_area_itself(
    values: dict[str, float], other_value: float
) -> None:
    """Whatever the area's own value is, what it is compared with stays."""
    peers = [values[peer] for peer in ("odense", "randers", "esbjerg")]
    others = [value for area_id, value in values.items() if area_id != "aarhus"]
    expected: dict[Benchmark, tuple[float, int, str]] = {
        "median": (median(others), 5, "medianen af de 5 andre kommuner"),
        "peers": (fmean(peers), 3, "Byerne uden Aarhus"),
    }
    for benchmark, (value, areas, said_as) in expected.items():
        for own_value in (values["aarhus"], other_value):
            figures = figures_of({**values, "aarhus": own_value})
            catalog = made_catalog(indicator(benchmark=benchmark))
            chosen = benchmark_of(comparisons(observation(own_value), figures, catalog))
            assert chosen is not None
            assert chosen.value == pytest.approx(value, abs=1e-9)
            assert chosen.areas == areas
            name = other_name(chosen, catalog, AARHUS)
            assert name == said_as


# --- no group and no programme is better ----------------------------------------------------------

AREAS = st.sampled_from(list(MADE.areas))
GROUPS = st.sampled_from(list(MADE.groups))
COUNTS = st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
ROW = st.one_of(
    st.builds(lambda value, area, group: observation(value, area=area, group=group),
              SHARES, AREAS, GROUPS),
    st.builds(lambda of, area, group: observation(31.0, area=area, group=group, of=of),
              COUNTS, AREAS, GROUPS),
)  # fmt: skip
ROWS = st.lists(ROW, max_size=25, unique_by=lambda row: (row.area_id, row.group_id))
INDICATORS = st.builds(
    indicator,
    kind=st.sampled_from(["proportion", "mean", "count", "amount"]),
    direction=st.sampled_from(["higher_is_better", "lower_is_better", "neutral"]),
    benchmark=st.sampled_from(["", "country", "median", "peers"]),
)


class Compared(NamedTuple):
    """A comparison of a row."""

    own: Observation
    comparison: Comparison
    indicator: Indicator


def compared_of(rows: list[Observation], figures: Figures, catalog: Catalog) -> Iterator[Compared]:
    for own, judged in zip(rows, comparisons_of(rows, figures, catalog), strict=True):
        for comparison in judged:
            yield Compared(own, comparison, catalog.indicators[own.indicator_id])


def is_between_unlike(compared: Compared, catalog: Catalog) -> bool:
    """Whether it is of two groups, of a programme area, or of a figure without direction."""
    ids = [
        compared.own.area_id,
        compared.comparison.other.area_id if compared.comparison.other else "",
    ]
    levels = {catalog.areas[id_].level for id_ in ids if id_}
    return (
        compared.comparison.kind == "group"
        or "programme_area" in levels
        or compared.indicator.direction == "neutral"
    )


def faults(compared: Compared, catalog: Catalog) -> list[str]:
    """What is wrong with how a comparison is worded."""
    own, comparison, of = compared
    badges = verdict_badges(comparison, of, catalog, catalog.areas[own.area_id])
    text = " ".join(badge.text for badge in badges)
    problems = []
    values = any(
        word in f"{verdict_words(comparison, of)} {text}".lower() for word in ("bedre", "dårligere")
    )
    if is_between_unlike(compared, catalog) and (values or badges[0].kind in ("better", "worse")):
        problems.append(f"{text}: of unlike ones")
    counted = share(own, of) or (comparison.other is not None and share(comparison.other, of))
    unsure = badges[-1] == UNSURE
    if comparison.verdict == NO_COMPARISON or of.kind == "amount" or counted:
        problems += [f"{text}: has no unknown uncertainty"] if unsure else []
    elif of.kind in ("proportion", "mean"):
        problems += [f"{text}: says nothing of uncertainty"] if not unsure else []
    if badges[0].is_sure is unsure or lacks_uncertainty(comparison, of) is not unsure:
        problems.append(f"{text}: the verdict is drawn {'strong' if unsure else 'weak'}")
    if ("usikkerhed ikke beregnet" in verdict_words(comparison, of)) is not unsure:
        problems.append(f"{verdict_words(comparison, of)}: in words otherwise")
    if comparison.verdict == SAME and not comparison.is_judged:
        problems.append("no certain difference, though nobody judged it")
    return [f"{compared}: {fault}" for fault in problems]


@given(ROWS, INDICATORS)
def test_of_any_figures(rows: list[Observation], of: Indicator) -> None:
    catalog = made_catalog(of)
    municipal: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in rows:
        value = comparable_value(row, of)
        if value is not None and catalog.areas[row.area_id].level == "municipality":
            municipal.setdefault(("rate", row.group_id, "2022"), {})[row.area_id] = value
    figures = Figures(rows, municipal)
    assert [
        fault
        for compared in compared_of(rows, figures, catalog)
        for fault in faults(compared, catalog)
    ] == []
    for own in rows:
        benchmarks = [
            comparison
            for comparison in comparisons(own, figures, catalog)
            if comparison.is_benchmark
        ]
        assert len(benchmarks) <= 1


@pytest.fixture(scope="module")
def every(store: Store, catalog: Catalog) -> list[Compared]:
    """Every comparison of every newest figure of the default data."""
    rows = store.series(list(catalog.indicators))
    figures = with_municipal(store, catalog, rows, catalog.areas)
    newest = [row for key in figures if (row := figures.newest(*key)) is not None]
    return list(compared_of(newest, figures, catalog))


def test_of_the_default_figures(every: list[Compared], catalog: Catalog) -> None:
    assert [fault for compared in every for fault in faults(compared, catalog)] == []
    # All kinds are among them.
    assert {compared.comparison.kind for compared in every} == {"area", "area_set", "group"}
    assert {compared.comparison.verdict for compared in every} >= {
        BETTER, WORSE, HIGHER, LOWER, SAME, NO_COMPARISON,
    }  # fmt: skip


def test_every_municipality_is_judged_by_the_same_benchmark(
    every: list[Compared], catalog: Catalog
) -> None:
    benchmark_ids: dict[tuple[str, str], set[str]] = {}
    for own, comparison, of in every:
        if comparison.is_benchmark and catalog.areas[own.area_id].level == "municipality":
            benchmark_ids.setdefault((of.indicator_id, own.group_id), set()).add(comparison.with_id)
    assert benchmark_ids == {
        ("self_sufficiency_rate", "non_western"): {"denmark"},
        ("employment_rate", "all"): {"denmark"},
        ("school_absence", "middle_school"): {MEDIAN},
        ("school_absence", "lower_secondary"): {MEDIAN},
    }


def test_laesoe_is_judged_too(every: list[Compared], catalog: Catalog) -> None:
    """It is in no set of cities: only the median of all others is there to compare it with."""
    badges = {
        compared.own.group_id: verdict_badge(
            compared.comparison, compared.indicator, catalog, catalog.areas["laesoe"]
        ).text
        for compared in every
        if compared.own.area_id == "laesoe" and compared.own.indicator_id == "school_absence"
    }
    assert badges == {
        "middle_school": "Bedre end medianen af de 97 andre kommuner",
        "lower_secondary": "Bedre end medianen af de 97 andre kommuner",
    }


@pytest.mark.parametrize(
    ("own", "other", "verdict"),
    [
        ("aarhus", "odense", BETTER),
        ("aarhus", "gellerup", HIGHER),  # neither is better where one is a programme area
        ("gellerup", "aarhus", HIGHER),
        ("gellerup", "tilst", HIGHER),
    ],
)
def test_two_areas(own: str, other: str, verdict: Verdict) -> None:
    comparison = compare_areas(observation(70, area=own), observation(60, area=other), MADE)
    assert (comparison.verdict, comparison.with_id) == (verdict, other)
    assert compare_areas(observation(70, area=own), None, MADE).verdict == NO_COMPARISON


# --- the summary ----------------------------------------------------------------------------------

JUDGED = (-9.0, -1.0)


def country(verdict: Verdict) -> Comparison:
    return said(verdict, interval=JUDGED)


def middle(verdict: Verdict) -> Comparison:
    return said(verdict, "area_set", MEDIAN, areas=97)


def peers(verdict: Verdict) -> Comparison:
    return said(verdict, "area_set", "cities", areas=3)


@pytest.mark.parametrize(
    ("benchmarks", "text"),
    [
        ([], ""),
        # one figure
        ([country(BETTER)], "Aarhus ligger bedre end hele landet"),
        ([country(WORSE)], "Aarhus ligger dårligere end hele landet"),
        ([country(HIGHER)], "Aarhus ligger højere end hele landet"),
        ([country(SAME)], "Aarhus: ingen sikker forskel fra hele landet"),
        ([said(EQUAL)], "Aarhus ligger på niveau med hele landet"),
        ([middle(BETTER)], "Aarhus ligger bedre end medianen af de 97 andre kommuner"),
        ([peers(WORSE)], "Aarhus ligger dårligere end Byerne uden Aarhus"),
        # all of them
        ([country(BETTER)] * 2, "Aarhus ligger bedre end hele landet på begge opgørelser"),
        ([country(WORSE)] * 3, "Aarhus ligger dårligere end hele landet på alle tre opgørelser"),
        ([middle(WORSE)] * 2,
         "Aarhus ligger dårligere end medianen af de andre kommuner på begge opgørelser"),
        ([peers(BETTER)] * 2, "Aarhus ligger bedre end Byerne uden Aarhus på begge opgørelser"),
        # some
        ([country(BETTER), country(SAME)],
         "Aarhus ligger bedre end hele landet på én af to opgørelser"),
        ([country(WORSE), country(HIGHER), country(SAME)],
         "Aarhus ligger dårligere end hele landet på én af tre opgørelser"),
        # København's two worse ones are not left out under its better one.
        ([country(BETTER), country(WORSE), country(WORSE)],
         "Aarhus ligger bedre end hele landet på én af tre opgørelser og dårligere på to"),
        ([country(BETTER), middle(WORSE)],
         "Aarhus ligger bedre end sammenligningsgrundlaget på én af to opgørelser og dårligere på "
         "én"),
        ([country(BETTER), peers(BETTER)],
         "Aarhus ligger bedre end sammenligningsgrundlaget på begge opgørelser"),
        # none
        ([country(SAME)] * 2, "Aarhus: ingen sikker forskel fra hele landet på begge opgørelser"),
        ([country(SAME), said(EQUAL)],
         "Aarhus: ingen sikker forskel fra hele landet på begge opgørelser"),
        # Sure is said only where chance was judged.
        ([said(EQUAL)] * 2, "Aarhus ligger på niveau med hele landet på begge opgørelser"),
        ([country(HIGHER), country(LOWER)],
         "Aarhus sammenlignet med hele landet på begge opgørelser"),
        # numbers of one sentence are spelled in one way
        ([country(BETTER)] * 4 + [country(SAME)] * 9,
         "Aarhus ligger bedre end hele landet på 4 af 13 opgørelser"),
        ([country(BETTER)] * 2 + [country(WORSE)] * 13,
         "Aarhus ligger bedre end hele landet på 2 af 15 opgørelser og dårligere på 13"),
        ([country(WORSE)] * 13, "Aarhus ligger dårligere end hele landet på alle 13 opgørelser"),
    ],
)  # fmt: skip
def test_a_summary(benchmarks: list[Comparison], text: str) -> None:
    assert summary(AARHUS, benchmarks, MADE) == text


@pytest.mark.parametrize(
    ("benchmarks", "shown", "doubted", "text"),
    [
        # A page with more figures says which are counted.
        ([country(BETTER)], 2, 0,
         "Aarhus ligger bedre end hele landet på den ene opgørelse med landstal"),
        ([country(WORSE)] * 2, 6, 0,
         "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal"),
        ([country(BETTER), country(WORSE)], 6, 0,
         "Aarhus ligger bedre end hele landet på én af to opgørelser med landstal og dårligere på "
         "én"),
        ([middle(WORSE)] * 2, 3, 0,
         "Aarhus ligger dårligere end medianen af de andre kommuner på begge opgørelser med "
         "sammenligningsgrundlag"),
        ([country(BETTER), middle(BETTER)], 6, 0,
         "Aarhus ligger bedre end sammenligningsgrundlaget på begge opgørelser"),
        # A doubted one is not counted, and named.
        ([middle(BETTER), middle(BETTER)], 3, 1,
         "Aarhus ligger bedre end medianen af de andre kommuner på begge opgørelser; ét "
         "usandsynligt tal er ikke regnet med"),
        ([country(BETTER)], 3, 2,
         "Aarhus ligger bedre end hele landet; to usandsynlige tal er ikke regnet med"),
    ],
)  # fmt: skip
def test_a_summary_says_what_it_counts(
    benchmarks: list[Comparison], shown: int, doubted: int, text: str
) -> None:
    assert summary(AARHUS, benchmarks, MADE, shown, doubted) == text


def test_laesoe_says_that_a_doubted_figure_is_left_out(store: Store, catalog: Catalog) -> None:
    view = area_view(store, catalog, "laesoe", most_rows=None)
    assert view.title.endswith("; ét usandsynligt tal er ikke regnet med")
    doubted = [
        row.badges for row in view.rows if any(badge.kind == "doubted" for badge in row.badges)
    ]
    assert [badges[0].is_sure for badges in doubted] == [False]


def test_front_page_and_area_page_sum_up_alike(store: Store, catalog: Catalog) -> None:
    """The same sentence for each of the 98 municipalities."""
    claims = claims_of(store, catalog)
    municipalities = [area for area in catalog.areas.values() if area.level == "municipality"]
    titles = {
        municipality.name: (
            overview(store, catalog, claims, municipality.area_id).title,
            area_view(store, catalog, municipality.area_id, most_rows=0).title,
        )
        for municipality in municipalities
    }
    assert len(titles) == 98
    assert {name: both for name, both in titles.items() if both[0] != both[1]} == {}
    assert titles["Aarhus"][0] == (
        "Aarhus ligger bedre end sammenligningsgrundlaget på to af fire opgørelser og dårligere på "
        "to"
    )
    # None of them goes without.
    assert {name for name, both in titles.items() if both[0] == name} == set()


def test_a_theme_counts_only_its_own(store: Store, catalog: Catalog) -> None:
    """Its headline is the summary of its own figures' benchmarks."""
    for area_id in ("aarhus", "koebenhavn", "faxe"):
        area = catalog.areas[area_id]
        for theme_id, theme in catalog.themes.items():
            ids = [indicator.indicator_id for indicator in catalog.indicators_of(theme_id)]
            rows = store.series(ids)
            figures = with_municipal(store, catalog, rows, [area_id])
            own = [
                row for id_ in ids
                if (row := figures.newest(id_, area_id, catalog.indicators[id_].default_group))
            ]  # fmt: skip
            view = theme_view(store, catalog, theme_id, area_id)
            shown = [card for card in (*view.cards, *view.later) if card.value != "–"]
            expected = summary_of(area, own, figures, catalog, len(shown))
            title = view.title
            assert title == (expected or theme.name)
