"""Tables in other shapes of JSON, numbers that are text in it, and what is said where none is."""

import json

import pytest

from kpi.ingest.readers.json_shapes import refuse_long_texts
from kpi.ingest.readers.json_texts import texts_beside
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.table.json_values import decimal_mark
from kpi.ingest.table.raw import RefusedError
from tests.kpi.ingest.checked import Desk, codes, read
from tests.tables import for_each

RATE = "employment_rate"
ROW = {"kommune": "Aarhus", "år": 2022, "værdi": 71.5}


@pytest.mark.parametrize(
    "document",
    [
        [ROW],
        {"result": {"records": [ROW]}},
        {"result": {"fields": [{"id": name, "type": "text"} for name in ROW], "records": [ROW]}},
        {"kommune": ["Aarhus"], "år": [2022], "værdi": [71.5]},
        [["kommune", "år", "værdi"], ["Aarhus", 2022, 71.5]],
        {"columns": ["kommune", "år", "værdi"], "index": [0], "data": [["Aarhus", 2022, 71.5]]},
        {"kommune": {"0": "Aarhus"}, "år": {"0": 2022}, "værdi": {"0": 71.5}},
        [{"kommune": {"kode": "751", "navn": "Aarhus"}, "år": 2022, "værdi": 71.5}],
        [{"sted": {"kommune": {"navn": "Aarhus"}}, "år": 2022, "værdi": 71.5}],
        [{"kommune": "Aarhus", "tal": [{"år": 2022, "værdi": 71.5}]}],
        {"count": 1, "values": [{"kommune": "Aarhus", "år": 2022, "values": [{"value": 71.5}]}]},
        {"meta": {"sider": 1}, "data": [{"sted": {"navn": "Aarhus"}, "år": 2022, "værdi": 71.5}]},
    ],
)
def test_shapes(real: Desk, document: object) -> None:
    content = json.dumps(document).encode()
    checked = real.check(content, name="a.json", indicator_id=RATE)
    assert [(change.area_id, change.period, change.new) for change in checked.changes] == [
        ("aarhus", "2022", 71.5)
    ]


def test_a_list_of_objects_in_each_object_is_one_table(real: Desk) -> None:
    document = [
        {"navn": navn, "tal": [{"navn": year, "værdi": 71.5} for year in ("2024", "2025")]}
        for navn in ("Aarhus", "Odense")
    ]
    checked = real.check(json.dumps(document).encode(), name="a.json", indicator_id=RATE)
    assert [row[:3:2] for row in read(checked)] == [
        (area, year) for area in ("aarhus", "odense") for year in ("2024", "2025")
    ]
    two = [row | {"andre": row["tal"]} for row in document]
    refused = real.check(json.dumps(two).encode(), name="a.json", indicator_id=RATE)
    assert codes(refused) == ["not_a_table"]


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"data": {"Aarhus": {"2022": 71.5}}}, "»data«"),
        ({"Aarhus": 71.5, "Odense": 70.5}, "»Aarhus« og »Odense«"),
        ({}, "tomt objekt"),
        ({"kommune": ["Aarhus", "Odense"], "år": [2022], "værdi": [71.5]}, "»kommune«"),
        ([{"navn": "Aarhus", "data": [[2022, 71.5]]}], "»data« indeholder lister"),
        ([1, 2], "liste"),
    ],
)
def test_no_table(real: Desk, document: object, words: str) -> None:
    checked = real.check(json.dumps(document).encode(), name="a.json", indicator_id=RATE)
    (problem,) = checked.problems
    assert problem.code == "not_a_table"
    assert words in problem.message
    assert "CSV" in problem.hint


@for_each(
    ("cells", "mark"),
    [(["71.5"], "point"), (["71,5"], None), (["1.234"], None), (["\x021.234"], "point"),
     (["Aarhus, Odense", "2022"], "point"), ([], "point")],
)  # fmt: skip
def test_the_mark_of_numbers_that_are_text(cells: list[str], mark: str | None) -> None:
    assert decimal_mark(cells) == mark


def _cube(values: list[object]) -> bytes:
    areas = {"index": ["751", "461"], "label": {"751": "Aarhus", "461": "Odense"}}
    years = {"index": ["2022"], "label": {"2022": "2022"}}
    return json.dumps({
        "version": "2.0", "class": "dataset", "id": ["omr", "tid"], "size": [2, 1],
        "dimension": {"omr": {"category": areas}, "tid": {"category": years}}, "value": values,
    }).encode()  # fmt: skip


@pytest.mark.parametrize(
    ("values", "read"),
    [(["71,5", "70,5"], [71.5, 70.5]), (["71.5", "70.5"], [71.5, 70.5]),
     ([71.5, "70,5"], [71.5, 70.5]),
     # A share that does not say its counts is kept with two decimals.
     ([71.126, 70.126], [71.13, 70.13]), (["71.126", "70.126"], [71.13, 70.13]),
     (["71.126", "70,126"], None)],
)  # fmt: skip
def test_jsonstat_with_numbers_as_text(
    real: Desk, values: list[object], read: list[float] | None
) -> None:
    checked = real.check(_cube(values), name="a.json", indicator_id=RATE)
    if read is None:
        assert {problem.code for problem in checked.problems} >= {"ambiguous_number"}
    else:
        assert [change.new for change in checked.changes] == read


