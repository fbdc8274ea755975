"""Judgements as words and badges."""

from kpi.domain.compare import MEDIAN, Comparison
from kpi.domain.judgement import (
    benchmark_of,
    compare_areas,
    leading,
    verdict_badge,
    verdict_badges,
    verdict_words,
)
from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    WORSE,
    Kind,
    Verdict,
)
from kpi.domain.wording import Badge
from tests.kpi.domain.made_comparisons import AARHUS, MADE, RATE, UNSURE, said
from tests.kpi.made import indicator, observation
from tests.tables import for_each


@for_each(
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


@for_each(
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
    unjudged = said(NO_COMPARISON, with_id="randers")._replace(is_benchmark=False)
    assert leading([unjudged, plain, said(WORSE)]) == said(WORSE)
    assert leading([unjudged, plain]) == plain
    assert leading([unjudged]) is None
    assert benchmark_of([unjudged, plain]) is None
    # A benchmark that gives no verdict leads to none.
    assert leading([said(NO_COMPARISON), plain]) == plain


@for_each(
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
