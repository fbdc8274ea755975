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
from kpi.ingest.words.lookup import folded

# All values, the newest or oldest n, from or up to one, and a pattern: nothing to look up.
_PATTERN = re.compile(r"\*|\(-?\d+\)|[<>]=?.+|.*[*?].*")
# Those that have the newest period among them.
_OPEN = re.compile(r"\*|\(\d+\)|>=?.+")
_DAYS_BETWEEN = {"year": 365, "half": 183, "quarter": 92, "month": 31, "week": 7, "day": 1}
_MOST_NAMED = 3


@dataclass(frozen=True)
class _Variable:
    """A variable of a table: its codes with their texts, in the table's order."""

    id: str
    is_time: bool
    texts: Mapping[str, str]


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
    values = _values_asked_for(table, variables, definition.query.values)
    texts = {variable.id: variable.texts for variable in variables}
    periods = _open_periods(variables, values)
    return Stamp(updated, _next_expected(day, variables), values, texts, periods)


def _variable(entry: Mapping[str, Any]) -> _Variable:
    texts = {str(value["id"]): str(value.get("text", "")) for value in entry["values"]}
    return _Variable(str(entry["id"]), bool(entry.get("time")), texts)


def _values_asked_for(
    table: str, variables: Sequence[_Variable], asked: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The codes of what is asked for, by the table's own names of its variables.

    Refuses a table that has other variables or values than the definition asks for.
    """
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
    codes = {}
    for name, values in asked.items():
        variable = known[name.casefold()]
        pairs = [(value, _code_of(value, variable)) for value in values]
        unknown = [value for value, code in pairs if code is None]
        if unknown:
            raise ChangedError(
                f"{table} har ikke længere {_named('værdien', 'værdierne', unknown)} i {name}."
            )
        codes[variable.id] = tuple(code for _, code in pairs if code is not None)
    return codes


def _code_of(value: str, variable: _Variable) -> str | None:
    """The code of a value, which may be written as its text; None where the table has neither."""
    if value in variable.texts or _PATTERN.fullmatch(value):
        return value
    codes = [code for code, text in variable.texts.items() if folded(text) == folded(value)]
    return codes[0] if len(codes) == 1 else None


def _open_periods(
    variables: Sequence[_Variable], asked: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """All periods of a table whose newest is asked for, whatever it is; none of another one."""
    return tuple(
        code
        for variable in variables
        if variable.is_time and any(_OPEN.fullmatch(value) for value in asked[variable.id])
        for code in variable.texts
    )


def _named(singular: str, plural: str, names: Sequence[str]) -> str:
    shown = [f"»{name}«" for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED} til")
    return f"{singular if len(names) == 1 else plural} {listing(shown)}"


def _next_expected(updated: date, variables: Sequence[_Variable]) -> date | None:
    """The day of the last update and the rhythm of the table's own periods; None without one."""
    periods = [code for variable in variables if variable.is_time for code in variable.texts]
    try:
        days = _DAYS_BETWEEN.get(parse_period(periods[-1] if periods else "").kind)
        return updated + timedelta(days=days) if days else None
    except (KpiError, OverflowError):
        return None


def _download(client: Client, definition: Definition, stamp: Stamp | None) -> Upload:
    table = definition.query.word("table")
    values = stamp.values if stamp else definition.query.values
    question = Question(
        "POST", f"{base_address('statbank')}/data",
        {
            "table": table, "lang": definition.query.word("lang", "da"), "format": "BULK",
            "valuePresentation": "Code", "delimiter": "Semicolon",
            "variables": [{"code": code, "values": list(asked)} for code, asked in values.items()],
        },
    )  # fmt: skip
    return Upload(f"{table}.csv", client.content(question))


STATBANK = Source(_download, _stamp)