PERSONS = {"kommune": "Aarhus", "år": 2021, "personer": 41}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"data": [PERSONS]}, set()),
        ({"title": "Personer 2021", "updated": "2025-11-05", "data": [PERSONS]}, set()),
        # A line that is nothing but a unit does not name the indicator either.
        ({"enhed": "1.000 personer", "rows": [PERSONS]}, {"unit_mismatch"}),
        ({"title": "Personer (1.000 personer)", "data": [PERSONS]}, {"unit_mismatch"}),
        ({"metadata": {"title": "Personer, kvinder"}, "data": [PERSONS]}, {"text_words"}),
        ({"noter": ["Kun kvinder"], "data": [PERSONS]}, {"text_words"}),
        ({"note": "Tallene er foreløbige", "data": [PERSONS]}, {"text_words"}),
        # Columns of notes and titles are the table's own.
        ({"kommune": ["Aarhus"], "år": [2021], "personer": [41], "label": ["kvinder"]}, None),
    ],
)
def test_texts_beside_the_rows_are_lines_above_a_table(
    tiny: Desk, document: dict[str, object], expected: set[str] | None
) -> None:
    checked = tiny.check(json.dumps(document).encode(), name="a.json", indicator_id="persons")
    if expected is None:
        assert texts_beside(document) == ()
    else:
        codes = {problem.code for problem in checked.problems}
        assert codes & {"unit_mismatch", "text_words"} == expected


@for_each(
    ("label", "unit"),
    [
        ("Ledige (1000 personer) efter område og tid", "1000 personer"),
        ("Unemployed (1000 persons) by region", "1000 persons"), ("Ledige (1.000)", "1.000"),
        ("Ledige efter område", ""), ("Ledige efter enhed (pct.)", ""),
    ],
)  # fmt: skip
def test_the_unit_in_a_label_of_jsonstat(label: str, unit: str) -> None:
    document = {
        "class": "dataset", "label": label, "id": ["tid"], "size": [1], "value": [41],
        "dimension": {"tid": {"category": {"index": ["2024"]}}},
    }  # fmt: skip
    table = jsonstat_table(document)
    assert table is not None
    assert table.unit == unit


def _features(*rows: object) -> str:
    point = {"type": "Point", "coordinates": [10.2, 56.15]}
    features = [{"type": "Feature", "geometry": point, "properties": row} for row in rows]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_the_properties_of_a_map_are_rows(tiny: Desk) -> None:
    rows = [{"kommune": "Aarhus", "år": 2024, "andel": 51.5},
            {"kommune": "Odense", "år": 2024, "andel": 41.5}]  # fmt: skip
    checked = tiny.check(_features(*rows), indicator_id="rate")
    assert [(area, value) for area, _, _, value, _ in read(checked)] == [
        ("aarhus", 51.5), ("odense", 41.5),
    ]  # fmt: skip
    nested = {"kommune": "Odense", "år": 2024, "andel": [41.5]}
    for content in (_features(rows[0], nested), _features(rows[0], None), _features()):
        assert codes(tiny.check(content, indicator_id="rate")) == ["not_a_table"]


def test_rows_that_lack_a_name_have_nothing_there(real: Desk) -> None:
    """Services leave out what they do not know: a row without its figure is reported as one."""
    rows = [ROW, {"kommune": "Odense", "år": 2022}]
    for document in (rows, {"data": rows}, [{**row, "sted": {"a": 1}} for row in rows]):
        checked = real.check(json.dumps(document).encode(), name="a.json", indicator_id=RATE)
        assert [(change.area_id, change.new) for change in checked.changes] == [("aarhus", 71.5)]
        assert [p.row for p in checked.problems if p.code == "ignored_row"] == [2]
    for no_rows in ([ROW, {"i alt": 1}], [ROW, {"kommune": "Odense"}], [{"a": 1}, {"b": 2}]):
        checked = real.check(json.dumps(no_rows).encode(), name="a.json", indicator_id=RATE)
        assert [problem.code for problem in checked.problems] == ["not_a_table"]


def test_many_single_values_are_refused_before_their_texts_are_searched(tiny: Desk) -> None:
    named = {f"felt{number}": number for number in range(1_001)}
    for document in (named, list(named.values())):
        (problem,) = tiny.check(json.dumps(document), name="a.json").problems
        assert (problem.code, "1.001 enkelte" in problem.message) == ("not_a_table", True)


def test_a_whole_number_of_thousands_of_digits_in_json_is_reported_in_danish(tiny: Desk) -> None:
    (problem,) = tiny.check('{"value": [' + "9" * 5000 + "]}", name="a.json").problems
    assert problem.message == "Filen er JSON, men har et tal, der er for langt til at læses."


def test_a_text_without_end_is_refused_and_figures_without_end_are_not() -> None:
    refuse_long_texts('[{"a": "' + "9" * 999_000 + '"}]')
    refuse_long_texts('{"value": [' + "1.5, " * 300_000 + '], "b": "x"}')
    for long in ("9" * 1_000_001, "ord " * 300_000):
        with pytest.raises(RefusedError) as refused:
            refuse_long_texts('[{"a": "' + long + '"}]')
        assert refused.value.problem.code == "too_large"
