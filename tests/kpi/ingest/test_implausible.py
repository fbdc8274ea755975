"""Values that cannot be believed are reported, beside the file and what is published."""

import shutil
from pathlib import Path

import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.uploads import publish
from tests.kpi.data_folder import add_source, append, write_tiny
from tests.kpi.ingest.checked import Desk, codes, reported

AREAS = ("aarhus", "odense", "randers", "esbjerg", "lolland", "faxe")
YEARS = ("2019", "2020", "2021")
HEADER = "nøgletal;område;periode;værdi;note\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of all areas; 2022 is for the files."""
    folder = tmp_path_factory.mktemp("implausible")
    rows = "\n".join(
        f"rate,{area},all,{year},{7.5 + number / 10},,,final"
        for number, area in enumerate(AREAS)
        for year in YEARS
    )
    data = write_tiny(folder / "data", "")
    for name in AREAS[3:]:
        append(data, "area.csv", f"{name},{name.title()},municipality,denmark,,")
    add_source(data, "other", "2024-06-19", rows)
    (data / "observations" / "paper.csv").unlink()
    init(folder / "home", data)
    return folder / "home"


def year_file(last: str, note: str = "", leave_out: int = 0) -> str:
    """2022 of all areas but the first ones, with another value in the last area."""
    usual = [f"rate;{area};2022;7,9;" for area in AREAS[leave_out:-1]]
    return HEADER + "\n".join([*usual, f"rate;{AREAS[-1]};2022;{last};{note}"])


def test_a_strange_value_is_reported_with_its_evidence(home: Path) -> None:
    checked = Desk.of(home).check(year_file("0,2"))
    assert ("outlier", "warning", 7, "værdi", "0,2") in reported(checked)
    (problem,) = [problem for problem in checked.problems if problem.code == "outlier"]
    assert problem.message == (
        "Usandsynligt tal: 0,2\u00a0% mod normalt 8,0\u00a0% i de øvrige år for Faxe; medianen "
        "af 6 områder er 7,9\u00a0%."
    )
    assert problem.hint.endswith("begynd noten med »Bekræftet«.")
    assert checked.publishable


@pytest.mark.parametrize(
    "content",
    [
        year_file("7,0"),
        year_file("0,0", note="Bekræftet af skolen"),
        year_file("0,0", leave_out=1),  # four other areas have the year
        HEADER + "\n".join(f"rate;{area};2022;0,0;" for area in AREAS),  # all of them
        HEADER + f"rate;{AREAS[-1]};2019;0,0;\nrate;{AREAS[-1]};2020;0,0;",  # two of three years
        HEADER + f"persons;{AREAS[-1]};2019;0;",
    ],
)
def test_what_is_usual_or_confirmed_or_cannot_be_known_is_not_reported(
    home: Path, content: str
) -> None:
    assert "outlier" not in codes(Desk.of(home).check(content))


def test_the_file_replaces_what_is_published(home: Path) -> None:
    again = HEADER + f"rate;{AREAS[-1]};2019;0,2;\nrate;{AREAS[-1]};2022;8,0;"
    assert ("outlier", "warning", 2, "værdi", "0,2") in reported(Desk.of(home).check(again))


def test_a_published_value_is_confirmed_by_the_same_row_with_a_note(
    home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(home, tmp_path / "home"))

    def published(content: str) -> int | None:
        return publish(Upload("tal.csv", content.encode()), None, "Prøve", "prøve", home).batch_id

    assert published(year_file("0,0"))
    assert not published(year_file("0,0"))
    assert published(year_file("0,0", note="bekræftet i kilden"))
    # From now on it is no surprise, whether or not the file says so.
    assert "outlier" not in codes(Desk.of(home).check(year_file("0,0")))
    assert "outlier" in codes(Desk.of(home).check(year_file("0,2")))
    assert not published(year_file("0,0", note="bekræftet igen"))


def test_the_usual_span_leaves_out_what_was_strange_before(home: Path, tmp_path: Path) -> None:
    """A file of one row: the other strange value of its area is published."""
    own = tmp_path / "home"
    shutil.copytree(home, own)
    publish(Upload("a.csv", year_file("0,0").encode()), None, "Ida", "note", own)
    usual = "\n".join(f"rate;{area};2023;7,9;" for area in AREAS[:-1])
    publish(Upload("b.csv", (HEADER + usual).encode()), None, "Ida", "note", own)
    checked = Desk.of(own).check(HEADER + f"rate;{AREAS[-1]};2023;1,7;")
    (problem,) = [problem for problem in checked.problems if problem.code == "outlier"]
    assert "1,7\u00a0% mod normalt 8,0\u00a0% i de øvrige år" in problem.message
