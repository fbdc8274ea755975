"""Meetings to look back to: which is meant, what became of it, whose step is next."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from kpi.domain.catalog import Catalog, by_id
from kpi.domain.plan import Initiative, Meeting, Plan, Status
from kpi.domain.vocabulary import InitiativeState
from kpi.store import Store, open_store
from kpi.views.meetings import MOVED, SILENT, UNCHANGED, follow_up, usual_meeting
from kpi.views.next_steps import NO_RESPONSIBLE, next_steps
from kpi.views.plan import plan_view

JUNE, MARCH, NOW = date(2024, 6, 24), date(2025, 3, 19), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        (date(2024, 6, 24), None),  # none was held before
        (date(2024, 6, 25), "rmm_2024_06_24"),
        (date(2024, 8, 1), "sbu_2024_06_26"),  # one report: the last meeting before the day
        (date(2025, 3, 4), "rmm_2024_06_24"),  # the report of March is known
        (MARCH, "rmm_2024_06_24"),
        (NOW, "rmm_2024_06_24"),
    ],
)
def test_the_meeting_of_the_report_before_the_newest_is_meant(
    store: Store, catalog: Catalog, day: date, meeting: str | None
) -> None:
    usual = usual_meeting(catalog, store.plan(), day)
    assert (usual.meeting_id if usual else None) == meeting


def test_upkeep_of_one_initiative_moves_no_meeting(store: Store, catalog: Catalog) -> None:
    plan = store.plan()
    first, *others = plan.initiatives
    new = Status(first.initiative_id, "2025-12-01", "completed", "", "own_upload", is_report=False)
    kept = replace(first, statuses=(*first.statuses, new))
    meeting = usual_meeting(catalog, replace(plan, initiatives=(kept, *others)), NOW)
    assert meeting is not None
    assert meeting.meeting_id == "rmm_2024_06_24"
    reported = replace(first, statuses=(*first.statuses, replace(new, is_report=True)))
    meeting = usual_meeting(catalog, replace(plan, initiatives=(reported, *others)), NOW)
    assert meeting is not None
    assert meeting.meeting_id == "rmm_2025_03_11"


def test_what_became_of_what_was_reported_in_june(store: Store, catalog: Catalog) -> None:
    view = follow_up(store.plan(), catalog, catalog.meetings["rmm_2024_06_24"], NOW)
    # By hand from the papers, as on the front page.
    assert Counter(row.outcome for row in view.rows) == {MOVED: 9, UNCHANGED: 6, SILENT: 8}
    assert view.title == (
        "Af 22 indsatser i 4 spor og 1 uden for sporene: 9 har fået ny status, 6 har samme status, "
        "og 8 mangler statusopdatering"
    )
    assert [row.outcome for row in view.rows] == [MOVED] * 9 + [UNCHANGED] * 6 + [SILENT] * 8
    silent = next(row for row in view.rows if row.initiative.initiative_id == "gang_exit")
    # Viby Syd began in June: before the meeting or after, nobody knows.
    assert [when for when, _ in view.happened] == [
        "september 2024", "december 2024", "januar 2025",
    ]  # fmt: skip
    # Later dates have passed, but no report says whether anything happened.
    assert view.until == date(2025, 3, 11)
    assert (silent.after, silent.after_words, silent.after_day) == (None, "", "")
    assert silent.before.text == "I gang"


def test_at_a_meeting_before_the_plan_nothing_was_reported(store: Store, catalog: Catalog) -> None:
    early = Meeting("early", date(2024, 1, 1), "Udvalg", "")
    view = follow_up(store.plan(), catalog, early, NOW)
    assert (view.title, view.rows) == ("Ingen indsatser havde en status ved mødet", ())


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (["2024-06-24 planned", "2025-03-04 completed"], "Én har fået ny status"),
        (["2024-06-24 planned", "2025-03-04 planned"], "Én har samme status"),
        (["2024-06-24 planned"], "Én mangler statusopdatering"),
    ],
)
def test_a_plan_of_one(catalog: Catalog, statuses: list[str], title: str) -> None:
    pairs = (status.split() for status in statuses)
    history = tuple(
        Status("a", day, cast(InitiativeState, state), "", "paper") for day, state in pairs
    )
    plan = Plan((Initiative("a", "language", "A", "", "", (), history),), (), ())
    meeting = Meeting("m", JUNE, "Udvalg", "")
    assert follow_up(plan, catalog, meeting, NOW).title == title


def test_the_same_state_again_on_another_day_is_reported_again(catalog: Catalog) -> None:
    history = (
        Status("a", "2024-06-24", "planned", "", "p"),
        Status("a", "2025", "planned", "", "p"),
    )
    plan = Plan((Initiative("a", "language", "A", "", "", (), history),), (), ())
    (row,) = follow_up(plan, catalog, Meeting("m", JUNE, "Udvalg", ""), NOW).rows
    assert (row.outcome, row.after_day) == (UNCHANGED, "2025")


# --- whose next step ----------------------------------------------------------------------------


def test_each_unit_has_what_waits_for_it(store: Store, catalog: Catalog) -> None:
    steps = next_steps(plan_view(store, catalog, JUNE, MARCH, "aarhus"), catalog)
    assert steps.title == "seks indsatser er planlagt, og yderligere fem mangler statusopdatering"
    assert sum(len(unit.planned) for unit in steps.units) == 6
    every = [row for unit in steps.units for row in (*unit.planned, *unit.blocked, *unit.silent)]
    assert len(every) == len(set(every)) == 11
    unit = next(unit for unit in steps.units if ("Bande-exit", "24. juni 2024") in unit.silent)
    assert "Østjyllands Politi" in unit.responsible
    # What lay ahead of the day; meetings too.
    assert [event.when for event in steps.ahead] == ["22. maj 2025", "juni 2025"]
    assert steps.passed == ()
    assert steps.scope == "24 indsatser i 4 spor og 6 uden for sporene"
    later = next_steps(plan_view(store, catalog, JUNE, NOW, "aarhus"), catalog)
    assert later.ahead == ()
    # Nobody has reported what became of them.
    assert [event.when for event in later.passed] == ["22. maj 2025", "juni 2025"]


def test_in_june_one_was_blocked(built_home: Path) -> None:
    june = open_store(built_home, as_of=JUNE)
    steps = next_steps(plan_view(june, june.catalog(), None, JUNE, "aarhus"), june.catalog())
    june.close()
    assert [row for unit in steps.units for row in unit.blocked] == [
        ("Uoplyst formue og indkomst i udlandet", "24. juni 2024")
    ]
    assert steps.title == "elleve indsatser er planlagt, og én afventer"


def test_dates_are_those_of_the_tracks_that_are_shown(store: Store, catalog: Catalog) -> None:
    view = plan_view(store, catalog, JUNE, MARCH, "aarhus")
    fraud = tuple(section for section in view.sections if section.theme.theme_id == "benefit_fraud")
    assert next_steps(replace(view, sections=fraud), catalog).ahead == ()
    control = tuple(
        section for section in view.sections if section.theme.theme_id == "social_control"
    )
    assert [event.when for event in next_steps(replace(view, sections=control), catalog).ahead] == [
        "22. maj 2025"
    ]


def test_an_unknown_unit_is_named_as_such(store: Store, catalog: Catalog) -> None:
    view = plan_view(store, catalog, JUNE, MARCH, "aarhus")
    section = next(section for section in view.sections if section.theme.theme_id == "employment")
    (row, *_) = section.rows
    nobody = replace(row, initiative=replace(row.initiative, responsible=""), silent=True)
    without_unit = replace(view, sections=(replace(section, rows=(nobody,)),))
    assert [unit.responsible for unit in next_steps(without_unit, catalog).units] == [
        NO_RESPONSIBLE
    ]
    with_unit = replace(view, sections=(replace(section, rows=(row,)),))
    assert next_steps(with_unit, catalog).title == (
        "ingen indsatser er planlagt, afventer eller mangler statusopdatering"
    )


def test_meetings_are_those_of_the_catalog(store: Store, catalog: Catalog) -> None:
    none = replace(catalog, meetings=by_id([], "meeting_id"))
    assert usual_meeting(none, store.plan(), NOW) is None
