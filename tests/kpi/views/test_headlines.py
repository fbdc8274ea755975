"""The headline figures that are new since a meeting."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.claims import claims_of, disputed_keys
from kpi.plan import Meeting
from kpi.store import init, open_store
from kpi.views.headlines import Headlines, headlines
from tests.kpi.data_folder import write_tiny

JUNE = Meeting("rmm", date(2024, 6, 24), "Rådmandsmøde", "Status på Integrationshandleplanen")
MARCH = Meeting("sbu", date(2025, 3, 19), "Udvalg", "")


def since(home: Path, meeting: Meeting) -> Headlines:
    now = open_store(home)
    try:
        disputed = disputed_keys(claims_of(now, now.catalog()))
        return headlines(now, replace(now.catalog(), disputed=disputed), meeting, "aarhus")
    finally:
        now.close()


@pytest.fixture(scope="module")
def june(built_home: Path) -> Headlines:
    return since(built_home, JUNE)


def test_the_papers_of_march(june: Headlines) -> None:
    assert june.title == "Ni hovedtal er nye siden 24. juni 2024"
    assert june.subtitle == "Rådmandsmøde: Status på Integrationshandleplanen"
    assert [one.name for one in june.rows] == [
        "Sprogboost-forløb", "Workshops", "NSK-sager", "Familier, Gellerup", "Familier, Viby Syd",
        "Tilknytning til job, Gellerup", "Tilknytning til job, Viby Syd", "Fravær, Gellerup",
        "Fravær, Viby Syd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "now", "badges"),
    [
        ("NSK-sager", "–", "60", ["Nyt tal"]),
        ("Tilknytning til job, Gellerup", "–", "21 af 68 (31 %)",
         ["Nyt tal", "Regnetjek: afviger"]),
        # Spring and autumn are no better or worse than each other.
        ("Fravær, Gellerup", "13 % (forår 2024)", "9,7 %",
         ["Lavere, en anden årstid", "Regnetjek: afviger"]),
    ],
)  # fmt: skip
def test_a_row_stands_beside_the_figure_before(
    june: Headlines, name: str, before: str, now: str, badges: list[str]
) -> None:
    (row,) = (one for one in june.rows if one.name == name)
    shown = [text.replace("\u00a0", " ") for text in (row.before, row.now)]
    assert shown == [before, now]
    assert [one.text for one in row.badges] == badges


def test_nothing_is_new_since_the_newest_paper(built_home: Path) -> None:
    found = since(built_home, MARCH)
    assert (found.title, found.rows) == ("Ingen hovedtal er nye siden 19. marts 2025", ())
    assert found.subtitle == "Udvalg"


@pytest.mark.parametrize(
    ("rows", "badges"),
    [
        (["2022,70.0,,,final", "2024,75.0,,,final"], ["Bedre", "Usikkerhed ukendt"]),
        (["2022,70.0,,,final", "2024,65.0,,,final"], ["Dårligere", "Usikkerhed ukendt"]),
        (["2022,70.0,,,final", "2024,70.04,,,final"], ["Uændret", "Usikkerhed ukendt"]),
        (["2022,70,7,10,final", "2024,80,8,10,final"], ["Kan ikke skelnes"]),
        (["2022,70,700,1000,final", "2024,80,800,1000,final"], ["Bedre"]),
        (["2022,70.0,,,final", "2024,80.0,,,approximate"],
         ["Bedre", "Usikkerhed ukendt", "Omtrentligt"]),
        (["2024,70.0,,,final"], ["Nyt tal"]),
    ],
)  # fmt: skip
def test_a_new_figure_is_judged_beside_the_one_before(
    tmp_path: Path, rows: list[str], badges: list[str]
) -> None:
    data = write_tiny(tmp_path / "tiny", "\n".join(f"rate,aarhus,all,{row}" for row in rows))
    init(tmp_path / "spor", data)
    (row,) = since(tmp_path / "spor", Meeting("m", date(2020, 1, 1), "Udvalg", "")).rows
    assert [one.text for one in row.badges] == badges
