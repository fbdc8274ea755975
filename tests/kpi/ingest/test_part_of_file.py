"""A file that says itself that it is one page of several, or that rows were left out."""

import json

import pytest

from kpi.ingest.checks.part_of_file import counted_in, words_of_part
from kpi.ingest.readers.json_texts import further_rows
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

ROWS = "Aarhus;2022;71,2\nOdense;2022;70,1\n"


@for_each(
    ("text", "is_part"),
    [
        ("Viser 1-6 af 98", True), ("Rækker 1-50 af 1.200", True), ("Side 1 af 3", True),
        ("Showing 1 to 10 of 98 entries", True), ("Page 2/4", True),
        ("Data exceeded the limit. Not all rows are exported.", True),
        ("De eksporterede data overskred den tilladte mængde.", True),
        ("Nogle data er muligvis udeladt.", True), ("Ikke alle rækker er vist", True),
        ("Output truncated", True), ("Tabellen er afkortet", True),
        ("Viser 1-98 af 98", False), ("Side 1 af 1", False), ("Side 2", False),
        ("Ikke alle data er endelige", False), ("Ikke alle kommuner har skoler", False),
        ("6 af 98 kommuner", False), ("Nogle data er foreløbige", False),
        ("Tabel 1 af 3 i bilaget", False), ("Data er opdateret 1-3-2024", False),
    ],
)  # fmt: skip
def test_words(text: str, is_part: bool) -> None:
    assert bool(words_of_part(text)) is is_part


def test_a_text_under_the_table(real: Desk) -> None:
    for text, is_asked in {"Viser 1-2 af 98": True, "Viser 1-2 af 2": False}.items():
        checked = real.check(f"Kommune;År;Værdi\n{ROWS}\n{text}\n", indicator_id="employment_rate")
        asked = [p.row for p in checked.problems if "flere rækker" in p.message]
        assert asked == ([5] if is_asked else [])
        assert checked.publishable


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ({"next": "https://x.dk/?page=2"}, "next"), ({"@odata.nextLink": "x"}, "@odata.nextLink"),
        ({"has_more": True}, "has_more"), ({"totalCount": 98}, "totalCount"),
        ({"total": 98, "offset": 0}, "total"), ({"paging": {"next": "x"}}, "next"),
        ({"count": 98, "next": None, "previous": "x"}, "count"),
        ({"next": None}, ""), ({"has_more": False}, ""), ({"totalCount": 2}, ""),
        ({"total": 98}, ""), ({"count": 2, "limit": 100}, ""), ({"total": 2, "page": 1}, ""),
    ],
)  # fmt: skip
def test_keys_of_pages(real: Desk, keys: dict[str, object], word: str) -> None:
    rows = [{"kommune": name, "år": 2022, "værdi": 71.2} for name in ("Aarhus", "Odense")]
    assert further_rows({**keys, "data": rows}, len(rows)) == word
    if word in ("", "next"):
        content = json.dumps({**keys, "data": rows}).encode()
        checked = real.check(content, name="a.json", indicator_id="employment_rate")
        asked = [p.value for p in checked.problems if "flere rækker" in p.message]
        assert asked == ([word] if word else [])
        assert checked.observations == len(rows)


@for_each(
    ("line", "counted"),
    [
        ("Antal rækker: 98", ("rækker", 98)), ("Rækker i alt: 1.098", ("rækker", 1098)),
        ("98 rækker", ("rækker", 98)), ("Antal poster = 98", ("rækker", 98)),
        ("Der er 98 rækker i tabellen", ("rækker", 98)), ("Total rows: 98", ("rækker", 98)),
        ("I alt 98 kommuner", ("kommuner", 98)), ("Antal kommuner: 98", ("kommuner", 98)),
        ("98 kommuner i alt.", ("kommuner", 98)), ("Antal områder: 12", ("områder", 12)),
        ("Gennemsnit af 98 kommuner", None), ("Danmark har 98 kommuner og 5 regioner", None),
        ("Antal personer: 98", None), ("Rækker 2022", None), ("Opdateret 98", None),
    ],
)  # fmt: skip
def test_a_line_that_counts_what_is_in_the_table(
    line: str, counted: tuple[str, int] | None
) -> None:
    assert counted_in(line) == counted


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Antal rækker: 2", False), ("Antal rækker: 3", False), ("Antal rækker: 4", True),
        ("Antal rækker: 5", True), ("98 kommuner i alt", True), ("I alt 2 kommuner", False),
        ("I alt 3 kommuner", False), ("I alt 4 kommuner", True),
    ],
)  # fmt: skip
def test_a_file_with_fewer_rows_than_it_counts(real: Desk, line: str, is_asked: bool) -> None:
    content = f"Kommune;År;Andel\nAarhus;2025;74,5\nOdense;2025;73,5\nFaxe;2025;72,1\n{line};;\n"
    checked = real.check(content, indicator_id="employment_rate")
    asked = [each for each in checked.problems if "Filen siger selv" in each.message]
    assert [each.code for each in asked] == (["text_words"] if is_asked else [])


def test_one_area_is_an_extract_of_its_own(real: Desk) -> None:
    checked = real.check(
        "Kommune;År;Andel\nAarhus;2025;74,5\nAntal kommuner: 98;;\n", indicator_id="employment_rate"
    )
    assert not [each for each in checked.problems if "Filen siger selv" in each.message]
