"""Checks of rows that add or correct names of figures, against the current rows and their uses.

The tables' own checks (kpi/tables/dataset.py) come first: here are rules for such rows only.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kpi.additions.area_checks import Fault, area_faults, faults_among_areas
from kpi.additions.model import (
    ADDABLE,
    ADDED_COLUMNS,
    CHOICE_WORDS,
    LISTED,
    catalog_rows,
)
from kpi.additions.names import machine_faults, taken_faults
from kpi.additions.uses import Uses
from kpi.domain.catalog import Catalog
from kpi.domain.counting_rates import without_per
from kpi.domain.errors import CHOICES_TOLD, Problem, choices_hint, named_choices_hint
from kpi.domain.format import counted, number
from kpi.domain.period import first_day, today
from kpi.domain.personal import IN_FIELD, personal_fields
from kpi.domain.plan import MOST_LETTERS
from kpi.domain.units import known_units, unit_name
from kpi.domain.whom import OF_NONE
from kpi.domain.wording import first_listed, listing, plain_id
from kpi.ingest.words.units import is_respelled
from kpi.plan.rows import with_danish_dates
from kpi.suppression.groups import parse_part_of
from kpi.tables.dataset import reference_problems, table_problems
from kpi.tables.group_parts import part_of_problems
from kpi.tables.rows import is_date
from kpi.tables.spec import BESIDE_IDS, COLUMNS, REFERENCES, Row, cells_of

_PLAIN_ID = re.compile(r"[a-z0-9_]{1,60}")
# Pages and charts show a text as it is, a tag too.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MOST_DECIMALS = 4
_MOST_BATCHES = 6
# Longer than a plan's field: a definition says what is counted and what is not.
_MOST_IN_TEXT = 2_000
_LARGEST_INTEGER = 1_000_000
_TEXTS = ("definition", "source_note", "description", "note")
# What pages, charts and slides have room for.
_MOST_IN_NAMES = {"name": 120, "short_name": 60, "title": 200}
# What may not change once there are figures, and why.
_FIXED = {
    ("indicator", "kind"): "Slagsen", ("indicator", "unit"): "Enheden",
    ("area", "level"): "Områdetypen",
}  # fmt: skip
# Columns that nobody need fill in: they follow from others.
_FOLLOWS = {"decimals": "kind", "short_name": "name", "unit": "kind"}
_WITH_FIGURES = (
    "Opret en ny med et andet navn, eller fortryd først de indlæsninger, som tallene kom med."
)

# Columns with several ids, and the table that they are of.
_LISTED_TARGETS = {"succeeded_by": "area", "set_ids": "set"}
_UNIT_HINT = (
    "Skriv, hvad tallet tælles eller måles i, for eksempel personer, dage, kr. om året eller "
    "point; et tal uden enhed er et indeks. »Antal« siger ikke, hvad der tælles."
)

# The rows of a table and the line that each is on.
Numbered = Sequence[tuple[int, Row]]
# What ids are called, by their table.
_Names = Mapping[str, Mapping[str, str]]


def addition_problems(
    table: str, numbered: Numbered, catalog: Catalog, uses: Uses
) -> list[Problem]:
    """All that is wrong with whole rows; `file` is their table, columns are the tables' own."""
    current = catalog_rows(table, catalog)
    rows = {row[COLUMNS[table][0]]: row for _, row in numbered}
    problems = [
        table_problem
        for table_problem in (
            *table_problems(table, numbered, table),
            *_pointing(table, numbered, catalog),
        )
        # A unit may be a word of one's own.
        if (table_problem.column, table_problem.code) != ("unit", "unknown_value")
    ]
    at_fault = {(problem.row, problem.column) for problem in problems}
    problems = [
        problem for problem in problems
        # What follows from another cell is empty since that one is at fault.
        if not (problem.code == "missing_value"
                and (problem.row, _FOLLOWS.get(problem.column or "")) in at_fault)
    ]  # fmt: skip
    personal = {line for line, row in numbered if personal_fields(row)}
    for line, row in numbered:
        before = current.get(row[COLUMNS[table][0]])
        faults = [
            *_texts(table, row, before),
            *_id(table, row, before, uses),
            *taken_faults(table, row, before, {**current, **rows}),
            *machine_faults(row, before),
            *_fixed(table, row, before, uses),
            *_OF_TABLE[table](row, before, catalog),
            *(faults_among_areas(row, catalog, rows) if table == "area" else ()),
            *_retiring(table, row, before, catalog, rows),
        ]
        problems += [
            Problem("unknown_value", table, line, column, row.get(column) or None, *words)
            for column, *words in faults
        ]
    names = _names(table, numbered, catalog)
    return sorted(
        (_readable(problem, problem.row in personal, names) for problem in problems),
        key=lambda problem: problem.row or 0,
    )


