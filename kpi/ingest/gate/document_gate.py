"""The gate for personal data in JSON: its records judged as the rows of tables.

Its whole text is searched first (kpi/ingest/gate/gate.py). Here fields are judged by their names: a
number without its first zero or written as a power, and halves in two fields of a record. All text
under a name of such numbers, and the lines of a note, are read as one text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from kpi.cpr.split import may_be_split
from kpi.domain.format import number
from kpi.domain.personal import (
    PersonalNumber,
    holds_personal_number,
    names_numbers,
    personal_numbers,
)
from kpi.ingest.gate.halves_apart import IN_TWO_TEXTS, are_in_document
from kpi.ingest.table.json_values import cell_text, refused
from kpi.ingest.table.raw import TYPED

_MOST_FIELDS = 200
_LABEL = "CPR-nr.:"
_OF_NOTES = re.compile(r"notes?|remarks?|comments?|bem(?:æ|ae)rkning(?:er)?|noter?")
_SIX, _FOUR = re.compile(r"\d{6}"), re.compile(r"-?\d{4}")
# Rows that leave out what they do not know are of a few hundred kinds.
_MOST_KINDS = 5_000
# Fields whose names say nothing are known by so many records.
_RECORDS_OF_NAMELESS = 1_000
# A field may be so many objects within its record.
_MOST_DEEP = 4


def gate_document(document: object) -> list[PersonalNumber]:
    """The fields of a parsed document that contain a CPR number; the places have no line.

    Raises RefusedError where its records are of too many kinds to be rows of a table: each kind is
    searched as a table of its own.
    """
    records: dict[tuple[str, ...], list[tuple[None, Sequence[str]]]] = {}
    for fields in _records(document):
        names = tuple(fields)
        if len(records) > _MOST_KINDS:
            raise refused(
                f"JSON-filens poster har over {number(_MOST_KINDS, 0)} forskellige sæt af "
                "navne, og så uens poster er ingen tabel.",
                "Hent tabellen som CSV eller JSON-stat.",
            )
        rows = records.setdefault(names, [])
        if len(rows) < _RECORDS_OF_NAMELESS or _is_named(names):
            rows.append((None, [_cell(value) for value in fields.values()]))
    places = [
        personal_number
        for names, rows in records.items()
        for personal_number in personal_numbers(names, rows, are_table=False)
    ]
    places += [
        PersonalNumber(None, "", "et felt i flere dele")
        for text in _in_several(document)
        if holds_personal_number(text)
    ][:1]
    if not places and are_in_document(document):
        places.append(PersonalNumber(None, "", IN_TWO_TEXTS))
    return list(dict.fromkeys(places))


def _in_several(document: object) -> Iterator[str]:
    """Texts divided among several values: below a name of numbers, in a note, in key and value."""
    open_values: list[object] = [document]
    while open_values:
        value = open_values.pop()
        if isinstance(value, list):
            open_values += [item for item in value if isinstance(item, (dict, list))]
        if not isinstance(value, dict):
            continue
        for name, under in value.items():
            if isinstance(under, (dict, list)):
                open_values.append(under)
                if names_numbers(name):
                    yield f"{_LABEL} {_together(under)}"
                elif _OF_NOTES.fullmatch(name.casefold()):
                    yield _together(under)
            elif isinstance(under, str) and _SIX.fullmatch(name) and _FOUR.fullmatch(under):
                yield f"{name}-{under}"


def _together(value: object) -> str:
    """The scalars of a value in their order, as one text; at most _MOST_FIELDS of them."""
    scalars: list[str] = []
    open_values: list[object] = [value]
    while open_values and len(scalars) < _MOST_FIELDS:
        inner = open_values.pop()
        if isinstance(inner, dict):
            open_values += reversed(inner.values())
        elif isinstance(inner, list):
            open_values += reversed(inner)
        else:
            scalars.append(_cell(inner).lstrip(TYPED))
    return " ".join(scalars)


def _is_named(names: Sequence[str]) -> bool:
    return any(names_numbers(name) or may_be_split(name) for name in names)


def _records(document: object) -> Iterator[Mapping[str, object]]:
    """Each record of scalars, and those that lists of one length make beside each other."""
    open_values = [document]
    while open_values:
        value = open_values.pop()
        if isinstance(value, dict):
            yield from _of_object(value)
            open_values += [item for item in value.values() if isinstance(item, (dict, list))]
        elif isinstance(value, list):
            open_values += [item for item in value if isinstance(item, (dict, list))]


def _of_object(value: dict[str, object]) -> Iterator[Mapping[str, object]]:
    fields = {name: item for name, item in value.items() if not isinstance(item, (dict, list))}
    if fields and len(fields) <= _MOST_FIELDS:
        yield fields
    whole = dict(islice(_within(value, ""), _MOST_FIELDS))
    if len(whole) > len(fields) and _is_named(tuple(whole)):
        yield whole
    columns = {name: item for name, item in value.items() if isinstance(item, list)}
    if columns and _is_named(tuple(columns)):
        names = list(columns)
        for cells in zip(*columns.values(), strict=False):
            yield dict(zip(names, cells, strict=True))


def _within(value: Mapping[str, object], path: str) -> Iterator[tuple[str, object]]:
    """The scalars of an object and of those in it, each with the names that lead to it."""
    for name, item in value.items():
        if isinstance(item, dict) and path.count(" ") < _MOST_DEEP:
            yield from _within(item, f"{path}{name} ")
        elif not isinstance(item, (dict, list)):
            yield f"{path}{name}", item


def _cell(value: object) -> str:
    return "" if value is None else cell_text(value)
