"""What is handed in: which exhibits and actions, of which day, in which order and words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.period import DENMARK
from kpi.exhibits.caveats import NOT_REPORTED
from kpi.export.actions import Action
from kpi.export.choice import Choice
from kpi.export.paper import Paper, arranged, paper
from kpi.store import Store, open_store

JUNE = date(2024, 6, 26)


@pytest.fixture(scope="module")
def june(built_home: Path) -> Iterator[Store]:
    """The figures as they were known on 26 June 2024."""
    opened = open_store(built_home, as_of=JUNE)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def work(store: Store, catalog: Catalog) -> Paper:
    """Aarhus's figures of employment, today."""
    return paper(store, catalog, Choice("aarhus", "", ("employment",)))


@pytest.mark.parametrize(
    ("area_id", "indicator_id", "benchmark"),
    [
        ("aarhus", "self_sufficiency_rate", "hele landet"),
        ("aarhus", "temporary_benefit_share", "borgere med dansk baggrund"),
        ("aarhus", "women_outside_labour_market_share", "kvinder med dansk baggrund"),
        ("aarhus", "labour_market_link_share", "Viby Syd"),
        ("aarhus", "company_placement_share", "Viby Syd"),
        ("aarhus", "notifications_per_child", "Viby Syd"),
        ("aarhus", "health_families", "Viby Syd"),
        # Of two kinds of children each has its own.
        ("aarhus", "school_absence", "Viby Syd; medianen af de andre kommuner"),
        ("gellerup", "school_absence", "Viby Syd"),
        ("odense", "school_absence", "medianen af de andre kommuner"),
        # Bare counts, and what is reported of one area alone, are compared with nothing.
        ("aarhus", "programme_families", "intet"),
        ("aarhus", "programme_children", "intet"),
        ("aarhus", "programme_staff", "intet"),
        ("aarhus", "disability_pension_parents", "intet"),
        ("aarhus", "nsk_cases", "intet"),
    ],
)
def test_a_benchmark_is_named_only_of_what_is_compared(
    store: Store, catalog: Catalog, area_id: str, indicator_id: str, benchmark: str
) -> None:
    made = paper(store, catalog, Choice(area_id, indicator_ids=(indicator_id,)))
    assert made.benchmark_of(catalog.indicator(indicator_id)) == benchmark


def test_the_benchmark_is_of_the_figures_that_are_in_the_paper(
    store: Store, catalog: Catalog
) -> None:
    choice = Choice("aarhus", indicator_ids=("school_absence",))
    whole = paper(store, catalog, choice)
    without = replace(choice, left_out=("udvikling-school_absence-programme_children",))
    absence = catalog.indicator("school_absence")
    assert arranged(whole, without).benchmark_of(absence) == "medianen af de andre kommuner"


def keys(made: Paper) -> list[str]:
    return [item.exhibit.key for item in made.items]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice("aarhus", indicator_ids=("employment_rate",)), ["udvikling-employment_rate-all"]),
        # The order is the one they were chosen in.
        (
            Choice("aarhus", indicator_ids=("nsk_cases", "employment_rate")),
            ["niveau-nsk_cases-all-aarhus", "udvikling-employment_rate-all"],
        ),
        # All that the page draws of an indicator, also what it draws later.
        (
            Choice("aarhus", indicator_ids=("school_absence",)),
            [
                "udvikling-school_absence-programme_children",
                "udvikling-school_absence-middle_school",
                "udvikling-school_absence-lower_secondary",
            ],
        ),
        # An indicator without figures is left out.
        (
            Choice("aarhus", indicator_ids=("language_mentor_places", "nsk_cases")),
            ["niveau-nsk_cases-all-aarhus"],
        ),
        # What a page shows of other areas, where Odense has nothing, is not Odense's.
        (Choice("odense", theme_ids=("employment",)), ["udvikling-employment_rate-all"]),
    ],
)
def test_what_is_chosen_is_in_it(
    store: Store, catalog: Catalog, choice: Choice, expected: list[str]
) -> None:
    assert keys(paper(store, catalog, choice)) == expected


def test_nothing_chosen_is_everything(store: Store, catalog: Catalog) -> None:
    made = paper(store, catalog, Choice("aarhus"))
    assert [theme.theme_id for theme in made.themes] == list(catalog.themes)
    assert len(made.actions) == 30
    assert len(keys(made)) == len(set(keys(made)))
    with_figures = set(store.figures_per_indicator())
    assert {item.indicator.indicator_id for item in made.items} == with_figures


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        (Choice("arhus"), "Ukendt område"),
        (Choice("aarhus", "sbu"), "Ukendt møde"),
        (Choice("aarhus", theme_ids=("sprog",)), "Ukendt tema"),
        (Choice("aarhus", indicator_ids=("job",)), "Ukendt nøgletal"),
        (Choice("tilst"), "Ingen figurer"),
        (Choice("aarhus", indicator_ids=("language_mentor_places",)), "Ingen figurer"),
    ],
)
def test_what_cannot_be_made_is_refused(
    store: Store, catalog: Catalog, choice: Choice, title: str
) -> None:
    with pytest.raises(KpiError) as refused:
        paper(store, catalog, choice)
    assert refused.value.title == title


