"""Danmarks Statistik's StatBank: what a table has, and its figures in the format BULK.

BULK has no limit of cells; every variable of the table must be named. The stamp `updated` is the
only thing that says whether there is anything new: the answers have no other validators.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kpi.domain.errors import KpiError
from kpi.domain.period import parse_period
from kpi.domain.wording import listing
from kpi.fetch.definition import Definition
from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.hosts import base_address
from kpi.fetch.http import Client, Question
from kpi.fetch.source import Source, Stamp
from kpi.ingest.table.raw import Upload

# Of all values, of the newest or oldest n, from or up to one, and a pattern: nothing to look up.
_PATTERN = re.compile(r"\*|\(-?\d+\)|[<>]=?.+|.*[*?].*")
_DAYS_BETWEEN = {"year": 365, "half": 183, "quarter": 92, "month": 31, "week": 7, "day": 1}
_MOST_NAMED = 3


@dataclass(frozen=True)
class _Variable:
    id: str
    is_time: bool
    values: tuple[str, ...]


def _stamp(client: Client, definition: Definition) -> Stamp:
    """When the table was updated and, by its rhythm, will be. Raises ChangedError, FetchError."""
    table = definition.query.word("table")
    question = Question(
        "POST", f"{base_address('statbank')}/tableinfo",
        {"table": table, "lang": definition.query.word("lang", "da"), "format": "JSON"},
    )  # fmt: skip
    answer = client.json(question)
    try:
        updated = str(answer["updated"])
        day = datetime.fromisoformat(updated).date()
        variables = [_variable(entry) for entry in answer["variables"]]
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(f"Statistikbanken beskriver ikke {table}, som den plejer.") from error
    if answer.get("active") is False:
        raise ChangedError(
            f"{table} bliver ikke længere opdateret. Find den tabel, der afløser den."
        )
    _hold_unchanged(table, variables, definition.query.values)
    return Stamp(updated, _next_expected(day, variables))


def _variable(entry: Mapping[str, Any]) -> _Variable:
    values = tuple(str(value["id"]) for value in entry["values"])
    return _Variable(str(entry["id"]), bool(entry.get("time")), values)


def _hold_unchanged(
    table: str, variables: Sequence[_Variable], asked: Mapping[str, Sequence[str]]
) -> None:
    """Refuses a table that has other variables or values than the definition asks for."""
    known = {variable.id.casefold(): variable for variable in variables}
    named = {name.casefold() for name in asked}
    gone = [name for name in asked if name.casefold() not in known]
    if gone:
        raise ChangedError(f"{table} har ikke længere {_named('variablen', 'variablerne', gone)}.")
    new = [variable.id for key, variable in known.items() if key not in named]
    if new:
        raise ChangedError(
            f"{table} har fået {_named('variablen', 'variablerne', new)}, som definitionen ikke "
            "nævner. Skriv under [query.variables], hvad der skal hentes."
        )
    for name, values in asked.items():
        has = set(known[name.casefold()].values)
        unknown = [value for value in values if not _PATTERN.fullmatch(value) and value not in has]
        if unknown:
            raise ChangedError(
                f"{table} har ikke længere {_named('værdien', 'værdierne', unknown)} i {name}."
            )


def _named(singular: str, plural: str, names: Sequence[str]) -> str:
    shown = [f"»{name}«" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED} til")
    return f"{singular if len(names) == 1 else plural} {listing(shown)}"


def _next_expected(updated: date, variables: Sequence[_Variable]) -> date | None:
    """The day of the last update and the rhythm of the table's own periods; None without one."""
    newest = next((variable.values[-1] for variable in variables if variable.is_time), "")
    try:
        days = _DAYS_BETWEEN.get(parse_period(newest).kind)
    except KpiError:
        return None
    return updated + timedelta(days=days) if days else None


def _download(client: Client, definition: Definition) -> Upload:
    table = definition.query.word("table")
    question = Question(
        "POST", f"{base_address('statbank')}/data",
        {
            "table": table, "lang": definition.query.word("lang", "da"), "format": "BULK",
            "valuePresentation": "Code", "delimiter": "Semicolon",
            "variables": [
                {"code": code, "values": list(values)}
                for code, values in definition.query.values.items()
            ],
        },
    )  # fmt: skip
    return Upload(f"{table}.csv", client.content(question))


STATBANK = Source(_download, _stamp)
