"""JSON-stat 1.x and 2.0, as StatBank and PxWeb write them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kpi.domain import format as fmt
from kpi.domain.wording import listing
from kpi.ingest.readers.cube import About, Dimension, cells_of, cube_table
from kpi.ingest.table.json_values import cell_text, decimal_mark, plain_text, refused
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.heads import is_measure_name
from kpi.ingest.words.lookup import folded

_HINT = "Hent filen igen hos kilden, eller vælg CSV."
# What sources write as the status of a figure that they leave out.
_SYMBOLS = frozenset((".", "..", "...", "-", ":", "x"))
_MISSING = ".."
_MOST_NAMED = 5
_MOST_OFFERED = 50
_MOST_NAME_CHARACTERS = 60
# RAS200, FOLK1AM.
_TABLE_NUMBER = re.compile(r"[A-ZÆØÅ]{2,8}\d{1,4}[A-Z]{0,3}\d?")
# Where a data set has notes, what they are called there, and the words for what PxWeb says by one.
_WITH_NOTES = ("note", "extension", "dimension")
_NOTES = frozenset(
    ("note", "notes", "valuenote", "cellnote", "cellnotes", "remark", "remarks", "comment",
     "comments", "refperiod")
)  # fmt: skip
_ANSWERS = {
    ("adjustment", "sesonly"): "Sæsonkorrigeret", ("adjustment", "sesandwork"): "Sæsonkorrigeret",
    ("seasadj", "yes"): "Sæsonkorrigeret", ("pricetype", "fixed"): "Faste priser",
    ("pricetype", "current"): "Løbende priser", ("cfprices", "f"): "Faste priser",
}  # fmt: skip
_NAMED_NOTES = _NOTES | {name for name, _ in _ANSWERS}
_NO_NOTES = frozenset(("label", "index", "unit", "value"))
_DEEPEST, _MOST_NOTES = 8, 200


def jsonstat_table(document: object, wanted: str | None = None) -> RawTable | None:
    """The table of a JSON-stat document, or None where the document is something else.

    `wanted` names the one that is meant where there are several.

    A column a dimension, then INDHOLD; where figures have a status, STATUS before it. A null is
    `..`, or the symbol in its status.

    Raises:
        RefusedError: several data sets and none of that name, sizes that do not fit the values,
            or too many cells.
    """
    datasets = _datasets(document)
    if not datasets:
        _refuse_links(document)
        return None
    if len(datasets) == 1:
        return _table(datasets[0])
    by_name = _by_name(datasets)
    chosen = next((name for name in by_name if folded(name) == folded(wanted or "")), None)
    if chosen is None:
        names = list(by_name)
        offered = " eller ".join(f"»{name}«" for name in names[:_MOST_OFFERED])
        raise refused(
            f"Filen er JSON-stat med {len(datasets)} tabeller: {_named(names)}.",
            f"Vælg tabellen med --sheet NAVN: {offered}.",
        )
    return _table(by_name[chosen])


def _by_name(datasets: Sequence[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """The data sets by a short name of their own: two that are called alike get a number."""
    names: dict[str, Mapping[str, object]] = {}
    for number, dataset in enumerate(datasets, 1):
        label = " ".join((_text(dataset.get("label")) or f"tabel {number}").split())
        name = re.sub("[»«]", "", label)[:_MOST_NAME_CHARACTERS].strip()
        is_taken = folded(name) in map(folded, names)
        names[f"{name} ({number})" if is_taken else name] = dataset
    return names


def _refuse_links(document: object) -> None:
    """Raises RefusedError for a collection that only says where its tables are."""
    if not isinstance(document, dict) or document.get("class") != "collection":
        return
    wrapper = document.get("link")
    items = wrapper.get("item") if isinstance(wrapper, dict) else None
    links = [item for item in items or [] if isinstance(item, dict) and _text(item.get("href"))]
    if not links:
        raise refused("Filen er en samling i JSON-stat uden tabeller.", _HINT)
    names = [_text(link.get("label")) or _text(link["href"]) for link in links]
    count = fmt.counted(len(links), "tabel", "tabeller")
    raise refused(
        f"Filen er en samling i JSON-stat: den henviser til {count} ({_named(names)}) og har "
        "ingen tal selv.",
        f"Hent den tabel, der skal bruges, og indlæs den: {_text(links[0]['href'])}",
    )


def _named(names: list[str]) -> str:
    shown = [f"»{' '.join(name.split())[:60]}«" for name in names[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return listing(shown + ([f"{more} til"] if more else []))


def _datasets(document: object) -> list[Mapping[str, object]]:
    """The data sets of a document: itself, its `dataset`, its named ones or its collection's."""
    if not isinstance(document, dict):
        return []
    if _is_dataset(document):
        return [document]
    inside: list[object] = list(document.values())
    for wrapper in (document.get("dataset"), document.get("link")):
        items = wrapper.get("item") if isinstance(wrapper, dict) else wrapper
        if isinstance(items, list):
            inside += items
    return [
        candidate for candidate in inside if isinstance(candidate, dict) and _is_dataset(candidate)
    ]


