"""Among words a number's halves are parted in any way; lists and figures among words are none."""

import random

from kpi.cpr.digits import fits_check
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.prose import holds_in_prose
from kpi.cpr.typed import typed_holds_number
from kpi.domain.personal import PersonalNumber, holds_personal_number, may_hold_in_cell
from kpi.ingest.gate.gate import gate_text
from tests.kpi.cpr.test_joined import TENS, is_refused

_CHANCE = random.Random(5)
AROUND = ("se {} ok", "Ida {}", "{} er flyttet", "Ida ({}), Gellerup")
APART = (", ", ". ", ".", ",", "; ", ";", " | ", "/", " - ", " ", "_", ") ")
SERIALS = ("{0}{1}{2}{3}", "{0}{1} {2}{3}", "{0} {1}{2}{3}", "{0}.{1}{2}{3}", "{0}-{1}-{2}-{3}")
PERSONS = [ten for ten in TENS if not "1900" <= ten[6:] <= "2100"]


def test_every_way_to_part_a_number_among_words() -> None:
    texts = [
        around.format(ten[:6] + apart + serial.format(*ten[6:]))
        for ten in PERSONS[:2]
        for around in AROUND
        for apart in APART
        for serial in SERIALS
    ]
    texts += [f"Ida {ten[:2]} {ten[2:4]} 19{ten[4:6]} {ten[6:]}" for ten in PERSONS]
    texts += [f"Ida {ten[:2]} {ten[2:4]} {ten[4:6]} {ten[6:8]} {ten[8:]}" for ten in PERSONS]
    assert len(texts) > 200
    assert [text for text in texts if not typed_holds_number(text)] == []
    # Both gates look into cells as this does.
    assert [text for text in texts if not may_hold_in_cell(text)] == []
    sample = _CHANCE.sample(texts, 12)
    assert [text for text in sample if not is_refused(("a", "b"), [("x", text)])] == []


def test_figures_among_words() -> None:
    texts = [
        "se 251248, 4917 ok", "fra 251.248, 4.916 til", "sagsnr. 251248, 4916",
        "faktura 251248, 4916",
        "251248, 4916, 1234 i alt", "12, 251248, 4916 i alt", "251248.4916 kr.", "år 251248, 2020",
        "i alt 1.251248, 4916", "251248, 4916", "251248.4916", "[251248, 4916]",
        "Ida 25 12 1948 4917", "den 25 12 1948 4916 borgere", "12 25 12 1948 4916 i alt",
        "Ida 25 12 1996 1130",
        "ring 2512 4849 17", "d. 10.12.24, 1416", "E 710512,3412 N 6222123,1234",
    ]  # fmt: skip
    assert [text for text in texts if holds_in_prose(text)] == []


def test_lists_of_chance_figures_among_words() -> None:
    lists = [
        (_CHANCE.randint(100_000, 999_999), _CHANCE.randint(1_000, 9_999)) for _ in range(1_000)
    ]
    given = [both for both in lists if fits_check(f"{both[0]}{both[1]}")]
    refused = [both for both in lists if holds_in_prose(f"I alt {both[0]}, {both[1]} i byen")]
    assert {*refused} < {*given}
    assert len(refused) < len(given) / 10
    rows = [(f"I alt {whole}, {part} i byen", "x") for whole, part in lists]
    assert not is_refused(("note", "b"), rows)  # so many of one shape, of which few fit


def test_texts_in_quotes_of_a_whole_file() -> None:
    for number in ("251248, 4916", "251248.4916", "251248 49 16"):
        for text in (
            f'{{"note": "se {number} ok"}}',
            f'["a", "Ida {number}"]',
            f'NOTE="se {number}";',
        ):
            assert gate_text(text) == [PersonalNumber(None, "")], text
    for text in ('{"a": [251248, 4916], "b": null}', '{"rate": 251248.4916}', "DATA=251248.4916;"):
        assert gate_text(text) == []


def test_names_of_files_part_a_number_as_words_do() -> None:
    for stem in (
        "251248.4916",
        "251248,4916",
        "251248 49 16",
        "Ida 2 5 1 2 4 8 4 9 1 6",
        "251-248-4916",
    ):
        assert name_holds_number(f"{stem}.csv"), stem
    for stem in (
        "udtræk_311219_1230",
        "251248.4917",
        "rapport 123456.7890",
        "v1.2.3.4.5.6.7.8.9.0",
    ):
        assert not name_holds_number(f"{stem}.csv"), stem


def test_a_name_a_day_of_birth_and_a_serial_in_a_list() -> None:
    for ten in ("1206730052", "0707610042", "2107600038"):
        assert fits_check(ten), ten
        for apart in (", ", "; ", " | "):
            listed = apart.join((f"{ten[:2]}.{ten[2:4]}.19{ten[4:6]}", ten[6:]))
            assert holds_personal_number(f"Søren Møller{apart}{listed}"), (apart, ten)
            assert holds_personal_number(f"Værdien »Søren Møller{apart}{listed}« findes ikke")
            # A place, a text that goes on and a serial that does not fit are figures.
            assert not holds_personal_number(f"skejby{apart}{listed}")
            assert not holds_personal_number(f"Søren Møller{apart}{listed} kr.")
            assert not holds_personal_number(f"Søren Møller{apart}{listed[:-1]}{9 - int(ten[9])}")
