"""Texts of a JSON document beside its rows: what it is called, its unit and its notes."""

from collections.abc import Iterator, Mapping

from kpi.ingest.table.json_values import plain_text
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.labels import names_selection
from kpi.ingest.words.units import names_scale, unit_of_power

_UNITS = frozenset(("enhed", "måleenhed", "unit", "units", "unit_measure"))
_TEXTS = frozenset(
    (
        "titel", "title", "undertitel", "subtitle", "overskrift", "heading", "label", "navn",
        "beskrivelse", "description", "note", "noter", "notes", "bemærkning", "bemærkninger",
        "kommentar", "kommentarer", "comment", "comments", "population", "målgruppe", "filter",
    )
)  # fmt: skip
_STATUSES = frozenset(("status", "datastatus", "version", "udgave"))
# Keys without capitals, `@` and `_` by which services say that there is more than this page.
_NEXT_PAGE = frozenset(("next", "nextlink", "nextpage", "odata.nextlink", "nextpageurl"))
_HAS_MORE = frozenset(("hasmore", "hasnext", "morerows", "truncated", "istruncated"))
_COUNTS = frozenset((
    "totalcount", "totalrecords", "totalrows", "totalelements", "totalitems", "recordstotal",
    "numfound", "odata.count",
))  # fmt: skip
_TOTALS = frozenset(("total", "count"))
_OF_PAGES = frozenset((
    "next", "previous", "offset", "limit", "page", "pages", "pagesize", "perpage", "skip",
))  # fmt: skip
_MOST_CHARACTERS = 60
_DEEPEST = 4
_MOST = 50


def texts_beside(document: object) -> tuple[str, ...]:
    """The texts in a document's objects that say what its rows are, as lines above a table.

    Lists hold the rows and are not looked into; but notes may be a list of texts, where another
    list holds the rows. A unit is written as in such a line: `Enhed: 1.000 personer`.
    """
    texts = (_line(name, text) for name, text in _named_texts(document, 0))
    return tuple(dict.fromkeys(filter(None, texts)))[:_MOST]


def further_rows(document: object, rows: int) -> str:
    """The key by which a document says that it is one page of several; empty where it does not.

    `rows` are those that were read. A sum may be called `total`, so that it counts beside a key of
    pages only.
    """
    for node in _objects(document, 0):
        keys = {name.casefold().replace("_", "").lstrip("@"): name for name in node}
        for key, name in keys.items():
            value = node[name]
            if (key in _NEXT_PAGE and value and isinstance(value, (str, dict))) or (
                key in _HAS_MORE and value is True
            ):
                return name
            counts = key in _COUNTS or (key in _TOTALS and _OF_PAGES & keys.keys())
            if counts and type(value) is int and value > rows:
                return name
    return ""


def _objects(node: object, depth: int) -> Iterator[Mapping[str, object]]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    yield node
    for value in node.values():
        yield from _objects(value, depth + 1)


def _line(name: str, text: str) -> str:
    """A key and its text as they are written above a table; empty where they say nothing of it.

    What is true of all rows has no column: `"køn": "Kvinder"`, `"år": 2023`, `"skala": 1000`.
    """
    if name in _UNITS:
        return f"Enhed: {text}"
    if names_scale(name):
        unit = unit_of_power(text, name)
        return f"Enhed: {unit}" if unit else f"{name}: {text}" if text != "1" else ""
    if name in _TEXTS:
        return text
    is_of_rows = (
        names_selection(name) or name in _STATUSES
        or is_usual("period", name) or is_usual("area", name)
    )  # fmt: skip
    is_number = name in _STATUSES and not any(map(str.isalpha, text))
    is_said = is_of_rows and not is_number and len(text) <= _MOST_CHARACTERS
    return f"{name}: {text}" if is_said else ""


def _named_texts(node: object, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    has_rows = any(map(_are_rows, node.values()))
    for name, value in node.items():
        texts = value if isinstance(value, list) and has_rows and not _are_rows(value) else [value]
        for text in texts:
            is_single = isinstance(text, (str, int, float)) and not isinstance(text, bool)
            if is_single and (shown := " ".join(plain_text(str(text)).split())):
                yield name.casefold(), shown
        if isinstance(value, Mapping):
            yield from _named_texts(value, depth + 1)


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], (dict, list))
