"""Fields of JSON are judged by their names and their records."""

import pytest

from kpi.ingest.gate.document_gate import gate_document
from kpi.ingest.table.raw import RefusedError
from tests.tables import for_each


@for_each(
    "document",
    [
        {"foedselsdato": "010190", "loebenr": "1234"},
        [{"fdato": 251248, "lbnr": 4916}],
        [{"fdato": 10190, "sidste4": 34}],
        {"a": {"cpr": 101901234}},
        {"a": [{"cpr_nr": 2.512484916e9}]},
        {"cpr": [101901234, 5]},
        {"født": ["251248", "010190"], "sidste_fire": ["4916", "1234"]},
        [
            {"a": "251248", "b": "4916"},
            {"a": "130279", "b": "0123"},
            {"a": "140656", "b": "1111"},
        ],
        {"kontakt": {"født": "25-12-1948", "nr": {"sidste fire": "4916"}}},
        [{"id": 1, "fødselsdato": "251248", "cpr": {"løbenr": 4916}}],
    ],
)
def test_a_number_in_a_record(document: object) -> None:
    assert gate_document(document)


@for_each(
    "document",
    [
        {"value": [251248, 4916, 112290, 1234]},
        {"id": ["født", "tid"], "size": [251248, 4916]},
        {"fødselsår": [1990, 1991], "antal": [4916, 1234]},
        {"a": 251248, "b": 4916},
        {"dato": "25-12-1948", "mål": {"antal": 4916, "år": 2024}},
        {"født": {"år": 1990, "antal": 251248}, "løbenr": {"a": 4916}},
        {"cpr": None, "x": True},
        [],
        "x",
    ],
)
def test_figures_beside_each_other_are_none(document: object) -> None:
    assert gate_document(document) == []


def test_halves_in_two_texts_that_a_document_says_of_itself() -> None:
    halves = {"a": "251248", "b": "4916"}
    for document in ({"extension": halves}, halves, {"dataset": {"x": 1, **halves, "value": [1]}}):
        assert gate_document(document)
    # Figures, codes of many, years, and what is no number: the check digit does not fit.
    for fields in (
        {"a": 251248, "b": 4916},
        {"a": "251248", "b": "4917"},
        {"a": "251248", "b": "2024"},
        {"a": "251248", "c": "x", "b": "4916"},
        {str(code): str(code) for code in range(30)},
    ):
        assert not gate_document({"extension": fields}), fields


def test_records_that_are_all_different_are_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.ingest.gate.document_gate._MOST_KINDS", 20)
    different = [{f"k{number}": number} for number in range(30)]
    for document in (
        different,
        {"data": different},
        {f"x{n}": row for n, row in enumerate(different)},
    ):
        with pytest.raises(RefusedError, match="uens"):
            gate_document(document)
    assert gate_document(different[:15] * 5) == []