def test_it_says_meeting_day_and_version(
    store: Store, june: Store, catalog: Catalog, work: Paper
) -> None:
    made = paper(june, catalog, Choice("aarhus", "sbu_2024_06_26", ("employment",)))
    assert made.occasion == "Social- og Beskæftigelsesudvalget, 26. juni 2024"
    assert (made.as_of, made.dated) == (JUNE, "Data som kendt 26. juni 2024")
    assert (made.version, made.basis) == ("indlæsning 1-3", "Datagrundlag: indlæsning 1-3")
    assert made.area_name == "Aarhus"
    assert (work.meeting, work.occasion) == (None, "")
    assert work.as_of == datetime.now(DENMARK).date()
    assert work.basis == f"Datagrundlag: {store.edition()}"


def test_figures_and_states_are_those_of_the_day(june: Store, catalog: Catalog) -> None:
    made = paper(june, catalog, Choice("aarhus", "sbu_2024_06_26"))
    assert "niveau-nsk_cases-all-aarhus" not in keys(made)  # the evaluation is of March 2025
    actions = {action.title: action for action in made.actions}
    assert len(actions) == 23
    assert actions["Workshops om arbejdspladskultur"].state == "Planlagt"
    assert "Opgang til Opgang i Gellerup" not in actions


@pytest.mark.parametrize(
    "action",
    [
        Action(
            "Social kontrol", "Netværk med civilsamfundsaktører",
            "Fagligt Sekretariat med TÆK og SIRI/MÆRK", "I gang", "2025-03-04",
            "Netværk oprettet; mere end 30 aktører i december 2024; mødes 1-2 gange om året", 3,
        ),
        Action(
            "Socialt snyd", "Bande-exit",
            "UJU og Center for Kontanthjælpsydelser med Østjyllands Politi", "I gang",
            "2024-06-24", "Indsatsen er i gang", 4, is_current=False,
        ),
    ],
)  # fmt: skip
def test_an_action_has_its_newest_status(handed_in: Paper, action: Action) -> None:
    assert action in handed_in.actions


def test_actions_are_those_of_the_chosen_themes(work: Paper) -> None:
    assert {action.theme for action in work.actions} == {"Beskæftigelse"}


@pytest.mark.parametrize(
    ("area", "title"),
    [
        ("aarhus", "Nøgletal til Integrationshandleplanen"),
        ("odense", "Odense: nøgletal"),
        ("gellerup", "Gellerup: nøgletal"),
    ],
)
def test_only_the_plans_own_municipality_has_the_plan(
    store: Store, catalog: Catalog, area: str, title: str
) -> None:
    made = paper(store, catalog, Choice(area, "sbu_2025_03_19"))
    assert made.title == title
    assert bool(made.actions) is (area == "aarhus")


# --- arranging ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "left_out", "expected"),
    [
        ((), (), [0, 1, 2, 3]),
        ((3, 0), (), [3, 0, 1, 2]),  # those not named follow as they stood
        ((), (1,), [0, 2, 3]),
        ((3, 2, 1, 0), (3, 0), [2, 1]),
        ((), (0, 1, 2, 3), []),
    ],
)
def test_order_and_what_is_left_out(
    work: Paper, order: tuple[int, ...], left_out: tuple[int, ...], expected: list[int]
) -> None:
    four = replace(work, items=work.items[:4])
    assert len(keys(four)) == 4
    known = keys(four)
    choice = replace(
        work.choice,
        order=tuple(known[key] for key in order),
        left_out=tuple(known[key] for key in left_out),
    )
    made = arranged(four, choice)
    assert keys(made) == [known[key] for key in expected]
    assert made.choice == choice


@pytest.mark.parametrize(
    ("edited", "shown"),
    [("Et redigeret fund", "Et redigeret fund"), ("", None), (None, None)],
)
def test_an_edited_title_stays_and_an_empty_one_is_the_figures_own(
    work: Paper, edited: str | None, shown: str | None
) -> None:
    first = work.items[0].exhibit
    titles = {} if edited is None else {first.key: edited}
    made = arranged(work, replace(work.choice, titles=titles))
    assert made.items[0].title == (shown or first.title)
    assert made.items[0].exhibit == first  # its own title is kept beside
    assert [item.title for item in made.items[1:]] == [item.title for item in work.items[1:]]


def test_keys_of_another_day_do_no_harm(work: Paper) -> None:
    choice = replace(work.choice, order=("x",), left_out=("y",), titles={"z": "Z"})
    assert keys(arranged(work, choice)) == keys(work)


def test_a_choice_is_kept_from_the_start(store: Store, catalog: Catalog, work: Paper) -> None:
    known = keys(work)
    choice = Choice("aarhus", "", ("employment",), order=(known[1],), left_out=(known[0],))
    assert keys(paper(store, catalog, choice)) == known[1:]


def test_the_reading_and_the_caveats_are_the_exhibits(handed_in: Paper) -> None:
    for item in handed_in.items:
        lines = [line.text for line in item.claims]
        sentences = [*filter(None, [item.reading]), *item.caveats, *item.roundings]
        assert sentences == [*item.remarks, *lines]
        assert set(item.exhibit.remarks) - set(item.remarks) <= {NOT_REPORTED}
