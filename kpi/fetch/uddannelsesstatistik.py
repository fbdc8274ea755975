"""uddannelsesstatistik.dk: the rows of all pages of an answer, as one JSON list.

The source does not say when its figures were updated; only the figures themselves tell.
"""

import json
from typing import Any

from kpi.fetch.definition import Definition
from kpi.fetch.failure import FetchError
from kpi.fetch.hosts import base_address
from kpi.fetch.http import Client, Question
from kpi.fetch.source import Source, Stamp
from kpi.fetch.tokens import token
from kpi.ingest.table.raw import MOST_ROWS, Upload

_PAGE_ROWS = 20_000
_MOST_PAGES = MOST_ROWS // _PAGE_ROWS


def _download(client: Client, definition: Definition, _: Stamp | None) -> Upload:
    rows: list[Any] = []
    size = 0
    for page in range(1, _MOST_PAGES + 1):
        content = client.content(_question(definition, page), token("uddannelsesstatistik"))
        size += len(content)
        if size > client.limits.most_bytes:
            raise FetchError("Svaret er for stort. Spørg om færre år eller kommuner.")
        answer = _rows(content)
        if not answer:
            break
        if answer == rows[-len(answer) :]:
            raise FetchError("Kilden svarer med den samme side igen og igen.")
        rows += answer
    else:
        raise FetchError("Svaret har flere sider, end der kan være. Spørg om færre år.")
    if not rows:
        raise FetchError("Kilden svarer, men uden en eneste række.")
    name = "_".join(definition.query.word(key) for key in ("omraade", "emne", "underemne"))
    try:
        content = json.dumps(rows, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise FetchError("Kilden svarer med tegn, der ikke er nogen.") from error
    return Upload(f"{name}.json", content)


def _rows(content: bytes) -> list[Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FetchError("Kilden svarer med noget, der ikke er JSON.") from error
    if not isinstance(answer, list):
        raise FetchError("Kilden svarer med noget andet end en liste af rækker.")
    return answer


def _question(definition: Definition, page: int) -> Question:
    query = definition.query
    body = {
        "område": query.word("omraade"), "emne": query.word("emne"),
        "underemne": query.word("underemne"), "nøgletal": list(query.lists["noegletal"]),
        "detaljering": list(query.lists["detaljering"]),
        "filtre": {name: list(values) for name, values in query.values.items()},
        "indlejret": False, "tomme_rækker": False, "formattering": "json",
        "side_størrelse": _PAGE_ROWS, "side": page,
    }  # fmt: skip
    return Question("POST", f"{base_address('uddannelsesstatistik')}/statistik", body)


UDDANNELSESSTATISTIK = Source(_download)
