"""The plan page of plans of a few rows: entered late, on the day itself, or without a status."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi.domain.catalog import by_id
from kpi.domain.plan import Event, Meeting, Plan
from kpi.store import init, open_store
from kpi.store.entering import enter
from kpi.views.plan import (
    moments,
    plan_view,
    section_line,
)
from kpi.views.since import since_view
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.made import catalog as made_catalog
from tests.kpi.views.plan_rows import JUNE, MARCH, row
from tests.tables import for_each


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "Den ene indsats har ikke fået ny status siden 24. juni 2024"),
        (
            ["courses,2025-03-04,completed,Slut,paper"],
            "Den ene indsats har fået ny status siden 24. juni 2024",
        ),
        (
            ["more,2025-03-04,planned,Nyt,paper"],
            "Den ene indsats har ikke fået ny status siden 24. juni 2024, "
            "og én er ny i opfølgningen",
        ),
        (
            [
                "more,2024-06-24,planned,Nyt,paper",
                "more,2025-03-04,completed,Slut,paper",
                "courses,2025-03-04,completed,Slut,paper",
            ],
            "Begge indsatser har fået ny status siden 24. juni 2024",
        ),
    ],
)
def test_a_plan_of_one_or_two(tmp_path: Path, rows: list[str], title: str) -> None:
    data = write_tiny(tmp_path / "tiny", "rate,aarhus,all,2022,70.0,,,final")
    append(data, "initiative.csv", "more,work,Mere,,,unknown_one")
    for line in rows:
        append(data, "initiative_status.csv", line)
    init(tmp_path / "spor", data)
    known = open_store(tmp_path / "spor", as_of=MARCH)
    assert plan_view(known, known.catalog(), JUNE, MARCH, "aarhus").title == title
    known.close()


@pytest.mark.parametrize(
    ("entered", "silent"),
    [
        # Upkeep of one initiative says nothing of the others; several at once are a report.
        (["a"], [False, False, False, False]),
        (["a", "b", "c"], [False, False, False, True]),
    ],
)
def test_upkeep_of_one_initiative_is_no_report(
    tmp_path: Path, entered: list[str], silent: list[bool]
) -> None:
    data = write_tiny(tmp_path / "tiny", "rate,aarhus,all,2022,70.0,,,final")
    (data / "initiative.csv").write_text(
        "initiative_id,theme_id,title,responsible,started,indicator_ids\n"
        + "".join(f"{initiative_id},work,Indsats {initiative_id},,,\n" for initiative_id in "abcd")
    )
    (data / "initiative_status.csv").write_text(
        "initiative_id,date,state,summary,source_id\n"
        + "".join(f"{initiative_id},2024-06-24,planned,,paper\n" for initiative_id in "abcd")
    )
    append(data, "meeting.csv", "later,2025-01-10,Udvalg,Status")
    home = tmp_path / "spor"
    init(home, data)
    status = {"date": "2025-03-04", "state": "in_progress", "source_id": "paper"}
    enter(
        {
            "initiative_status": [
                {"initiative_id": initiative_id, **status} for initiative_id in entered
            ]
        },
        "Anna",
        home,
    )
    known = open_store(home)
    (section,) = plan_view(known, known.catalog(), JUNE, known.day, "aarhus").sections
    assert [plan_row.silent for plan_row in section.rows] == silent
    known.close()


@pytest.mark.parametrize("written", ["month", "year"])
def test_a_status_of_this_month_or_year_holds_from_the_day_it_was_entered(
    tmp_path: Path, written: str
) -> None:
    init(tmp_path / "spor", write_tiny(tmp_path / "tiny", "rate,aarhus,all,2022,70.0,,,final"))
    known = open_store(tmp_path / "spor")
    today, parts = known.day, {"month": 2, "year": 1}[written]
    known.close()
    text = "-".join(today.isoformat().split("-")[:parts])
    status = {
        "initiative_id": "courses", "date": text, "state": "completed", "source_id": "paper",
    }  # fmt: skip
    enter({"initiative_status": [status]}, "Anna", tmp_path / "spor")
    known = open_store(tmp_path / "spor")
    view = plan_view(known, known.catalog(), JUNE, today, "aarhus")
    assert row(view, "courses").now.text == "Afsluttet"
    # On an earlier day nobody knew, whatever the date says.
    yesterday = today - timedelta(days=1)
    as_known = plan_view(known, known.catalog(), yesterday, today, "aarhus")
    then = row(as_known, "courses").then
    assert then is not None
    assert (then.text, row(as_known, "courses").moved) == ("I gang", True)
    known.close()


def test_a_status_entered_late_was_not_known_then(tmp_path: Path) -> None:
    """Entered today of a day long past: on a meeting between the two the old state stood."""
    init(tmp_path / "spor", write_tiny(tmp_path / "tiny", "rate,aarhus,all,2022,70.0,,,final"))
    status = {
        "initiative_id": "courses", "date": "2025-06-01", "state": "completed",
        "source_id": "paper",
    }  # fmt: skip
    enter({"initiative_status": [status]}, "Anna", tmp_path / "spor")
    known = open_store(tmp_path / "spor")
    view = plan_view(known, known.catalog(), date(2025, 9, 1), known.day, "aarhus")
    assert view.title == "Den ene indsats har fået ny status siden 1. september 2025"
    then = open_store(tmp_path / "spor", as_of=date(2025, 9, 1))
    since = since_view(then, known, known.catalog(), date(2025, 9, 1), "aarhus")
    assert [plan_row.title for plan_row in since.moved] == ["Forløb i Gellerup"]
    then.close()
    known.close()


def test_what_has_no_status_yet_is_not_counted(tmp_path: Path) -> None:
    data = write_tiny(tmp_path / "tiny", "rate,aarhus,all,2022,70.0,,,final")
    init(tmp_path / "spor", data)
    new = {"initiative_id": "new", "theme_id": "work", "title": "Ny indsats"}
    enter({"initiative": [new]}, "Anna", tmp_path / "spor")
    known = open_store(tmp_path / "spor")
    view = plan_view(known, known.catalog(), JUNE, MARCH, "aarhus")
    assert view.title == "Den ene indsats har ikke fået ny status siden 24. juni 2024"
    (section,) = view.sections
    assert section_line(section.rows, JUNE) == "Ingen har fået ny status"
    assert section_line(section.rows[1:], JUNE) == "Ingen af dem har en status endnu"
    plan_row = row(view, "new")
    assert (plan_row.now.text, plan_row.is_new, plan_row.silent) == (
        "Ingen status endnu",
        False,
        False,
    )
    known.close()


@for_each(
    ("day", "when"),
    [
        ("2024-04", "forår 2024"),
        ("2024-07", "sommer 2024"),
        ("2024-10", "efterår 2024"),
        ("2024-12", "vinter 2024-2025"),
        ("2025-01", "vinter 2024-2025"),  # the same winter
    ],
)
def test_a_season_is_named_as_one(day: str, when: str) -> None:
    plan = Plan((), (Event("e", day, "season", "", "", "Begynder", "paper"),), ())
    (season,) = (moment for moment in moments(plan, made_catalog()) if not moment.is_meeting)
    assert (season.name, season.when) == ("Begynder", when)


@for_each(
    ("as_of", "known"),
    [
        (None, {"Holdt", "Kommende", "Registreret"}),
        (date(2024, 6, 26), {"Holdt", "Registreret"}),
        (date(2024, 6, 25), {"Holdt", "Registreret"}),
        (date(2024, 6, 24), {"Holdt"}),
        (date(2024, 6, 23), set()),
    ],
)
def test_on_an_earlier_day_a_coming_meeting_is_known_where_it_was_entered(
    as_of: date | None, known: set[str]
) -> None:
    meetings = [
        Meeting("held", JUNE, "Holdt", ""),
        Meeting("ahead", date(2025, 3, 11), "Kommende", ""),
        Meeting("entered", date(2025, 3, 12), "Registreret", "", entered=date(2024, 6, 25)),
    ]
    made = replace(made_catalog(), meetings=by_id(meetings, "meeting_id"), as_of=as_of)
    assert {moment.name for moment in moments(Plan((), (), ()), made)} == known
