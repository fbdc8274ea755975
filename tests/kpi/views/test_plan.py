"""The action plan's page: states then and now, silence, figures with targets, and when."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.charts.timeline import Moment
from kpi.domain.catalog import Catalog
from kpi.domain.targets import NO_TARGET
from kpi.store import Store, open_store
from kpi.views.plan import (
    LinkedFigure,
    PlanView,
    plan_view,
    planned_remark,
)
from kpi.views.plan_moves import plan_moves
from tests.kpi.views.plan_rows import AUGUST, JUNE, MARCH, row


@pytest.fixture(scope="module")
def march(store: Store, catalog: Catalog) -> PlanView:
    return plan_view(store, catalog, JUNE, MARCH, "aarhus")


def figure(view: PlanView, initiative_id: str, name: str) -> LinkedFigure:
    (linked,) = (
        candidate for candidate in row(view, initiative_id).figures if candidate.name == name
    )
    return linked


@pytest.mark.parametrize(
    ("then", "now", "title"),
    [
        # By hand from the papers: in the tracks nine of June's 22 have another status in March,
        # and two are new; the plan as a whole and Opgang til Opgang are not counted with them.
        (JUNE, MARCH,
         "9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024, "
         "og 2 er nye i opfølgningen"),
        (JUNE, AUGUST,
         "Ingen af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024"),
        (date(2024, 1, 1), JUNE,
         "22 indsatser i de 4 spor er nye i opfølgningen siden 1. januar 2024"),
        (JUNE, date(2024, 6, 1), "Handleplanen har endnu ingen indsatser"),
    ],
)  # fmt: skip
def test_the_title_counts(
    built_home: Path, catalog: Catalog, then: date, now: date, title: str
) -> None:
    known = open_store(built_home, as_of=now)
    assert plan_view(known, catalog, then, now, "aarhus").title == title
    known.close()


def test_tracks_come_in_the_plans_order(march: PlanView) -> None:
    assert [(section.title, len(section.rows)) for section in march.sections] == [
        ("Spor 1: Mestring af det danske sprog", 4),
        ("Spor 2: Arbejdsidentitet og kultur", 3),
        ("Spor 3: Indsats mod negativ social kontrol", 5),
        ("Spor 4: Bekæmpelse af socialt snyd", 12),
        ("Beskæftigelse og selvforsørgelse", 2),
        ("Opgang til Opgang", 4),
    ]


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("initiative_id", "then", "now", "moved", "is_new", "silent"),
    [
        ("workplace_workshops", "Planlagt", "Afsluttet", True, False, False),
        ("foreign_income", "Afventer", "I gang", True, False, False),
        ("fund_dialogue", "I gang", "I gang", False, False, False),
        ("oto_gellerup", None, "I drift", False, True, False),  # new is not moved
        # The report of March is an excerpt: not mentioned is not stalled.
        ("gang_exit", "I gang", "I gang", False, False, True),
        ("travel_trial", "Planlagt", "Planlagt", False, False, True),
        # Reported on 3 March, eight days before the newest paper of the same meeting.
        ("plan_overall", "I gang", "I gang", False, False, False),
    ],
)
def test_a_row(
    march: PlanView,
    initiative_id: str,
    then: str | None,
    now: str,
    moved: bool,
    is_new: bool,
    silent: bool,
) -> None:
    plan_row = row(march, initiative_id)
    assert (plan_row.then.text if plan_row.then else None, plan_row.now.text) == (then, now)
    assert (plan_row.moved, plan_row.is_new, plan_row.silent) == (moved, is_new, silent)


def test_eight_of_thirty_are_not_mentioned_in_march(march: PlanView) -> None:
    every = [plan_row for section in march.sections for plan_row in section.rows]
    assert len(every) == 30
    assert [plan_row.initiative.initiative_id for plan_row in every if plan_row.silent] == [
        "language_mentors", "language_network", "staff_competence", "sanction_rules",
        "correct_payments", "gang_exit", "top100", "travel_trial",
    ]  # fmt: skip


def test_a_row_has_its_status_in_short_and_its_day(march: PlanView) -> None:
    plan_row = row(march, "foreign_income")
    assert (plan_row.summary, plan_row.reported_on) == ("Bistand er søgt hos SØIK", "4. marts 2025")


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("initiative_id", "name", "value", "period", "verdict", "target"),
    [
        # Without counts a verdict says that no interval was computed.
        ("plan_overall", "Selvforsørgelse", "70,0 %", "2022",
         ("Dårligere end hele landet", "Usikkerhed ikke beregnet"), NO_TARGET),
        ("sprogboost", "Sprogboost-forløb", "6", "indtil marts 2025", (), NO_TARGET),
        # An initiative of an area has that area's figures.
        ("oto_viby", "Forældre med tilknytning til job", "3 af 13 (23 %)",
         "opgjort 6. oktober 2024", ("Ingen sikker forskel fra Gellerup",), NO_TARGET),
        # Between two programmes of their own families neither is better.
        ("oto_viby", "Fravær", "9,0 %", "efterår 2024",
         ("Lavere end i Gellerup", "Usikkerhed ikke beregnet"), NO_TARGET),
        ("language_mentors", "Sprogmentorpladser", "ikke oplyst", "", (),
         "Loft: højst 50 pladser i 2025. Midlerne gælder 2024-2026"),
        ("nsk_advisors", "Timer til NSK-vejledere", "5 timer om ugen", "2024", (),
         "Foreslået: 10 timer om ugen i 2025; tallet i 2024 er 5 timer om ugen under forslaget. "
         "Årstallet er ikke oplyst og er sat til året efter forslaget"),
    ],
)  # fmt: skip
def test_linked_figures(
    march: PlanView,
    initiative_id: str,
    name: str,
    value: str,
    period: str,
    verdict: tuple[str, ...],
    target: str,
) -> None:
    linked = figure(march, initiative_id, name)
    shown = [part.replace("\u00a0", " ") for part in (linked.value, linked.period, linked.target)]
    assert shown == [value, period, target]
    assert tuple(badge.text for badge in linked.badges) == verdict


def test_figures_are_those_of_the_day(built_home: Path, catalog: Catalog) -> None:
    known = open_store(built_home, as_of=JUNE)
    view = plan_view(known, catalog, date(2024, 1, 1), JUNE, "aarhus")
    # Six courses: reported in March 2025.
    assert figure(view, "sprogboost", "Sprogboost-forløb").value == "ikke oplyst"
    known.close()


def test_responsible_units_each_once_without_blanks(march: PlanView) -> None:
    assert len(march.responsibles) == len(set(march.responsibles)) == 16
    assert "" not in march.responsibles


@pytest.mark.parametrize(
    ("name", "first", "last", "when", "is_meeting"),
    [
        ("Temadag om negativ social kontrol", date(2025, 5, 22), date(2025, 5, 22),
         "22. maj 2025", False),
        ("Opgang til Opgang starter i Tilst", date(2025, 1, 1), date(2025, 1, 31), "januar 2025",
         False),
        # Reported as »forår 2024«.
        ("Integrationshandleplanen sættes i gang", date(2024, 3, 1),
         date(2024, 5, 31), "forår 2024", False),
    ],
)  # fmt: skip
def test_events_are_as_exact_as_their_source(
    march: PlanView, name: str, first: date, last: date, when: str, is_meeting: bool
) -> None:
    assert Moment(first, last, name, when, is_meeting) in march.moments


def test_all_events_and_meetings_are_moments_oldest_first(march: PlanView) -> None:
    assert len(march.moments) == 9 + 5
    assert sum(moment.is_meeting for moment in march.moments) == 5
    lasts = [moment.last for moment in march.moments]
    assert lasts == sorted(lasts)


def test_events_after_the_newest_report_are_called_plans(march: PlanView) -> None:
    assert planned_remark(march) == (
        "Hændelser efter 11. marts 2025 står, som de var planlagt i seneste rapport"
    )
    later_events = tuple(
        moment for moment in march.moments if moment.last <= date(2025, 3, 11) or moment.is_meeting
    )
    assert planned_remark(replace(march, moments=later_events)) == ""
    assert planned_remark(replace(march, sections=())) == ""  # before the first report


# --- in a few lines, for the front page -----------------------------------------------------------


def moved(store: Store, catalog: Catalog, then: date, now: date) -> list[tuple[int, str, str, str]]:
    moves = plan_moves(store.plan(), catalog, then, now)
    assert moves is not None
    return [
        (move.count, move.then.text if move.then else "–", move.now.text, move.what)
        for move in moves.moves
    ]


def test_what_became_of_the_plan_since_june(store: Store, catalog: Catalog) -> None:
    moves = plan_moves(store.plan(), catalog, JUNE, MARCH)
    assert moves is not None
    assert moves.title == (
        "Otte af de elleve indsatser, der var planlagt 24. juni 2024, er i gang eller afsluttet "
        "ifølge seneste status"
    )
    assert moves.subtitle == (
        "Handleplanens 24 indsatser i 4 spor: status 24. juni 2024 og seneste status "
        "(11. marts 2025, for 8\u00a0dage siden). Seks indsatser uden for sporene er ikke talt med."
    )
    # By hand from the papers: 9 of 22 moved, 2 came, 5 are as they were, 8 are not mentioned.
    assert moved(store, catalog, JUNE, MARCH) == [
        (7, "Planlagt", "I gang", "Ny status"),
        (1, "Planlagt", "Afsluttet", "Ny status"),
        (1, "Afventer", "I gang", "Ny status"),
        (2, "–", "Planlagt", "Ny i opfølgningen"),
        (5, "I gang", "I gang", "Samme status"),
        (5, "I gang", "I gang", "Mangler statusopdatering"),
        (3, "Planlagt", "Planlagt", "Mangler statusopdatering"),
    ]


def test_where_nothing_planned_has_begun_the_title_counts_what_moved(
    store: Store, catalog: Catalog
) -> None:
    moves = plan_moves(store.plan(), catalog, JUNE, AUGUST)
    assert moves is not None
    assert moves.title == (
        "Ingen af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024"
    )


def test_before_the_first_report_there_is_nothing_to_tell(store: Store, catalog: Catalog) -> None:
    assert plan_moves(store.plan(), catalog, date(2020, 1, 1), date(2021, 1, 1)) is None
