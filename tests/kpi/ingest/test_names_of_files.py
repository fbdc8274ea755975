"""What sheets and files are called, compared with the years and the areas of their rows."""

import io
from zipfile import ZipFile

import pytest
import xlsxwriter

from kpi.ingest.words.name_words import with_years_of_age
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

TEXT = "Kommune;År;Andel\nAarhus;2022;71,5\n"


def _asked(real: Desk, content: str | bytes, name: str) -> bool:
    checked = real.check(content, name=name, indicator_id="employment_rate")
    assert checked.observations
    return any(problem.code == "text_words" for problem in checked.problems)


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("beskæftigelse_2021.csv", True), ("RAS200 2017-2021.csv", True),
        ("beskæftigelse_2022.csv", False), ("RAS200 2019-2022.csv", False),
        ("ÅTD.csv", True), ("beskæftigelse_aar_til_dato.csv", True), ("åtd_2022.csv", True),
        ("test.csv", True), ("jan-sep.csv", True), ("jan-dec.csv", False),
        ("testudtræk.csv", True), ("september.csv", False),
        ("latest.csv", False), ("attest.csv", False), ("åtd_2023.csv", False),
        # the day or the year in which the file was made
        ("udtræk_2023.csv", False), ("2021-01-15 udtræk.csv", False), ("20210115.csv", False),
        ("opdateret 2021.csv", False),
        ("beskaeftigelse_odense_2022.csv", True), ("Viborg.csv", True),
        ("Aarhus og Odense.csv", False), ("aarhus.csv", False), ("Århus Kommune.csv", False),
        ("Q3.csv", True), ("job_9_mdr.csv", True), ("job_1H2022.csv", True), ("halvår.csv", True),
        ("job_3kvt.csv", True), ("Q4.csv", False), ("job_12_mdr.csv", False),
        ("job_Q3_2023.csv", False), ("job_k12.csv", False), ("ch1.csv", False),
        ("job_18-29.csv", True), ("job_u30.csv", True), ("job_16-64.csv", False),
        ("job_18-22.csv", False), ("job_24-12.csv", False), ("job_21-22.csv", False),
        ("job_promille.csv", True), ("job_i_1000.csv", True), ("job_1000.csv", False),
        ("job_old.csv", True), ("job - Kopi.csv", True), ("arkiv/job.csv", True),
        ("job_forkert.csv", True), ("job (1).csv", False), ("folder.csv", False),
        ("arkivar.csv", False), ("fejlfri.csv", False),
        ("Ringkøbing-Skjern/job.csv", True), ("Odense/job.csv", True), ("Aarhus/job.csv", False),
        ("vejen_til_job.csv", False), ("udtræk.csv", False), ("Region Syddanmark.csv", False),
    ],
)  # fmt: skip
def test_names_of_files(real: Desk, name: str, is_asked: bool) -> None:
    assert _asked(real, TEXT, name) is is_asked


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("2021", True), ("Data 2021", True), ("2023", True), ("2022", False),
        ("2019-2022", False), ("Rapport 2023", False), ("Opdateret 2021", False),
        ("Ark1", False),
    ],
)  # fmt: skip
def test_names_of_sheets(real: Desk, name: str, is_asked: bool) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, ("Kommune", "År", "Andel"))
        sheet.write_row(1, 0, ("Aarhus", 2022, 71.5))
    assert _asked(real, file.getvalue(), "udtræk.xlsx") is is_asked


def test_folders_of_years(real: Desk) -> None:
    """The folders of a ZIP are before its files' names: kpi/ingest/readers/archive.py."""
    names = {
        "2021/ras.csv": True, "2021/ras_2022.csv": True, "Data 2021/a/ras.csv": True,
        "2023/ras.csv": True, "2022/ras.csv": False, "2019-2022/ras.csv": False,
        "udtræk 2023/ras.csv": False, "2022K1/ras.csv": True, "tal/ras.csv": False,
    }  # fmt: skip
    assert {name: _asked(real, TEXT, name) for name in names} == names


