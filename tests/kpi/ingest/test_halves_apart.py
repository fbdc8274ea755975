"""Halves of a number in two texts of a document, of PX or JSON, that follow each other."""

import random

from kpi.cpr.halves import are_halves
from kpi.ingest.gate.document_gate import gate_document
from kpi.ingest.gate.gate import gate_text
from tests.tables import for_each

PAIRS = (("251248", "4916"), ("251248-", "4916"), ("Ida 251248", "4916 er resten"),
         ("25.12.1948", "4916"), ("f. 25-12-48", "-4916"))  # fmt: skip
DATA = [{"sted": f"by {number}", "tal": number} for number in range(20)]


def px(words: str) -> bool:
    return bool(gate_text(f'TITLE="t";\n{words}VALUES("sted")="1","2";\nDATA=\n1 2;\n'))


@for_each(("first", "second"), PAIRS)
def test_two_keywords_of_px(first: str, second: str) -> None:
    for words in (
        f'CONTACT="{first}";\nSOURCE="{second}";\n',
        f'CONTACT[en]="{first}";\nCOPYRIGHT=YES;\nSOURCE="{second}";\n',
        f'NOTE("sted")="{first}";\nNOTE("tid")=\n"{second[:2]}"\n"{second[2:]}";\n',
        f'NOTE("{first}")="{second}";\n', f'VALUENOTE("{first}","{second}")="x";\n',
    ):  # fmt: skip
        assert px(words), words
    assert px("REFPERIOD=251248;\nBASEPERIOD=4916;\n")


@for_each(("first", "second"), PAIRS)
def test_two_values_or_keys_of_json(first: str, second: str) -> None:
    for said in (
        {"a": first, "b": second}, [first, second], {"a": {"x": first}, "b": {"y": second}},
        {first: second}, {first: {second: "x"}}, {"a": first, "x": None, "b": second},
        [{"a": first}, {"b": second}], {"a": {"b": {"c": first}}, "d": [second]},
    ):  # fmt: skip
        assert gate_document({"om": said, "data": DATA}), said


def test_a_text_and_a_figure_of_json() -> None:
    for fields in ({"a": "251248", "b": 4916}, {"a": 251248, "b": "4916"}):
        assert gate_document({"om": fields, "data": DATA}), fields


@for_each(
    "said",
    [{"a": 251248, "b": 4916}, {"a": "251248", "x": "y", "b": "4916"}, {"a": "251248", "b": "2024"},
     {"a": "251248", "b": "4917"}, {"a": "31.12.2023", "b": "4916"}, {"a": "251248", "b": True}],
)  # fmt: skip
def test_other_values_of_json_are_none(said: dict[str, object]) -> None:
    assert not gate_document({"om": said, "data": DATA})


def test_other_keywords_of_px_are_none() -> None:
    for words in (
        'CONTACT="251248";\nNOTE="x";\nSOURCE="4916";\n', 'CONTACT="251248";\nSOURCE="2024";\n',
        'LAST-UPDATED="20241231 12:00";\nREFPERIOD="2024";\nDECIMALS=1;\nSHOWDECIMALS=1;\n',
    ):  # fmt: skip
        assert not px(words), words


def test_long_lists_of_codes_are_none() -> None:
    chance = random.Random(2)
    codes = []
    for _ in range(2_000):
        codes += [f"{chance.randrange(10_101, 311_299):06}", f"{chance.randrange(4_000, 9_999)}"]
    assert any(map(are_halves, codes, codes[1:]))
    assert not gate_document({"index": codes, "value": [1, 2]})
    assert not gate_document({"label": {code: f"x{code}" for code in codes}})
    assert not gate_document({"rows": [{"kode": code} for code in codes]})
    assert not px(f'VALUES("kode")={",".join(f"{chr(34)}{code}{chr(34)}" for code in codes)};\n')