def _is_dataset(candidate: Mapping[str, object]) -> bool:
    return isinstance(candidate.get("dimension"), dict) and (
        "value" in candidate or "size" in candidate
    )


def _table(dataset: Mapping[str, object]) -> RawTable:
    holder = _mapping(dataset["dimension"], "dimension")
    # 1.x keeps the order and the sizes among the dimensions.
    ids = dataset.get("id", holder.get("id"))
    sizes = dataset.get("size", holder.get("size"))
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        raise refused("Filen er JSON-stat, men id og size passer ikke sammen.", _HINT)
    if not ids or len(set(map(str, ids))) < len(ids):
        raise refused("Filen er JSON-stat, men id nævner ingen eller ens dimensioner.", _HINT)
    known = [size for size in sizes if type(size) is int and size >= 0]
    if len(known) < len(sizes):
        raise refused("Filen er JSON-stat, men size er ikke hele tal.", _HINT)
    cells = cells_of(known)
    measures = _measures(dataset, holder)
    dimensions = [_dimension(str(code), holder, measures) for code in ids]
    for dimension, size in zip(dimensions, known, strict=True):
        if len(dimension.labels) != size:
            raise refused(
                f"Dimensionen »{dimension.label}« skal have {size} værdier, men har "
                f"{len(dimension.labels)}.",
                _HINT,
            )
    values = _by_place(dataset.get("value"), cells, "værdier")
    statuses = _statuses(dataset.get("status"), cells)
    figures = [
        cell_text(value) if value is not None else (status if status in _SYMBOLS else _MISSING)
        for value, status in zip(values, statuses or [""] * cells, strict=True)
    ]
    title = _text(dataset.get("label"))
    about = About(
        unit=_own_unit(dataset),
        table_id=_table_id(dataset, [each for each in dimensions if each.is_measure]),
        notes=_notes(dataset),
        publisher=_text(dataset.get("source")),
    )  # fmt: skip
    table = cube_table("jsonstat", title, dimensions, figures, statuses, about)
    return replace(table, decimal=decimal_mark(figures))


def _notes(dataset: Mapping[str, object]) -> tuple[str, ...]:
    """The notes on the figures, beside the label: of the data set, its dimensions and categories.

    PxWeb keeps some of them among its extensions, and says there by a word how figures were made.
    """
    texts = list(_notes_in({key: dataset[key] for key in _WITH_NOTES if key in dataset}))
    return tuple(dict.fromkeys(texts))[:_MOST_NOTES]


