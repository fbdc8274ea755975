"""What a comparison says, once for all pages and papers: words, badges, and a page's summary.

kpi/domain/verdicts.py says what a figure is compared with, kpi/domain/compare.py which verdict that
gives. Every card, row, table, chart, slide and annex shows a comparison by these functions alone,
so that no two of them can say different things of one figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    VERDICT_NAMES,
    WORSE,
    Verdict,
)
from kpi.domain.wording import (
    NO_UNCERTAINTY,
    NOT_COMPARED,
    UNKNOWN,
    Badge,
    BadgeKind,
    among,
    capital,
    caution_badges,
    counts_in_words,
    gap_phrase,
    in_text,
    other_name,
    place,
    share_of,
    size,
)

# What stands in place of the verdict of a value that cannot be believed.
NOT_JUDGED = "Ikke vurderet"
# What a figure that is compared with nothing is compared with.
NO_BASIS = "intet"
# What figures of different benchmarks are compared with.
_ANY_BASIS = "sammenligningsgrundlaget"
# verdict: the badge's kind, and the word before "end" or "fra" and who it is compared with.
_BADGES: Mapping[Verdict, tuple[BadgeKind, str]] = {
    BETTER: ("better", "Bedre end"),
    WORSE: ("worse", "Dårligere end"),
    HIGHER: ("higher", "Højere end"),
    LOWER: ("lower", "Lavere end"),
    SAME: ("same", f"{capital(VERDICT_NAMES[SAME])} fra"),
    EQUAL: ("same", "På niveau med"),
}


def is_neutral(area: Area) -> bool:
    """Whether a gap to the area is neither better nor worse: its figures are of other people."""
    return area.is_local


def compare_areas(own: Observation, other: Observation | None, catalog: Catalog) -> Comparison:
    """Two areas' figures of one key compared, neutrally where one lies in a municipality.

    Without a gap where the other one cannot be believed, without a verdict where the own cannot.
    """
    neutral = any(is_neutral(catalog.areas[row.area_id]) for row in (own, other) if row)
    other_id = other.area_id if other else ""
    is_above = other_id in catalog.above(catalog.areas[own.area_id])
    indicator = catalog.indicators[own.indicator_id]
    believed = other if other and not catalog.is_implausible(other) else None
    compared = compare(own, believed, indicator, "area", other_id, neutral, is_above)
    return gap_alone_if_doubted(compared, own, catalog)


def gap_alone_if_doubted(comparison: Comparison, own: Observation, catalog: Catalog) -> Comparison:
    """The comparison without its verdict and interval where the own figure cannot be believed."""
    if not catalog.is_implausible(own):
        return comparison
    return comparison._replace(verdict=NO_COMPARISON, low=None, high=None)


def lacks_uncertainty(comparison: Comparison, indicator: Indicator) -> bool:
    """Whether there is a verdict for which no confidence interval was computed.

    Amounts that are set (hours, kroner) have none.
    """
    has_verdict = comparison.verdict != NO_COMPARISON
    return has_verdict and not comparison.is_judged and indicator.is_rate


def benchmark_of(comparisons: Iterable[Comparison]) -> Comparison | None:
    """The comparison with the indicator's benchmark, None where there is none."""
    return next((each for each in comparisons if each.is_benchmark), None)


def leading(comparisons: Sequence[Comparison]) -> Comparison | None:
    """The comparison that a card or row leads with: the benchmark, else the first verdict."""
    judged = [each for each in comparisons if each.verdict != NO_COMPARISON]
    return benchmark_of(judged) or next(iter(judged), None)


def against_name(
    comparison: Comparison, indicator: Indicator, catalog: Catalog, area: Area
) -> tuple[str, str]:
    """Who it is compared with, after "end" and after "fra": `i Viby Syd` and `Viby Syd`."""
    name = other_name(comparison, catalog, area)
    match comparison.kind:
        case "group":
            return among(catalog.groups[comparison.with_id].name), name
        case "area" | "area_set":
            return (f"i {name}", name) if is_neutral(area) else (name, name)
        case "target":
            raise ValueError("a target is no other figure: its words are in kpi/domain/targets.py")
    assert_never(comparison.kind)