def _readable(problem: Problem, is_personal: bool, names: _Names) -> Problem:
    """The problem in Danish words, without a cell of a row with a person's number.

    An id in it is the name that a person has written or chosen.
    """
    column = problem.column or ""
    words = CHOICE_WORDS.get((problem.file, column), {})
    hint, value = problem.hint, problem.value or ""
    if (column, problem.code) == ("unit", "missing_value"):
        hint = _UNIT_HINT
    if words and hint.startswith(CHOICES_TOLD):
        hint = named_choices_hint(value, words)
    target = _LISTED_TARGETS.get(column) or REFERENCES.get(column, "")
    if target and column != COLUMNS[problem.file][0]:
        called = {**names.get(target, {}), **BESIDE_IDS.get(column, {})}
        value = listing([called.get(part, part) for part in value.split(";") if part])
    value = "" if is_personal else words.get(value, value)
    value = unit_name(value) if column == "unit" and value else value
    return replace(
        problem,
        hint=with_danish_dates(hint),
        value=value[:60],
        column=ADDED_COLUMNS[problem.file].get(column, column),
    )


def _names(table: str, numbered: Numbered, catalog: Catalog) -> _Names:
    """What the ids that a column may hold are called, by table, those of the rows with them."""
    names = {
        "theme": {theme_id: theme.name for theme_id, theme in catalog.themes.items()},
        "population_group": {group_id: group.name for group_id, group in catalog.groups.items()},
        "area": {area_id: area.name for area_id, area in catalog.areas.items()},
        "source": {source_id: source.title for source_id, source in catalog.sources.items()},
        "set": {set_id: area_set.name for set_id, area_set in catalog.area_sets.items()},
        "indicator": {each.indicator_id: each.name for each in catalog.indicators.values()},
    }
    own = {row[COLUMNS[table][0]]: row.get("name", "") for _, row in numbered}
    names[table] = {**names[table], **own} if table in names else {}
    return names


def _pointing(table: str, numbered: Numbered, catalog: Catalog) -> Iterator[Problem]:
    """Names that are nothing's."""
    names = _names(table, numbered, catalog)
    if table == "population_group":
        parts = {group_id: group.part_of for group_id, group in catalog.groups.items()}
        for problem in part_of_problems(numbered, parts, table):
            yield replace(problem, hint=_part_hint(problem, names[table]))
    ids = {kind: set(names_of_kind) or {""} for kind, names_of_kind in names.items()}
    for problem in reference_problems(table, numbered, ids, table):
        target = REFERENCES[problem.column or ""]
        yield replace(problem, hint=named_choices_hint(problem.value or "", names[target]))
    for line, row in numbered:
        for column, target in _LISTED_TARGETS.items():
            for part in filter(None, row.get(column, "").split(";")):
                if part not in names[target]:
                    yield Problem(
                        "unknown_value", table, line, column, part,
                        "Værdien findes ikke.", _listed_hint(part, names[target].values()),
                    )  # fmt: skip


def _listed_hint(text: str, names: Collection[str]) -> str:
    """What to write of one of several names; that `;` parts them, where something else does."""
    several = [part for part in re.split(r",\s*|\s+(?:og|&)\s+|/", text) if part in names]
    if len(several) > 1:
        return f"Skriv semikolon mellem navnene: {'; '.join(several)}."
    return choices_hint(text, names)


def _part_hint(problem: Problem, names: Mapping[str, str]) -> str:
    """What to write of what a group is part of, with the groups' names."""
    if problem.hint.startswith(CHOICES_TOLD):
        return named_choices_hint(problem.value or "", names)
    return problem.hint.replace("all:origin", f"{names.get('all', 'all')}: herkomst")


