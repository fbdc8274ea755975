"""jobindsats.dk, version 3 of its API: what a table has, and its figures as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from kpi.domain.wording import listing
from kpi.fetch.definition import Definition
from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.hosts import base_address
from kpi.fetch.http import Client, Question
from kpi.fetch.source import Source, Stamp
from kpi.fetch.tokens import token
from kpi.ingest.table.raw import Upload


def _stamp(client: Client, definition: Definition) -> Stamp:
    """The days of the table's last and next update. Raises ChangedError, FetchError."""
    table = definition.query.word("table")
    question = Question("GET", f"{base_address('jobindsats')}/table/{quote(table, safe='')}")
    answer = client.json(question, token("jobindsats"))
    try:
        updated = str(answer["update_latest"])
        date.fromisoformat(updated)
        kinds = {str(kind["periodtype_id"]) for kind in answer["periods"]}
        hierarchies = {
            str(entry["hierarchy_id"]): _values(entry) for entry in answer["hierarchies"]
        }
        measures = {str(group["mgroup_id"]) for group in answer["mgroups"]}
        expected = answer.get("update_next")
        next_expected = date.fromisoformat(str(expected)) if expected else None
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(f"jobindsats.dk beskriver ikke {table}, som den plejer.") from error
    query = definition.query
    if query.word("period_type") not in kinds:
        raise ChangedError(
            f"{table} har ikke perioder af slagsen »{query.word('period_type')}«, men "
            f"{listing(sorted(kinds))}."
        )
    unknown = [measure for measure in query.lists["measures"] if measure not in {*measures, "*"}]
    if unknown:
        raise ChangedError(f"{table} har ikke længere målet »{unknown[0]}«.")
    for name, values in query.values.items():
        if name not in hierarchies:
            raise ChangedError(f"{table} har ikke længere inddelingen »{name}«.")
        gone = [value for value in values if not _is_known(value, hierarchies[name])]
        if gone:
            raise ChangedError(f"{table} har ikke længere værdien »{gone[0]}« i {name}.")
    return Stamp(updated, next_expected)


def _values(entry: Mapping[str, Any]) -> set[str]:
    """The ids of a hierarchy's levels, as `level:ID`, and of all values."""
    levels = entry["levels"]
    return {f"level:{level['level_id']}" for level in levels} | {
        str(value["value_id"]) for level in levels for value in level["values"]
    }


def _is_known(value: str, known: set[str]) -> bool:
    return value in {"*", "/"} or value in known


def _download(client: Client, definition: Definition, _: Stamp | None) -> Upload:
    query = definition.query
    table = query.word("table")
    asked = [(f"mgroup.{measure}", "*") for measure in query.lists["measures"]]
    asked.append((f"period.{query.word('period_type')}", ",".join(query.lists["periods"])))
    asked += [(f"hierarchy.{name}", ",".join(values)) for name, values in query.values.items()]
    asked.append(("format", "json"))
    parameters = "&".join(
        f"{quote(name, safe='.*')}={quote(value, safe='*:,/')}" for name, value in asked
    )
    address = f"{base_address('jobindsats')}/data/{quote(table, safe='')}?{parameters}"
    content = client.content(Question("GET", address), token("jobindsats"))
    return Upload(f"{table}.json", content)


JOBINDSATS = Source(_download, _stamp)