def comparison_phrase(
    comparison: Comparison, indicator: Indicator, catalog: Catalog, area: Area
) -> str:
    """A gap in words: `7,2 procentpoint under hele landet`, `… højere end blandt borgere …`."""
    gap, name = comparison.gap_points or 0.0, other_name(comparison, catalog, area)
    match comparison.kind:
        case "area" | "area_set":
            return gap_phrase(gap, indicator, name, comparison.in_percent, comparison.approximate)
        case "target":
            raise ValueError("a target is no other figure: its words are in kpi/domain/targets.py")
        case "group":
            # A figure is higher among people; people do not lie over other people.
            them = among(catalog.groups[comparison.with_id].name)
            if fmt.rounds_to_zero(gap, fmt.gap_decimals(indicator, comparison.approximate)):
                return f"på samme niveau som {them}"
            side = "højere" if gap > 0 else "lavere"
            points = size(gap, indicator, comparison.in_percent, comparison.approximate)
            return f"{points} {side} end {them}"
    assert_never(comparison.kind)


def verdict_badge(
    comparison: Comparison, indicator: Indicator, catalog: Catalog, area: Area
) -> Badge:
    """The verdict as a badge: `Dårligere end hele landet`; weaker without its uncertainty."""
    if comparison.verdict == NO_COMPARISON:
        return Badge(UNKNOWN, NOT_COMPARED)
    kind, words = _BADGES[comparison.verdict]
    after_than, after_from = against_name(comparison, indicator, catalog, area)
    is_share = comparison.in_percent and comparison.kind == "group"
    if is_share and comparison.verdict in (HIGHER, LOWER):
        words = f"{words.split()[0]} andel end"
    name = after_from if comparison.verdict in (SAME, EQUAL) else after_than
    return Badge(kind, f"{words} {name}", not lacks_uncertainty(comparison, indicator))


def verdict_badges(
    comparison: Comparison | None, indicator: Indicator, catalog: Catalog, area: Area
) -> tuple[Badge, ...]:
    """The verdict, and that its uncertainty is not computed where it is not.

    Without a comparison: that the figure cannot be compared.
    """
    if comparison is None:
        return (Badge(UNKNOWN, NOT_COMPARED),)
    badge = verdict_badge(comparison, indicator, catalog, area)
    if lacks_uncertainty(comparison, indicator):
        return badge, Badge(UNKNOWN, NO_UNCERTAINTY)
    return (badge,)


def verdict_words(comparison: Comparison, indicator: Indicator) -> str:
    """The verdict in a table or sentence: `dårligere; usikkerhed ikke beregnet`."""
    words = VERDICT_NAMES[comparison.verdict]
    if lacks_uncertainty(comparison, indicator):
        return f"{words}; {NO_UNCERTAINTY.lower()}"
    return words


def figure_badges(
    own: Observation, comparisons: Sequence[Comparison], catalog: Catalog
) -> tuple[Badge, ...]:
    """All badges of a figure in one order: the verdict it leads with, cautions, uncertainty.

    A value that cannot be believed is neither better nor worse: in place of the verdict it says
    that there is none. Without any comparison there is no verdict.
    """
    cautions = caution_badges(own, catalog)
    if not comparisons:
        return cautions
    if catalog.is_implausible(own) and leading(comparisons) is not None:
        return Badge(UNKNOWN, NOT_JUDGED), *cautions
    indicator, area = catalog.indicators[own.indicator_id], catalog.areas[own.area_id]
    verdict, *unsure = verdict_badges(leading(comparisons), indicator, catalog, area)
    return verdict, *cautions, *unsure


