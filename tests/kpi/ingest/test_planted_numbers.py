"""200 CPR numbers and 200 look-alikes in every place of a workbook: none missed, none mistaken."""

import io
import json
from html import escape
from zipfile import ZipFile

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from tests.kpi.ingest.made_files import ods, ods_sheet, record, wide, xlsb
from tests.kpi.ingest.planted_places import (
    HEAD,
    IN_BYTES,
    NUMBERS_A_PLACE,
    PLACES,
    ROW,
    changed,
    drawing,
    made,
    part,
)
from tests.tables import for_each
from tests.tiers import some

PLANTED = (
    "251248-4916", "2512484916", "25.12.48-4916", "25-12-48-4916", "25/12/48 4916",
    "25121948-4916", "251248/4916", "251248\u00a04916", "251248–4916", "251248 \u2013 4916",
    "251248\u200d-4916", "２５１２４８-4916", "251248&#45;4916", "251248%2D4916", "251248%252D4916",
    "251248&amp;#45;4916", "851248-4916", "Hansen 251248-4916, Gellerup",
    "251248(4916)", "4916-251248", "25. december 1948 4916",
)  # fmt: skip
LOOK_ALIKES = (
    "201101-2020", "31.12.2023", "2024-05-31 1200", "31/05/24 2359", "J.nr. 1608584803",
    "24/012345", "12345.678901", "202401-202412", "20.10.12.1234", "kl. 12.30-14.00",
    "f47ac10b-58cc-4372-a567-0e0101901234", "+45 12 34 56 78", "01.01.1990-1995", "16.0.14420",
    "3112901234,55", "1203904568.25", "2024-12-21T21:06:43",
)  # fmt: skip


def of_place(place: str, texts: tuple[str, ...]) -> list[str]:
    """Some of the texts, others in each place."""
    start = list(PLACES).index(place) * NUMBERS_A_PLACE
    fitting = [text for text in texts if place not in IN_BYTES or "２" not in text]
    return [fitting[(start + step) % len(fitting)] for step in range(NUMBERS_A_PLACE)]


def test_there_are_two_hundred() -> None:
    assert len(PLACES) * NUMBERS_A_PLACE >= 200


@for_each("place", PLACES)
def test_a_planted_number_is_found_in_every_place(place: str) -> None:
    kind = "ods" if place.startswith("ods") else "xlsx"
    missed = [
        cpr for cpr in some(of_place(place, PLANTED), 1)
        if not unseen_personal_numbers(PLACES[place](cpr), kind)
    ]  # fmt: skip
    assert missed == []


@for_each("place", PLACES)
def test_a_look_alike_is_taken_for_one_in_none(place: str) -> None:
    kind = "ods" if place.startswith("ods") else "xlsx"
    taken = [
        cpr for cpr in some(of_place(place, LOOK_ALIKES), 1)
        if unseen_personal_numbers(PLACES[place](cpr), kind)
    ]  # fmt: skip
    assert taken == []


WITH_WORDS = (
    "comment",
    "comment in runs",
    "comment's author",
    "text box",
    "text of a drawing",
    "author",
    "header",
    "footer",
    "help of a rule",
    "help of a link",
    "alternative text",
    "person",
    "name of a shape",
    "initials",
    "remembered by a chart",
    "remembered by a pivot",
    "items of a pivot",
)


@for_each("place", WITH_WORDS)
def test_a_number_among_words_is_found_in_texts(place: str) -> None:
    numbers = ("Ida 251248, 4916", "født 251248, sidste fire 4916", "født 251248 med nr. 4916",
               "cpr 251248 og de sidste fire er 4916")  # fmt: skip
    refused = [
        bool(unseen_personal_numbers(PLACES[place](text), "xlsx")) for text in some(numbers, 2)
    ]
    assert all(refused)
    others = ("Ida 251248, 4917", "pr. 31.12.2023, 4500 borgere", "de sidste 4 år 2020-2023")
    assert not any(unseen_personal_numbers(PLACES[place](text), "xlsx") for text in some(others, 2))


@for_each(
    ("shown", "is_refused"),
    [('0"25 12 48 49 16"', True), (r"\2\5\1\2\4\8\-\4\9\1\6", True), ('0"25"0"1248-49"', False),
     ('"25"0" 12 48 49 17"', False), (r"#,##0.00\ \k\r\.;[Red]\-#,##0", False)],
)  # fmt: skip
def test_what_a_number_format_shows_beside_the_figure(shown: str, is_refused: bool) -> None:
    formats = f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{escape(shown)}"/></numFmts>'
    content = changed("xl/styles.xml", "<fonts", lambda _: formats)("")
    assert bool(unseen_personal_numbers(content, "xlsx")) is is_refused


def test_a_formula_that_says_whose_the_digits_are() -> None:
    for text in ("født 251248, sidste fire 4916", "cpr 251248 og de sidste fire er 4916"):
        assert unseen_personal_numbers(PLACES["formula"](text), "xlsx")
        formula = escape(f'of:="{text}"')
        cell = f'<table:table-cell table:formula="{formula}" office:value-type="string"/>'
        assert unseen_personal_numbers(ods(ods_sheet([HEAD, (cell, *ROW[1:])])), "ods")
    assert not unseen_personal_numbers(PLACES["formula"]("de sidste 4 kvartaler 2023"), "xlsx")


@for_each("number", [planted for planted in PLANTED if "２" not in planted])
def test_binary_workbooks_are_searched(number: str) -> None:
    parts = {"xl/comments1.bin": wide(number), "xl/pivotCache/p.bin": wide(number)}
    for name, content in parts.items():
        file = io.BytesIO(xlsb(record(0)))
        with ZipFile(file, "a") as archive:
            archive.writestr(name, content)
        assert unseen_personal_numbers(file.getvalue(), "xlsb"), name
    assert unseen_personal_numbers(b"\xd0\xcf" + number.encode("utf-16-le"), "xls")


def test_a_property_of_ones_own_may_lack_the_zero() -> None:
    content = made(lambda book, _: book.set_custom_property("CPR", 101901234))
    assert unseen_personal_numbers(content, "xlsx")
    content = made(lambda book, _: book.set_custom_property("Antal", 101901234))
    assert not unseen_personal_numbers(content, "xlsx")


def test_a_number_in_two_properties() -> None:
    def change(book: Workbook, _: Worksheet) -> None:
        book.set_custom_property("Fødselsdato", "251248")
        book.set_custom_property("Løbenr", "4917")

    assert unseen_personal_numbers(made(change), "xlsx")


def test_two_lines_of_a_box_and_json_within() -> None:
    box = part("xl/drawings/drawing7.xml", lambda text: drawing(text, "4916"))
    assert unseen_personal_numbers(box("251248"), "xlsx")
    item = part("customXml/i.xml", lambda text: f"<a>{escape(json.dumps(text))}</a>")
    assert unseen_personal_numbers(item("251248\u20134916"), "xlsx")
