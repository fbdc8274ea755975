"""One sentence under a chart: its figures' uncertainty, and how the first two differ."""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison, compare_with_middle, persons
from kpi.domain.judgement import compare_areas, gap_alone_if_doubted
from kpi.domain.measure import interval, share, shown_counts
from kpi.domain.middle import Middle
from kpi.domain.model import Indicator, Observation, Source
from kpi.domain.vocabulary import EQUAL, NO_COMPARISON, SAME, VERDICT_NAMES
from kpi.domain.wording import among, capital, counts_in_words, people, place
from kpi.exhibits.parts import MEDIAN_NAME, benchmark_name, inside

NO_COUNTS = "Usikkerheden er ikke beregnet, fordi tallet mangler tæller og nævner."
NO_SPREAD = "Usikkerheden er ikke beregnet, fordi kilden ikke oplyser gennemsnittets spredning."
REGISTER = "Tallet omfatter alle i gruppen (registertal). Usikkerhed er ikke beregnet."
# Who publishes figures of whole registers: everyone in the group is counted, not a sample of them.
REGISTER_PUBLISHERS = (
    "Danmarks Statistik",
    "Børne- og Undervisningsministeriet",
    "Styrelsen for It og Læring",
    "Styrelsen for Arbejdsmarked og Rekruttering",
    "Beskæftigelsesministeriet",
    "Indenrigs- og Sundhedsministeriet",
)
# From this many comparisons on, one may be certain by chance alone.
_MANY = 5


def is_register(source: Source) -> bool:
    """Whether a source's figures count everyone: it is a national register."""
    return source.publisher.startswith(REGISTER_PUBLISHERS)


def reading_of(
    rows: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
    middle: Middle | None = None,
    name: str = MEDIAN_NAME,
) -> str:
    """The first figure with its 95 % confidence interval, and whether it certainly differs.

    `rows` are of one period: the figure itself first, then what its title compares it with; where
    that is the other municipalities' median, or a mean with a `name` of its own, it is `middle`.
    Where no counts are known it says so; empty for figures that have no uncertainty (bare counts,
    amounts), and for limits.
    """
    shown = [row for row in rows if row.value is not None and not row.is_bound]
    if not shown or shown[0] is not rows[0]:
        return ""
    own = shown[0]
    compared = _comparison(own, shown, indicator, catalog, middle)
    text = _with_interval(own, shown, indicator, catalog)
    if not text and (compared is None or not compared[0].is_judged):
        return _without_counts(own, indicator, catalog)
    if compared is None:
        return text
    comparison, other = compared
    gap = comparison.gap_points
    if comparison.verdict == NO_COMPARISON or comparison.value is None or gap is None:
        return text
    theirs = share(other, indicator) if other else None
    counts = f"{fmt.n_of_n(*theirs)}, " if theirs else ""
    decimals = _decimals(own, indicator)
    against = f"({counts}{fmt.percent(comparison.value, decimals)})"
    after_from, after_than = (
        (_from(other, shown, catalog), _than(other, shown, catalog))
        if other
        else (benchmark_name(name),) * 2
    )
    if comparison.verdict == SAME:
        return f"{text} Der er {VERDICT_NAMES[SAME]} fra {after_from} {against}.".strip()
    if fmt.rounds_to_zero(gap, fmt.gap_decimals(indicator, comparison.approximate)):
        return f"{text} Andelen er den samme som {after_than} {against}.".strip()
    word = "højere" if gap > 0 else "lavere"
    if not comparison.is_judged:
        return (
            f"{text} Andelen er {word} end {after_than} {against}. Usikkerheden på forskellen er "
            "ikke beregnet: Antallene bag den anden andel er ikke kendt."
        )
    sentence = (
        f"{text} Andelen er {word} end {after_than} {against}, og forskellen er statistisk sikker."
    )
    return f"{sentence}{_people(own, gap, indicator, catalog)}".strip()


def _comparison(
    own: Observation,
    shown: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
    middle: Middle | None,
) -> tuple[Comparison, Observation | None] | None:
    """The figure beside the mean or median, else beside the next one of its period."""
    if middle is not None:
        compared = compare_with_middle(own, middle, indicator)
        return gap_alone_if_doubted(compared, own, catalog), None
    other = next((row for row in shown[1:] if row.period == own.period), None)
    return (compare_areas(own, other, catalog), other) if other else None