def summary(
    area: Area,
    benchmarks: Sequence[Comparison],
    catalog: Catalog,
    shown: int = 0,
    doubted: int = 0,
    noun: str = "opgørelser",
) -> str:
    """A page's headline: how the area compares with the benchmark of every figure on it.

    `benchmarks` are the comparisons with each figure's benchmark that carry a verdict, one a
    figure; empty text without any. `shown` are the page's figures: where they are more, it says
    which are counted. `doubted` more would be counted if they could be believed. `noun` is what the
    page calls its figures.
    """
    if not benchmarks:
        return ""
    text = _summary(area, benchmarks, catalog, shown > len(benchmarks) + doubted, noun)
    if not doubted:
        return text
    (count,) = counts_in_words(doubted, common=False)
    values = "usandsynligt tal" if doubted == 1 else "usandsynlige tal"
    return f"{text}; {count} {values} er ikke regnet med"


def _summary(
    area: Area, benchmarks: Sequence[Comparison], catalog: Catalog, is_part: bool, noun: str
) -> str:
    verdicts = [each.verdict for each in benchmarks]
    of = len(verdicts)
    against = _common_name(benchmarks, catalog, area)
    which = ""
    if is_part and against != _ANY_BASIS:
        country = catalog.country()
        has_country = country is not None and against == place(country.name)
        which = " med landstal" if has_country else " med sammenligningsgrundlag"
    better, worse = verdicts.count(BETTER), verdicts.count(WORSE)
    # One figure says nothing of all that an area does.
    on_all = f" på {share_of(of, of, noun)}{which}"
    # "Sikker" is said only where chance was judged.
    if all(verdict == EQUAL for verdict in verdicts):
        return f"{area.name} ligger på niveau med {against}{on_all}"
    if all(verdict in (SAME, EQUAL) for verdict in verdicts):
        return f"{area.name}: {VERDICT_NAMES[SAME]} fra {against}{on_all}"
    if of == 1:
        return f"{area.name} ligger {VERDICT_NAMES[verdicts[0]]} end {against}{on_all}"
    if not better and not worse:
        return f"{area.name} sammenlignet med {against}{on_all}"
    if better and worse:
        first, all_of, last = counts_in_words(better, of, worse)
        return (
            f"{area.name} ligger bedre end {against} på {first} af {all_of} {noun}{which} og "
            f"dårligere på {last}"
        )
    word, count = (BETTER, better) if better else (WORSE, worse)
    shared = share_of(count, of, noun)
    return f"{area.name} ligger {VERDICT_NAMES[word]} end {against} på {shared}{which}"


def basis_name(comparison: Comparison, catalog: Catalog, area: Area) -> str:
    """Who an indicator's figures are compared with, whatever the period: a median uncounted.

    `hele landet`, `medianen af de andre kommuner`, `borgere med dansk baggrund`, `Viby Syd`.
    """
    if comparison.with_id == MEDIAN:
        return "medianen af de andre kommuner"
    return other_name(comparison, catalog, area)


def basis_text(judged: Sequence[tuple[Observation, Comparison | None]], catalog: Catalog) -> str:
    """What the figures shown of an indicator are really compared with; `intet` where with nothing.

    `judged` are the figures, each with its leading comparison. Where they differ, each is listed
    with the groups that it is of: `hele landet (alle); Viby Syd (børn i programmet)`.
    """
    groups: dict[str, list[str]] = {}
    for row, comparison in judged:
        if comparison is not None and comparison.verdict != NO_COMPARISON:
            name = basis_name(comparison, catalog, catalog.areas[row.area_id])
            groups.setdefault(name, []).append(in_text(catalog.groups[row.group_id].name))
    if len(groups) < 2:
        return next(iter(groups), NO_BASIS)
    return "; ".join(f"{name} ({', '.join(dict.fromkeys(of))})" for name, of in groups.items())


def _common_name(benchmarks: Sequence[Comparison], catalog: Catalog, area: Area) -> str:
    """The benchmark's name where all have the same, else `sammenligningsgrundlaget`."""
    names = {
        basis_name(each, catalog, area) if len(benchmarks) > 1 else other_name(each, catalog, area)
        for each in benchmarks
    }
    return place(names.pop()) if len(names) == 1 else _ANY_BASIS