def _notes_in(value: object, name: str = "", depth: int = 0) -> Iterator[str]:
    """The texts of what is called a note, at any depth; and the words for some answers."""
    if isinstance(value, str):
        if name in _NOTES and (text := _text(value)):
            yield text
        elif said := _ANSWERS.get((name, value.casefold())):
            yield said
    elif isinstance(value, dict) and depth < _DEEPEST:
        for key, inside in value.items():
            own = str(key).casefold()
            if own in _NO_NOTES and not name:
                continue
            yield from _notes_in(inside, own if own in _NAMED_NOTES else name, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for inside in value:
            yield from _notes_in(inside, name, depth + 1)


def _own_unit(dataset: Mapping[str, object]) -> str:
    """What all figures count in, as PxWeb writes it among its own extensions."""
    extension = dataset.get("extension")
    inside = extension.get("px") if isinstance(extension, dict) else None
    return _text(inside.get("units")) if isinstance(inside, dict) else ""


def _measures(dataset: Mapping[str, object], holder: Mapping[str, object]) -> frozenset[str]:
    """The codes of the dimensions whose values are measures; 1.x keeps roles among dimensions."""
    roles = dataset.get("role", holder.get("role"))
    named = roles.get("metric") if isinstance(roles, dict) else None
    if isinstance(named, str):
        named = [named]
    return frozenset(map(str, named)) if isinstance(named, list) else frozenset()


def _table_id(dataset: Mapping[str, object], measures: Sequence[Dimension]) -> str:
    """The number of the table, which PxWeb keeps among its own extensions.

    Statistikbanken writes it as the code of the one measure.
    """
    extension = dataset.get("extension")
    inside = extension.get("px") if isinstance(extension, dict) else None
    if isinstance(inside, dict) and (
        named := _text(inside.get("tableid")) or _text(inside.get("matrix"))
    ):
        return named
    codes = [code for measure in measures for code in measure.codes]
    return codes[0] if len(codes) == 1 and _TABLE_NUMBER.fullmatch(codes[0]) else ""


def _dimension(code: str, holder: Mapping[str, object], measures: frozenset[str]) -> Dimension:
    described = _mapping(holder.get(code), code)
    category = _mapping(described.get("category"), code)
    labels = _mapping(category.get("label", {}), code)
    index = category.get("index")
    if index is None:
        # A single category needs no index.
        index = list(labels)[:1] if len(labels) == 1 else None
    if isinstance(index, dict):
        index = _in_order(index, code)
    if not isinstance(index, list) or not all(
        isinstance(category_code, str) for category_code in index
    ):
        raise refused(f"Værdierne af dimensionen »{plain_text(code)}« kan ikke læses.", _HINT)
    if len(set(index)) < len(index):
        raise refused(f"Dimensionen »{plain_text(code)}« har den samme kode to gange.", _HINT)
    label = _text(described.get("label")) or plain_text(code)
    is_measure = code in measures or is_measure_name(code) or is_measure_name(label)
    units = (
        tuple(_unit(category.get("unit"), category_code) for category_code in index)
        if is_measure
        else ()
    )
    return Dimension(
        label,
        plain_text(code),
        tuple(
            _text(labels.get(category_code)) or plain_text(category_code) for category_code in index
        ),
        tuple(plain_text(category_code) for category_code in index),
        is_measure,
        units if any(units) else (),
    )


def _unit(units: object, code: str) -> str:
    """What a measure counts in: `base` of PxWeb, else the `label` or `symbol` of the standard."""
    unit = units.get(code) if isinstance(units, dict) else None
    if not isinstance(unit, dict):
        return ""
    return next(filter(None, (_text(unit.get(key)) for key in ("base", "label", "symbol"))), "")


def _in_order(index: Mapping[str, object], code: str) -> list[str]:
    places = {place: category_code for category_code, place in index.items() if type(place) is int}
    if set(places) != set(range(len(index))):
        raise refused(f"Rækkefølgen i dimensionen »{plain_text(code)}« kan ikke læses.", _HINT)
    return [places[place] for place in range(len(index))]


def _by_place(values: object, cells: int, noun: str) -> list[object]:
    """As many values as there are cells, from a list or from an object of place to value."""
    if isinstance(values, list) and len(values) == cells:
        return values
    if isinstance(values, dict):
        placed: list[object] = [None] * cells
        for place, value in values.items():
            # Longer keys cannot be a place, and are not worth turning into a number.
            if not (place.isascii() and place.isdigit() and len(place) < 10 and int(place) < cells):
                raise refused(f"»{plain_text(place)[:60]}« er ikke en plads i tabellen.", _HINT)
            placed[int(place)] = value
        return placed
    count = f"{len(values)}" if isinstance(values, list) else "ikke en liste af"
    raise refused(f"Tabellen skal have {cells} {noun}, men har {count}.", _HINT)


def _statuses(statuses: object, cells: int) -> list[str]:
    """A status for each cell, or none where the file has none. One text is the status of all."""
    if statuses in (None, "", [], {}):
        return []
    if isinstance(statuses, str):
        return [plain_text(statuses)] * cells
    if isinstance(statuses, list) and len(statuses) == 1:
        return [_text(statuses[0])] * cells
    return [_text(status) for status in _by_place(statuses, cells, "statusser")]


def _mapping(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise refused(f"Dimensionen »{plain_text(name)}« mangler i filen.", _HINT)
    return value


def _text(value: object) -> str:
    return plain_text(value) if isinstance(value, str) else ""
