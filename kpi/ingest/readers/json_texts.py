"""Texts of a JSON document beside its rows: what it is called, its unit and its notes."""

from collections.abc import Iterator, Mapping

from kpi.ingest.table.json_values import plain_text

_UNITS = frozenset(("enhed", "måleenhed", "unit", "units", "unit_measure"))
_TEXTS = frozenset(
    (
        "titel", "title", "undertitel", "subtitle", "overskrift", "heading", "label", "navn",
        "beskrivelse", "description", "note", "noter", "notes", "bemærkning", "bemærkninger",
        "kommentar", "kommentarer", "comment", "comments", "population", "målgruppe", "filter",
    )
)  # fmt: skip
_DEEPEST = 4
_MOST = 50


def texts_beside(document: object) -> tuple[str, ...]:
    """The texts in a document's objects that say what its rows are, as lines above a table.

    Lists hold the rows and are not looked into; but notes may be a list of texts, where another
    list holds the rows. A unit is written as in such a line: `Enhed: 1.000 personer`.
    """
    texts = (
        f"Enhed: {text}" if name in _UNITS else text
        for name, text in _named_texts(document, 0)
        if name in _UNITS or name in _TEXTS
    )
    return tuple(dict.fromkeys(texts))[:_MOST]


def _named_texts(node: object, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    has_rows = any(map(_are_rows, node.values()))
    for name, value in node.items():
        texts = value if isinstance(value, list) and has_rows and not _are_rows(value) else [value]
        for text in texts:
            if isinstance(text, str) and (shown := " ".join(plain_text(text).split())):
                yield name.casefold(), shown
        if isinstance(value, Mapping):
            yield from _named_texts(value, depth + 1)


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], (dict, list))