def _texts(table: str, row: Row, before: Row | None) -> Iterator[Fault]:
    key, personal = COLUMNS[table][0], personal_fields(row)
    named_by = plain_id(row.get("name") or row.get("title") or "")
    for column, text in row.items():
        most = _MOST_IN_NAMES.get(column, _MOST_IN_TEXT if column in _TEXTS else MOST_LETTERS)
        is_made_of_name = column == key and bool(named_by) and text.startswith(named_by)
        if column in personal and not is_made_of_name:
            yield column, *IN_FIELD
        elif len(text) > most and text != (before or {}).get(column):
            yield column, f"Teksten er på {len(text)} tegn.", f"Skriv højst {most}."
        elif (
            cells_of(table, column) == "whole" and text.isdecimal() and int(text) > _LARGEST_INTEGER
        ):
            yield column, "Tallet er for stort.", f"Skriv højst {number(_LARGEST_INTEGER, 0)}."
        elif tag := _TAG.search(text):
            yield column, f"Teksten indeholder HTML: {tag[0][:20]}", "Skriv den uden."
        elif column in ("name", "short_name", "title") and text and not re.search(r"\w", text):
            yield column, "Navnet har hverken bogstaver eller tal.", "Skriv et navn, der kan læses."
        elif column in ("name", "short_name") and ";" in text:
            yield column, "Navnet indeholder semikolon.", "Skriv navnet uden semikolon."


def _id(table: str, row: Row, before: Row | None, uses: Uses) -> Iterator[Fault]:
    key = COLUMNS[table][0]
    if before is not None:
        return
    if not _PLAIN_ID.fullmatch(row[key]):
        yield (
            key, "Id'et kan ikke bruges, og intet hedder sådan i forvejen.",
            "Brug små bogstaver a-z, tal og _, eller lad feltet stå tomt.",
        )  # fmt: skip
    elif uses.is_of_another(table, row[key], row):
        yield key, "Id'et har været brugt om noget andet.", "Lad feltet stå tomt."


def _fixed(table: str, row: Row, before: Row | None, uses: Uses) -> Iterator[Fault]:
    """What figures that are published already mean must not change under them."""
    own = row[COLUMNS[table][0]]
    figures = uses.figures.get(table, {}).get(own, 0)
    for (of, column), called in _FIXED.items():
        if of != table or before is None or row[column] == before[column]:
            continue
        if column == "unit" and is_respelled(before[column], row[column]):
            continue
        if figures or own in uses.others.get(table, {}):
            used = counted(figures, "tal", "tal") if figures else uses.others[table][own]
            yield column, f"{called} kan ikke ændres, når der er {used}.", _WITH_FIGURES
    is_lower = table == "source" and before and row["min_cell"].isdecimal()
    if is_lower and figures and int(row["min_cell"]) < int((before or row)["min_cell"]):
        yield (
            "min_cell",
            "Mindste antal kan ikke sættes ned, når kilden har tal: Skjulte tal ville blive vist.",
            "Fortryd først kildens indlæsninger.",
        )


def _theme(row: Row, before: Row | None, catalog: Catalog) -> Iterator[Fault]:
    yield from ()


def _indicator(row: Row, before: Row | None, catalog: Catalog) -> Iterator[Fault]:
    if row["kind"] == "proportion" and row["unit"] not in ("", "percent"):
        yield "unit", "En andel måles i procent.", "Skriv procent, eller vælg en anden slags."
    if row["kind"] in ("count", "amount") and row["unit"] == "percent":
        yield "unit", "Et antal og et beløb måles ikke i procent.", "Vælg slagsen Andel."
    # `sager pr. 1.000 indbyggere` is a unit as it is; `1.000 kr.` is another power of ten.
    if row["unit"] not in known_units() and re.search(r"\d", without_per(row["unit"])):
        yield (
            "unit", "Enheden indeholder et tal.",
            "Skriv enheden med ord, for eksempel sager eller kroner. Et antal i forhold til andre "
            "skrives sager pr. 1.000 indbyggere.",
        )  # fmt: skip
    if row["decimals"].isdecimal() and int(row["decimals"]) > _MOST_DECIMALS:
        yield "decimals", "Så mange decimaler vises ikke.", f"Skriv højst {_MOST_DECIMALS}."
    yield from _counting(row, catalog)


def _counting(row: Row, catalog: Catalog) -> Iterator[Fault]:
    """What an indicator cannot be of, or be counted by."""
    for column in ("numerator_id", "denominator_id"):
        if not row[column]:
            continue
        other = catalog.indicators.get(row[column])
        if row["kind"] == "count":
            yield column, "Et antal er ikke af andre.", "Lad feltet være tomt."
        elif row[column] == row["indicator_id"]:
            yield column, "Et nøgletal er ikke af sig selv.", "Skriv det nøgletal, der tæller dem."
        elif row[column] == OF_NONE and row["numerator_id"]:
            yield column, "Tælleren er et af Spors antal.", "Vælg også nævneren."
        elif other is not None and other.kind not in ("count", "proportion"):
            yield column, "Nøgletallet tæller ingen.", "Skriv et antal eller en andel."


def _group(row: Row, before: Row | None, catalog: Catalog) -> Iterator[Fault]:
    if row["reference_group_id"] == row["group_id"]:
        yield "reference_group_id", "En gruppe kan ikke sammenlignes med sig selv.", "Ret feltet."


