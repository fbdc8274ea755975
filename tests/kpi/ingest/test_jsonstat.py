"""JSON-stat in all its spellings becomes the same table."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.errors import KpiError
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.table.raw import RawTable, RefusedError
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

SAMPLE = Path(__file__).parents[2] / "samples" / "dst_api_jsonstat_bef5_en.json"

AREA = {"label": "område", "category": {"index": ["101", "751"], "label": {"101": "København"}}}
TIME = {"category": {"index": {"2024": 1, "2023": 0}, "label": {"2023": "2023", "2024": "2024"}}}
ROWS = [
    (1, ("København", "2023", "\x021")),
    (2, ("København", "2024", "\x022.5")),
    (3, ("751", "2023", "..")),
    (4, ("751", "2024", "\x02-4")),
]


def dataset(**changes: Any) -> dict[str, Any]:
    """A 2.0 data set of two areas and two years; None takes a part away."""
    document = {
        "version": "2.0", "class": "dataset", "label": "Folk", "id": ["OMR", "Tid"], "size": [2, 2],
        "dimension": {"OMR": AREA, "Tid": TIME}, "value": [1, 2.5, None, -4],
    } | changes  # fmt: skip
    return {name: part for name, part in document.items() if part is not None}


@pytest.mark.parametrize(
    "document",
    [
        dataset(),
        dataset(value={"0": 1, "1": 2.5, "3": -4}),
        {"dataset": dataset(
            id=None, size=None,
            dimension={"OMR": AREA, "Tid": TIME, "id": ["OMR", "Tid"], "size": [2, 2]},
        )},
        {"folk": dataset()},
        {"class": "collection", "link": {"item": [dataset(), {"href": "https://dst.dk"}]}},
        {"class": "bundle", "dataset": [dataset()]},
    ],
    ids=["2.0", "values by place", "1.x", "1.x by name", "collection", "bundle"],
)  # fmt: skip
def test_the_same_table(document: object) -> None:
    table = jsonstat_table(document)
    assert table is not None
    assert table.columns == ("område", "Tid", "INDHOLD")
    assert list(table.rows) == ROWS
    assert (table.format, table.title, table.decimal) == ("jsonstat", "Folk", "point")
    assert table.other_names == {0: ("OMR",)}
    assert table.codes[0] == {"København": "101", "751": "751"}


def test_sample() -> None:
    table = jsonstat_table(json.loads(SAMPLE.read_text("utf-8")))
    assert table is not None
    assert table.columns == ("Indhold", "time", "INDHOLD")
    assert list(table.rows) == [
        (1, ("Population at the first day of the quarter", "2020Q1", "\x025822763"))
    ]
    assert table.codes[1] == {"2020Q1": "2020K1"}


@for_each(
    ("status", "cells"),
    [
        ({"2": "x"}, [("", "\x021"), ("", "\x022.5"), ("x", "x"), ("", "\x02-4")]),
        (["p", None, "c", "p"], [("p", "\x021"), ("", "\x022.5"), ("c", ".."), ("p", "\x02-4")]),
        ("e", [("e", "\x021"), ("e", "\x022.5"), ("e", ".."), ("e", "\x02-4")]),
    ],
)
def test_statuses_get_a_column(status: object, cells: list[tuple[str, str]]) -> None:
    table = jsonstat_table(dataset(status=status))
    assert table is not None
    assert table.columns == ("område", "Tid", "STATUS", "INDHOLD")
    assert [row[2:] for _, row in table.rows] == cells


@for_each(
    ("value", "cell"),
    [
        (0, "\x020"),
        (1e22, "\x0210000000000000000000000"),
        (1e-7, "\x020.0000001"),
        (18500.0, "\x0218500.0"),
        ("..", ".."),
        ("\x02" + "7", "7"),  # a text cannot pass for a number
        ("a\ud800b", "ab"),  # half a character cannot be stored
        (True, "\x03true"),
        (float("inf"), "\x03inf"),
        ([1], "\x03…"),
    ],
)
def test_cells(value: object, cell: str) -> None:
    table = jsonstat_table(dataset(value=[value, 1, 1, 1]))
    assert table is not None
    assert table.rows[0][1][-1] == cell


def test_labels_that_repeat_stand_with_their_codes() -> None:
    category = {"index": ["1", "2"], "label": {"1": "I alt", "2": "I alt"}}
    table = jsonstat_table(dataset(dimension={"OMR": {"category": category}, "Tid": TIME}))
    assert table is not None
    assert table.codes[0] == {"1 I alt": "1", "2 I alt": "2"}
    assert table.rows[0][1][0] == "1 I alt"


@for_each(
    ("changes", "code", "reported"),
    [
        ({"value": [1, 2]}, "not_a_table", "skal have 4 værdier, men har 2"),
        ({"value": None}, "not_a_table", "skal have 4 værdier"),
        ({"value": {"4": 1}}, "not_a_table", "»4«"),
        ({"size": [2, 3], "value": [1] * 6}, "not_a_table", "3 værdier, men har 2"),
        ({"size": [2]}, "not_a_table", "passer ikke sammen"),
        ({"size": [2, "2"]}, "not_a_table", "hele tal"),
        ({"size": [2, True]}, "not_a_table", "hele tal"),
        ({"size": [0, 2]}, "empty_file", "ingen tal"),
        ({"size": [10**9, 10**9]}, "too_large", "højst"),
        ({"id": ["OMR", "OMR"]}, "not_a_table", "ens"),
        ({"dimension": {"OMR": AREA}}, "not_a_table", "»Tid«"),
    ],
)
def test_refused(changes: dict[str, Any], code: str, reported: str) -> None:
    with pytest.raises(RefusedError) as refused:
        jsonstat_table(dataset(**changes))
    assert refused.value.problem.code == code
    assert reported in refused.value.problem.message


def test_several_data_sets_are_refused() -> None:
    with pytest.raises(RefusedError, match="2 tabeller"):
        jsonstat_table({"a": dataset(), "b": dataset()})


@for_each("document", [None, 1, "x", [], {}, {"rows": []}, [dataset()]])
def test_other_documents(document: object) -> None:
    assert jsonstat_table(document) is None


VALUES = st.none() | st.booleans() | st.integers(-3, 10**12) | st.floats() | st.text(max_size=4)
ANY = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def is_whole(table: RawTable | None) -> bool:
    """Whether every record has a text for each column; nothing read is whole too."""
    return table is None or {len(cells) for _, cells in table.rows} == {len(table.columns)}


@given(st.sampled_from(("id", "size", "dimension", "value", "status", "label")), ANY)
def test_any_part_may_be_wrong(part: str, wrong: object) -> None:
    with suppress(KpiError):
        assert is_whole(jsonstat_table(dataset(**{part: wrong})))


@given(st.sampled_from(("index", "label")), ANY)
def test_any_category_may_be_wrong(part: str, wrong: object) -> None:
    area = {"category": AREA["category"] | {part: wrong}}  # type: ignore[operator]
    with suppress(KpiError):
        assert is_whole(jsonstat_table(dataset(dimension={"OMR": area, "Tid": TIME})))


def test_what_the_file_says_of_its_figures() -> None:
    table = jsonstat_table(json.loads(SAMPLE.read_text()))
    assert table is not None
    assert table.measure_column == 0
    assert (table.measure, table.unit) == ("Population at the first day of the quarter", "number")


def link(label: str) -> dict[str, str]:
    return {"class": "dataset", "label": label, "href": f"https://kilde.dk/{label}.json"}


@for_each(
    ("document", "says"),
    [
        (
            {"class": "collection", "link": {"item": [link("Folk"), link("Job")]}},
            "henviser til 2 tabeller (»Folk« og »Job«) og har ingen tal selv. Hent den tabel, der "
            "skal bruges, og indlæs den: https://kilde.dk/Folk.json",
        ),
        ({"class": "collection", "link": {"item": []}}, "uden tabeller"),
        ({"class": "collection"}, "uden tabeller"),
        (
            {"class": "collection", "link": {"item": [dataset(), dataset(label="Job")]}},
            "med 2 tabeller: »Folk« og »Job«",
        ),
    ],
)
def test_collections(document: object, says: str) -> None:
    with pytest.raises(RefusedError) as caught:
        jsonstat_table(document)
    assert says in caught.value.message


def test_one_of_several_data_sets_is_chosen(tiny: Desk) -> None:
    items = [dataset(label="Folk"), dataset(label="Job"), dataset(label="job ")]
    document = json.dumps({"class": "collection", "link": {"item": items}})
    (problem,) = tiny.check(document, name="samling.json").problems
    assert problem.hint == "Vælg tabellen med --sheet NAVN: »Folk« eller »Job« eller »job (3)«."
    assert tiny.check(document, name="samling.json", sheet="JOB").title == "Job"
    assert tiny.check(document, name="samling.json", sheet="job (3)").title.strip() == "job"
    # A name that none of them has is asked again; where there is only one there is no choice.
    assert not tiny.check(document, name="samling.json", sheet="x").columns
    assert tiny.check(json.dumps(dataset()), name="en.json", sheet="x").columns
