"""What is added or corrected of indicators, areas, groups, sources and themes, in words."""

from collections.abc import Mapping, Sequence

from kpi.additions.model import ADDED_COLUMNS, ADDED_NAMES, CHOICE_WORDS, OF_SAME_TABLE
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import CHANGE_NAMES
from kpi.domain.wording import capital, listing
from kpi.plan.changes import CHANGED, NEW, SAME, PlanChange
from kpi.suppression.groups import parse_part_of
from kpi.tables.spec import BESIDE_IDS
from kpi.views.entry import ChangeLine

_DATES = ("published", "valid_from", "valid_to", "retired")


def addition_lines(changes: Sequence[PlanChange], catalog: Catalog) -> tuple[ChangeLine, ...]:
    """The changes in words, those that change something first; what was there, and what comes."""
    ordered = sorted(changes, key=lambda change: change.kind == SAME)
    # A row may name one that comes with it.
    own = {next(iter(change.row.values())): change.row.get("name", "") for change in changes}
    return tuple(_line(change, catalog, own) for change in ordered)


def addition_word(
    table: str, column: str, text: str, catalog: Catalog, own: Mapping[str, str]
) -> str:
    """A field as a person reads it: names for ids, Danish words and dates; `–` when empty.

    `own` are the names of new rows of the same table by id.
    """
    if not text:
        return fmt.MISSING
    names = _names(column, catalog)
    if column in OF_SAME_TABLE.get(table, ()):
        names = {**own, **names}
    if column in ("succeeded_by", "set_ids"):
        return listing([names.get(name, name) for name in text.split(";")])
    if column == "part_of":
        return part_words(text, names)
    if column == "unit":
        return unit_name(text)
    if column in _DATES:
        try:
            return fmt.partial_date(text)
        except ValueError:
            return text
    return CHOICE_WORDS.get((table, column), names).get(text, text).replace(";", "; ")


def part_words(text: str, names: Mapping[str, str]) -> str:
    """What a group is part of: `Alle (delt efter alder)`."""
    return listing(
        [
            names.get(part.group_id, part.group_id)
            + (f" (delt efter {part.split})" if part.split else "")
            for part in parse_part_of(text)
        ]
    )


def _line(change: PlanChange, catalog: Catalog, own: Mapping[str, str]) -> ChangeLine:
    table, row = change.table, change.row
    # A correction is listed under the name that its row has today.
    called = (change.before or row).get("name") or (change.before or row).get("title") or ""

    def described(column: str, text: str) -> str:
        """A column's Danish name and its text as a person reads it."""
        return f"{ADDED_COLUMNS[table][column]}: {addition_word(table, column, text, catalog, own)}"

    kind, noun = CHANGE_NAMES[change.kind], capital(ADDED_NAMES[table])
    if change.kind == CHANGED:
        both = change.differences()
        before = "; ".join(described(column, old) for column, old, _ in both)
        after = "; ".join(described(column, new) for column, _, new in both)
        return ChangeLine(noun, kind, called, before, after)
    after = "; ".join(described(column, text) for column, text in row.items() if text)
    return ChangeLine(noun, kind, called, fmt.MISSING if change.kind == NEW else after, after)


def _names(column: str, catalog: Catalog) -> Mapping[str, str]:
    """What the ids in a column are called."""
    if column == "theme_id":
        return {theme_id: theme.name for theme_id, theme in catalog.themes.items()}
    if column in ("default_group", "reference_group_id", "part_of"):
        return {group_id: group.name for group_id, group in catalog.groups.items()}
    if column in ("parent_id", "succeeded_by", "context_of", "region_id"):
        return {area_id: area.name for area_id, area in catalog.areas.items()}
    if column in ("numerator_id", "denominator_id"):
        names = {indicator_id: each.name for indicator_id, each in catalog.indicators.items()}
        return {**names, **BESIDE_IDS.get(column, {})}
    if column == "set_ids":
        return {set_id: each.name for set_id, each in catalog.area_sets.items()}
    return {}


def hidden_words(hidden: Mapping[str, int], catalog: Catalog, verb: str) -> str:
    """That figures which were shown are hidden by a correction; empty where none are.

    `hidden` are how many of each indicator; `verb` follows them: `er nu`, `bliver`.
    """
    if not hidden:
        return ""
    figures = f"{fmt.number(sum(hidden.values()), 0)} tal, der var vist,"
    names = listing([catalog.indicators[indicator_id].name for indicator_id in hidden])
    return (
        f"Obs.: {figures} {verb} skjult, fordi små tal ellers kunne regnes ud ({names}). "
        "Kontrollér, om rettelsen er rigtig: De vises ikke altid igen, når den fortrydes."
    )
