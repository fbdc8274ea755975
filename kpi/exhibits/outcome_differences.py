"""How an area's outcomes differ from those of each of the others beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.charts.marks import Lies
from kpi.domain.compare import Comparison, compare
from kpi.domain.measure import interval
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.vocabulary import EQUAL, SAME
from kpi.domain.wording import in_text, listing, shortlist
from kpi.exhibits.reading import many_comparisons

# Begins the sentence that names the sure differences.
WHICH_ARE_SURE = "Sikker forskel"


@dataclass(frozen=True)
class CountedOutcome:
    """One area's outcome: `numerator` of `denominator` persons; `low` to `high` is in percent."""

    area: Area
    row: Observation
    numerator: float
    denominator: float
    low: float
    high: float

    @property
    def percent(self) -> float:
        """The share in percent, not rounded."""
        return 100 * self.numerator / self.denominator


def counted_outcome(
    area: Area, row: Observation, counted: tuple[float, float], indicator: Indicator
) -> CountedOutcome:
    """A row as one of an area's outcomes: numerator, denominator, and its interval in percent.

    Without a known interval both ends are the percentage itself.
    """
    percent = 100 * counted[0] / counted[1]
    return CountedOutcome(area, row, *counted, *(interval(row, indicator) or (percent, percent)))


Outcome = tuple[Indicator, list[CountedOutcome]]


def lies_beside(outcome: Outcome) -> Lies:
    """How the area lies beside the others: said only where it is so of each of them."""
    ways = {_way(comparison) for comparison in judged_of(outcome)}
    return ways.pop() if len(ways) == 1 else ""


def _way(comparison: Comparison) -> Lies:
    if comparison.verdict == EQUAL:
        return ""
    if comparison.verdict == SAME:
        return "level"
    return "over" if (comparison.gap_points or 0) > 0 else "under"


def judged_of(outcome: Outcome) -> list[Comparison]:
    """The area beside each of the others, where the counts of both are known."""
    return [comparison for _, comparison in _beside(outcome)]


def _beside(outcome: Outcome) -> list[tuple[Area, Comparison]]:
    """Each of the other areas with its comparison, where the counts of both are known."""
    indicator, (own, *others) = outcome
    comparisons = [
        (other.area, compare(own.row, other.row, indicator, "area", other.area.area_id, True))
        for other in others
    ]
    return [(area, comparison) for area, comparison in comparisons if comparison.is_judged]


def judged_by_area(outcomes: Sequence[Outcome]) -> dict[str, list[tuple[Indicator, Comparison]]]:
    """By the other area's name each outcome that it is beside the area in."""
    by_area: dict[str, list[tuple[Indicator, Comparison]]] = {}
    for outcome in outcomes:
        for other, comparison in _beside(outcome):
            by_area.setdefault(other.name, []).append((outcome[0], comparison))
    return by_area


def sure_by_area(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """By the other area's name the outcomes that certainly differ from it."""
    return {
        name: [
            in_text(indicator.short_name)
            for indicator, comparison in judged
            if comparison.verdict not in (SAME, EQUAL)
        ]
        for name, judged in judged_by_area(outcomes).items()
    }


def sure_differences(area: Area, outcomes: Sequence[Outcome]) -> str:
    """How many of the differences to the other areas are statistically sure, and which.

    In one remark: only the first remarks are seen without being asked for.
    """
    comparisons = [comparison for outcome in outcomes for comparison in judged_of(outcome)]
    if not comparisons:
        return ""
    by_area = sure_by_area(outcomes)
    sure = {name: each for name, each in by_area.items() if each}
    each_of = "henholdsvis " if len(by_area) > 1 else ""
    between = f"mellem {area.name} og {each_of}{listing(list(by_area))}"
    if len(comparisons) == 1:
        return f"Forskellen {between} er {'' if sure else 'ikke '}statistisk sikker."
    names = {name: shortlist(list(dict.fromkeys(each))) for name, each in sure.items()}
    parts = [f"fra {name} på {each}" if each_of else each for name, each in names.items()]
    which = f"{WHICH_ARE_SURE}{'' if each_of else ':'} {listing(parts)}." if parts else ""
    return f"{many_comparisons(comparisons, between)} {which}".strip()
