"""One sentence under a chart: how sure its figures are, and how the first two differ."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import NO_COMPARISON, SAME, compare, persons
from kpi.exhibits.parts import inside
from kpi.measure import comparable_value, interval, share
from kpi.model import Indicator, Observation, Source
from kpi.wording import capital, in_text, people, place

NO_COUNTS = "Usikkerheden er ikke beregnet, fordi tallet mangler tæller og nævner."
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


def is_register(source: Source) -> bool:
    """Whether a source's figures count everyone: it is a national register."""
    return source.publisher.startswith(REGISTER_PUBLISHERS)


def reading_of(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """The first figure with its interval, and whether the difference to the second is sure.

    `rows` are one period's, the one that matters first. Where no counts are known it says so;
    empty for figures that have no share (bare counts, means, amounts), and for limits.
    """
    shown = [row for row in rows if row.value is not None and not row.is_bound]
    if not shown:
        return ""
    own = shown[0]
    counted, reach = share(own, indicator), interval(own, indicator)
    if counted is None or reach is None:
        return _without_counts(own, indicator, catalog)
    share_text = fmt.percent(100 * counted[0] / counted[1], 0)
    text = (
        f"{_whose(own, shown, catalog)}: {fmt.n_of_n(*counted)} "
        f"({share_text}, sikkerhedsinterval {fmt.span(*reach)})."
    )
    other = next((row for row in shown[1:] if row.period == own.period), None)
    if other is None:
        return text
    comparison = compare(own, other, indicator, "area", other.area_id)
    value = comparable_value(other, indicator)
    gap = comparison.gap_points
    if comparison.verdict == NO_COMPARISON or value is None or gap is None:
        return text
    theirs = share(other, indicator)
    counts = f"{fmt.n_of_n(*theirs)}, " if theirs else ""
    against = f"({counts}{fmt.percent(value, 0)})"
    if comparison.verdict == SAME:
        return f"{text} Der er ingen sikker forskel fra {_from(other, shown, catalog)} {against}."
    where = _than(other, shown, catalog)
    if fmt.rounds_to_zero(gap, indicator.decimals):
        return f"{text} Andelen er den samme som {where} {against}."
    word = "højere" if gap > 0 else "lavere"
    number = persons(gap, counted[1])
    whole = f"ca. {fmt.number(number, 0)} af de {fmt.number(counted[1], 0)}{_members(own, catalog)}"
    people_of = f" Den svarer til {whole} {inside(catalog.areas[own.area_id].name)}."
    return (
        f"{text} Andelen er {word} end {where} {against}, og forskellen er statistisk sikker."
        f"{people_of if number else ''}"
    )


def _without_counts(own: Observation, indicator: Indicator, catalog: Catalog) -> str:
    if not indicator.is_proportion:
        return ""
    return REGISTER if is_register(catalog.sources[own.source_id]) else NO_COUNTS


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
    return f"blandt {in_text(people(catalog.groups[row.group_id].name))}"