def test_areas_within_the_one_that_a_file_is_called_by(real: Desk) -> None:
    text = "Kommune;År;Andel\nGellerup;2022;51,5\n"
    assert not _asked(real, text, "aarhus.csv")
    assert _asked(real, text, "odense.csv")


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Tallene dækker januar-maj 2022", True), ("Tal til og med maj 2022", True),
        ("NB! Tallene er opgjort for 1. kvartal 2022", True), ("Gælder 1. halvår 2022", True),
        ("Tallene dækker januar-december 2022", False), ("Tallene dækker hele 2022", False),
        ("Tallene er opgjort 1. januar 2023", False), ("Kilde: udtræk, 1. kvartal 2023", False),
        ("Næste opgørelse kommer i 1. kvartal 2023", False),
    ],
)  # fmt: skip
def test_parts_of_the_year_under_a_table(real: Desk, line: str, is_asked: bool) -> None:
    assert _asked(real, f"{TEXT}{line};;\n", "udtræk.csv") is is_asked


def test_flows_in_the_names_of_files(real: Desk) -> None:
    assert _asked(real, TEXT, "tilgang_2022.csv")
    assert not _asked(real, TEXT, "adgang_2022.csv")


def test_the_folder_of_a_single_file_in_a_zip(real: Desk) -> None:
    """A ZIP is called by itself; what is said is said by the folder within it."""
    for folder, is_asked in {"Odense/": True, "q3/": True, "Aarhus/": False, "a/": False}.items():
        content = io.BytesIO()
        with ZipFile(content, "w") as made:
            made.writestr(f"{folder}tal.csv", TEXT)
        assert _asked(real, content.getvalue(), "alt.zip") is is_asked, folder


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Andel 2019-2020", True), ("Andel 2019-2022", False), ("Andel 2021-2022", False),
        ("Andel 2022-2024", True), ("Tal for 2022", True), ("Andel, data for år 2021", True),
        ("Andel 2021", True), ("Andel i 2022", False), ("Andel (2022)", False),
        ("Andel 2020 og 2021", False), ("Andel ultimo 2021", False),
        ("Andel sammenlignet med 2021", False), ("Handleplanen 2021", False),
        ("Andel i 2021-priser", False),
    ],
)  # fmt: skip
def test_titles_that_say_other_years_than_some_rows(real: Desk, title: str, is_asked: bool) -> None:
    """The rows are of 2021 and 2022."""
    text = f"{title};;\nKommune;År;Andel\nAarhus;2021;72,1\nAarhus;2022;73,5\n"
    checked = real.check(text, indicator_id="employment_rate")
    messages = [p.message for p in checked.problems if "perioder er fra" in p.message]
    assert bool(messages) is is_asked, messages


@for_each(
    ("name", "years", "words"),
    [
        ("job_25-54", {2025}, "25-54 år"), ("job 25–54", {2025}, "25-54 år"),
        ("job_25_54", {2025}, "25-54 år"), ("job_16_64_ny", {2024}, "16-64 år"),
        ("job 0-17", {2025}, "0-17 år"), ("job_60plus", {2025}, "60+"),
        ("job 24-25", {2024, 2025}, ""), ("job 25-26", {2025}, ""),  # years of it, and a school's
        ("job 18-25", {2025}, ""), ("job 2025_11_27", {2025}, ""), ("job 2025-11-27", {2025}, ""),
        ("job_2025-11-27_13_45", {2025}, ""), ("job_11_24", {2024}, ""), ("job_12_25", {2025}, ""),
        ("version 2-10", {2025}, ""), ("uge 1-52", {2025}, ""),
        ("job 25-54 år", {2025}, "25-54 år"),
    ],
)  # fmt: skip
def test_ages_of_names_that_no_years_can_be(name: str, years: set[int], words: str) -> None:
    named = with_years_of_age(name, years)
    assert (words in named) if words else (named == name)
