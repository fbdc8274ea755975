"""Cells, names and files as programs and people write them."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.ingest.words.area_lookup import area_lookup
from tests.kpi.ingest.checked import Desk, codes, read, reported

HEAD = "nøgletal;område;periode;værdi"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("0751", "aarhus"), ("751.0", "aarhus"), ("751,0", "aarhus"), ("Aarhus (751)", "aarhus"),
        ("Århus (0751)", "aarhus"), ("Høje Tåstrup", "hoeje_taastrup"), ("Åbenrå", "aabenraa"),
        ("Høje-Tåstrup Kommune", "hoeje_taastrup"), ("Ringkøbing Skjern", "ringkoebing_skjern"),
        ("751. Aarhus", "aarhus"), ("(751) Aarhus", "aarhus"), ("751=Aarhus", "aarhus"),
        ("751_Aarhus", "aarhus"), ("Aarhus-751", "aarhus"), ("Aarhus_0751", "aarhus"),
        ("Aarhus Kom.", "aarhus"), ("lyngby_taarbæk", "lyngby_taarbaek"),
        ("Allerod", "alleroed"), ("Brondby", "broendby"), ("Tarnby", "taarnby"),
        ("Taarnby", "taarnby"), ("Koge", "koege"), ("Hoje-Taastrup", "hoeje_taastrup"),
        ("461. Aarhus", None), ("(461) Aarhus", None), ("461_Aarhus", None), ("Aarhus-461", None),
        ("Aarhus_2025", None), ("Oder", None), ("8000 Aarhus", None), ("Aarhus-Odense", None),
        ("Aarhus (461)", None), ("1751", None), ("07510", None), ("751.5", None), ("Årslev", None),
    ],
)  # fmt: skip
def test_areas_as_registers_and_older_papers_write_them(
    catalog: Catalog, text: str, area: str | None
) -> None:
    assert area_lookup(catalog)(text) == area


def test_texts_that_excel_was_told_to_keep(tiny: Desk) -> None:
    checked = tiny.check(f'{HEAD}\n="rate";="0751";="2024";="51,5"\n')
    assert read(checked) == [("aarhus", "all", "2024", 51.5, "final")]


def test_a_note_beside_the_table_is_no_row(tiny: Desk) -> None:
    checked = tiny.check(
        f"{HEAD};;\nrate;Aarhus;2024;51;;\n;;;;set efter;9\nrate;Odense;2024;52;;\n"
    )
    assert ("ignored_row", "warning", 3, None, None) in reported(checked)
    assert checked.publishable
    assert len(read(checked)) == 2


def test_a_blank_name_says_that_it_is_blank(tiny: Desk) -> None:
    checked = tiny.check(f"{HEAD}\nrate;Aarhus;2024;51\n;;2023;52\n")
    blank = [problem for problem in checked.problems if problem.row == 3]
    assert {problem.code for problem in blank} == {"unknown_indicator", "unknown_area"}
    assert {problem.message for problem in blank} == {"Feltet er tomt."}


@pytest.mark.parametrize("stray", ["*", "ukendt", "se note"])
def test_a_column_of_figures_may_have_a_stray_cell(tiny: Desk, stray: str) -> None:
    rows = "Aarhus;2024;51\nOdense;2024;52\nRanders;2024;<5\n"
    checked = tiny.check(f"Kommune;År;Andel\n{rows}Randers;2023;{stray}\n", indicator_id="rate")
    assert [each[:4] for each in reported(checked) if each[1] == "error"] == [
        ("not_a_number", "error", 5, "Andel")
    ]


@pytest.mark.parametrize("name", ["I alt", "Gennemsnit", "Ændring", "2025 (mål)"])
def test_whole_figures_beside_periods_are_no_labels(tiny: Desk, name: str) -> None:
    checked = tiny.check(
        f"Kommune;2021;2022;2023;{name}\nAarhus;51;52;53;52\nOdense;41;42;43;42\n",
        indicator_id="rate",
    )
    assert "unused_column" in codes(checked)
    assert checked.publishable
    assert len(read(checked)) == 6


def test_one_year_of_a_school_year_is_asked_about(tiny: Desk) -> None:
    checked = tiny.check("Kommune;Skoleår;Andel\nAarhus;2024;51,5\n", indicator_id="rate")
    assert "unknown_period" in codes(checked)
    assert not read(checked)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x00" * 12 + bytes.fromhex("c2ea8160b31411cf") + b"\x00" * 400, "SAS"),
        (b"$FL2@(#) SPSS DATA FILE" + b"\x00" * 300, "SPSS"),
        (b"<stata_dta><header><release>118" + b"\x00" * 300, "Stata"),
        (b"From: a@b.dk\r\nTo: c@d.dk\r\nSubject: tal\r\n\r\nrate;Aarhus;2024;51\r\n", "e-mail"),
        (b"Received: x;\n y\nDate: z\nFrom: a@b.dk\nMIME-Version: 1.0\n\nx;y\n1;2\n", "e-mail"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
            + "__properties_version1.0".encode("utf-16-le") + b"\x00" * 600,
            "Outlook",
        ),
    ],
)  # fmt: skip
def test_files_of_other_programs_are_named(tiny: Desk, content: bytes, what: str) -> None:
    checked = tiny.check(content)
    assert codes(checked) == ["not_a_table"]
    assert what in checked.problems[0].message