def _source(row: Row, before: Row | None, catalog: Catalog) -> Iterator[Fault]:
    day = row["published"]
    if day != (before or {}).get("published") and is_date(day) and first_day(day) > today():
        yield "published", "Datoen er ikke kommet endnu.", "Skriv den dag, kilden udkom."


def _retiring(
    table: str, row: Row, before: Row | None, catalog: Catalog, rows: Mapping[str, Row]
) -> Iterator[Fault]:
    """Things that others which are still offered cannot do without."""
    if not row.get("retired") or (before and before["retired"]):
        return
    own = row[COLUMNS[table][0]]
    if table == "population_group":
        users = [
            indicator.name
            for indicator in catalog.indicators.values()
            if indicator.default_group == own and not indicator.retired
        ]
        if users:
            yield (
                "retired", f"Gruppen er den gruppe, som »{users[0]}« vises for.",
                "Ret først nøgletallets gruppe.",
            )  # fmt: skip
    if table == "area":
        within = [
            area.name
            for area in catalog.areas.values()
            if area.parent_id == own
            and not area.retired
            and not rows.get(area.area_id, {}).get("retired")
        ]
        if within:
            yield "retired", f"»{within[0]}« hører under området.", "Lad det udgå først."


_OF_TABLE = {
    "theme": _theme, "indicator": _indicator, "population_group": _group, "area": area_faults,
    "source": _source,
}  # fmt: skip


def undo_problems(before: Catalog, after: Catalog, uses: Uses) -> Iterator[str]:
    """Why the rows before an entry cannot be current again, each in a Danish sentence.

    `uses` are those of the catalog after.
    """
    for table in ADDABLE:
        rows, then = catalog_rows(table, before), catalog_rows(table, after)
        for id_, row in rows.items():
            called = row.get("name") or row.get("title") or id_
            if id_ not in then:
                figures = uses.figures.get(table, {}).get(id_, 0)
                if figures:
                    numbers = [str(number) for number in uses.batches.get(table, {}).get(id_, ())]
                    which = first_listed(numbers, _MOST_BATCHES)
                    yield (
                        f"»{called}« har {counted(figures, 'tal', 'tal')}. Fortryd dem først"
                        + (f": indlæsning nr. {which}." if numbers else ".")
                    )
                elif id_ in uses.others.get(table, {}):
                    user = uses.others[table][id_]
                    yield f"»{called}« bruges af {user}. Ret eller fortryd det først."
            elif then[id_] != row:
                faults = (
                    *_fixed(table, then[id_], row, uses),
                    *taken_faults(table, then[id_], row, then),
                )
                yield from (f"»{called}«: {message} {hint}" for _, message, hint in faults)
    yield from loose_ends(after, before)


def loose_ends(catalog: Catalog, earlier: Catalog | None = None) -> Iterator[str]:
    """Rows that point to what is not there, called as in the `earlier` catalog, if it was there."""
    ids: dict[str, Mapping[str, object]] = {
        "theme_id": catalog.themes, "default_group": catalog.groups, "parent_id": catalog.areas,
        "reference_group_id": catalog.groups, "succeeded_by": catalog.areas,
        "part_of": catalog.groups, "context_of": catalog.areas, "region_id": catalog.areas,
        "numerator_id": catalog.indicators,
        "denominator_id": {**catalog.indicators, **BESIDE_IDS["denominator_id"]},
    }  # fmt: skip
    for table in ADDABLE:
        for row in catalog_rows(table, catalog).values():
            for column, known in ids.items():
                if column == COLUMNS[table][0] or not row.get(column):
                    continue
                parts = row[column].split(";") if column in LISTED else [row[column]]
                if column == "part_of":
                    parts = [part.group_id for part in parse_part_of(row[column])]
                for part in parts:
                    if part not in known:
                        missing = _called_then(part, column, earlier)
                        called = row.get("name") or row.get("title")
                        name = ADDED_COLUMNS[table][column]
                        uses = f"»{called}« bruger »{missing}« ({name})."
                        yield f"{uses} Ret eller fortryd det først."


def _called_then(id_: str, column: str, catalog: Catalog | None) -> str:
    """What a row was called in a catalog; its id where it is not there."""
    if catalog is None:
        return id_
    groups = ("default_group", "part_of", "reference_group_id")
    table = "theme" if column == "theme_id" else "population_group" if column in groups else "area"
    row = catalog_rows(table, catalog).get(id_, {})
    return row.get("name") or id_