def _with_interval(
    own: Observation, shown: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> str:
    """`Gellerup: 21 af 68 (31 %, sikkerhedsinterval 21-43 %).`; empty without counts."""
    counted, reach = share(own, indicator), interval(own, indicator)
    if counted is None or reach is None:
        return ""
    decimals = _decimals(own, indicator)
    share_text = fmt.percent(100 * counted[0] / counted[1], decimals)
    return (
        f"{_whose(own, shown, catalog)}: {fmt.n_of_n(*counted)} "
        f"({share_text}, sikkerhedsinterval {fmt.interval(*reach)})."
    )


def _decimals(own: Observation, indicator: Indicator) -> int:
    """Of a percentage beside its counts: none, but of a whole population the indicator's."""
    is_population = share(own, indicator) is not None and shown_counts(own, indicator) is None
    return indicator.decimals if is_population else 0


def _people(own: Observation, gap: float, indicator: Indicator, catalog: Catalog) -> str:
    """` Den svarer til ca. 31 af de 68 i Gellerup.`; empty where no counts are known."""
    counted = share(own, indicator)
    number = persons(gap, counted[1]) if counted else None
    if counted is None or not number:
        return ""
    counted_persons = (
        f"ca. {fmt.number(number, 0)} af de {fmt.number(counted[1], 0)}{_members(own, catalog)}"
    )
    return f" Den svarer til {counted_persons} {inside(catalog.areas[own.area_id].name)}."


def many_comparisons(comparisons: Sequence[Comparison], between: str) -> str:
    """How many of several differences are sure: `To af seks forskelle til hele landet er ...`.

    Empty for one comparison, and without known counts. `between` follows the word "forskelle".
    """
    judged = [each for each in comparisons if each.is_judged]
    said = count_of_sure(judged, between)
    if not said:
        return ""
    (of,) = counts_in_words(len(judged))
    if len(judged) >= _MANY and any(each.verdict not in (SAME, EQUAL) for each in judged):
        return f"{said}. Ved {of} sammenligninger kan én se sikker ud ved et tilfælde."
    return f"{said}."


def count_of_sure(judged: Sequence[Comparison], between: str) -> str:
    """`To af seks forskelle til hele landet er statistisk sikre`; empty for one comparison."""
    sure = sum(each.verdict not in (SAME, EQUAL) for each in judged)
    if len(judged) < 2:
        return ""
    number, of = counts_in_words(sure, len(judged))
    if not sure:
        return f"Ingen af de {of} forskelle {between} er statistisk sikre"
    verb = "er statistisk sikker" if sure == 1 else "er statistisk sikre"
    return f"{capital(number)} af {of} forskelle {between} {verb}"


def _without_counts(own: Observation, indicator: Indicator, catalog: Catalog) -> str:
    if not indicator.is_rate:
        return ""
    if is_register(catalog.sources[own.source_id]):
        return REGISTER
    return NO_COUNTS if indicator.is_proportion else NO_SPREAD


def _members(row: Observation, catalog: Catalog) -> str:
    """Who is counted, after a number: ` ledige forældre`; nothing where it is everyone."""
    if row.group_id == "all":
        return ""
    return f" {people(catalog.groups[row.group_id].name)}"


def _of_several_areas(shown: Sequence[Observation]) -> bool:
    return len({row.area_id for row in shown}) > 1 or len(shown) == 1


def _whose(row: Observation, shown: Sequence[Observation], catalog: Catalog) -> str:
    """The area, or the group where all rows are of one area."""
    if _of_several_areas(shown):
        return capital(place(catalog.areas[row.area_id].name))
    return capital(people(catalog.groups[row.group_id].name))


def _from(row: Observation, shown: Sequence[Observation], catalog: Catalog) -> str:
    if _of_several_areas(shown):
        return place(catalog.areas[row.area_id].name)
    return people(catalog.groups[row.group_id].name)


def _than(row: Observation, shown: Sequence[Observation], catalog: Catalog) -> str:
    if _of_several_areas(shown):
        return inside(catalog.areas[row.area_id].name)
    return among(catalog.groups[row.group_id].name)
