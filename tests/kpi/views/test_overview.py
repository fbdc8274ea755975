"""The front page: what is worse and better, the tracks, what is new and overdue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.measure import comparable_value
from kpi.domain.plan import Event, Plan, Target
from kpi.store import Store
from kpi.views.claims import claims_of
from kpi.views.front_cards import FrontCards, FrontRow
from kpi.views.new_at_home import new_at_home
from kpi.views.overview import Overview, Quality, overview
from kpi.views.tracks import tracks
from kpi.views.waiting import waiting


@pytest.fixture(scope="module")
def front(store: Store, catalog: Catalog) -> Overview:
    return overview(store, catalog, claims_of(store, catalog), "aarhus")


def lines(rows: tuple[FrontRow, ...]) -> list[tuple[str, ...]]:
    return [
        tuple(text.replace("\u00a0", " ") for text in (row.name, row.value, row.gap, row.rank))
        for row in rows
    ]


def test_the_cards_of_aarhus(front: Overview) -> None:
    worse, better = front.cards.worse, front.cards.better
    assert worse is not None
    assert better is not None
    assert (worse.title, better.title) == ("To nøgletal er dårligere", "To nøgletal er bedre")
    # A figure that only two municipalities have stands last, however far from the country's.
    assert lines(worse.rows) == [
        ("Beskæftigelse", "73,7 %", "3,4 under landet (77,1)", "delt nr. 86 af 98"),
        (
            "Selvforsørgelse, borgere med ikke-vestlig baggrund",
            "70,0 %", "7,2 under landet (77,2)", "kun to kommuner har tal",
        ),
    ]  # fmt: skip
    # Læsø's 1,7 % cannot be believed: it has no place.
    assert better.subtitle.startswith("Bedste først, derefter uden sikker forskel · ")
    assert lines(better.rows) == [
        ("Fravær, udskoling", "6,9 %", "2,0 under medianen (8,9)", "nr. 6 af 97"),
        ("Fravær, mellemtrin", "6,4 %", "1,4 under medianen (7,8)", "delt nr. 8 af 98"),
        (
            "Gellerup og Viby Syd: forældre med tilknytning til job",
            "", "21 af 68 mod 3 af 13", "",
        ),
    ]  # fmt: skip
    # A theme draws one group of an indicator first; who chooses another's figure sees that.
    assert [row.selection.path() for row in (worse.rows[0], *better.rows[:2])] == [
        "/tema?tema=employment&noegletal=employment_rate",
        "/sammenlign?noegletal=school_absence&grupper=lower_secondary",
        "/sammenlign?noegletal=school_absence&grupper=middle_school",
    ]
    assert better.rows[-1].badges[0].text == "Ingen sikker forskel"
    assert front.cards.note == (
        "Kilderne oplyser ikke antallene bag kommunetallene, så usikkerheden er ikke beregnet. Der "
        "er ikke sat mål for nogen af nøgletallene her. Usandsynlige tal har ingen "
        "placering, men indgår i medianen."
    )


def test_the_remarks_stand_under_the_card_that_ends_first(front: Overview) -> None:
    worse, better, note = front.cards.worse, front.cards.better, front.cards.note
    assert worse is not None
    assert better is not None
    assert (len(worse.rows), len(better.rows)) == (2, 3)
    assert front.cards.shorter == "worse"
    assert FrontCards(better, worse, note).shorter == "better"
    assert FrontCards(worse, worse, note).shorter is None
    assert FrontCards(worse, None, note).shorter is None


@pytest.mark.parametrize("home_id", ["denmark", "tilst"])
def test_a_card_without_a_row_is_left_out(store: Store, catalog: Catalog, home_id: str) -> None:
    cards = overview(store, catalog, (), home_id).cards
    assert (cards.worse, cards.better, cards.note) == (None, None, "")


def test_a_programme_area_has_the_level_card_alone(store: Store, catalog: Catalog) -> None:
    view = overview(store, catalog, (), "gellerup")
    assert view.cards.worse is None
    assert view.cards.better is not None
    assert view.cards.better.title == "Ingen sikker forskel på ét nøgletal"


def place_by_hand(store: Store, catalog: Catalog, key: tuple[str, str, str]) -> tuple[str, float]:
    """A figure's place among all municipalities that can be believed, and as a share of them."""
    indicator = catalog.indicators[key[0]]
    own = Figures(store.newest([key[0]], [key[1]], [])).newest(*key)
    assert own is not None
    assert not catalog.is_implausible(own)
    rows = store.everywhere(key[0], key[2], own.period.text)
    values = {
        row.area_id: fmt.round_half_up(value, indicator.decimals)
        for row in rows
        if catalog.areas[row.area_id].level == "municipality" and not catalog.is_implausible(row)
        and (value := comparable_value(row, indicator)) is not None
    }  # fmt: skip
    if len(values) < 3:
        return "kun ", 2.0
    order = sorted(values.values(), reverse=indicator.direction == "higher_is_better")
    mine = values[key[1]]
    shared = "delt " if order.count(mine) > 1 else ""
    place = order.index(mine) + 1
    return f"{shared}nr. {place} af {len(order)}", place / len(order)


@pytest.mark.some_cases
@pytest.mark.parametrize("place", range(98))
def test_the_cards_of_every_municipality(shipped: Store, place: int) -> None:
    """Each row's place counted by hand, and the rows in that order, those without one last."""
    catalog = shipped.catalog()
    area = [each for each in catalog.areas.values() if each.level == "municipality"][place]
    cards = overview(shipped, catalog, (), area.area_id).cards
    assert cards.worse or cards.better
    for card, sign, verdict in ((cards.worse, -1, "dårligere"), (cards.better, 1, "bedre")):
        if card is None:
            continue
        assert card.title.endswith(verdict) or card.title.startswith("Ingen sikker forskel")
        assert len(card.rows) <= 5  # a fifth that is left alone stands there too
        shares = []
        for row in card.rows:
            if row.key[1] != area.area_id or row.gap.startswith("på niveau"):
                continue
            assert catalog.indicators[row.key[0]].direction != "neutral"
            text, share = place_by_hand(shipped, catalog, row.key)
            assert row.rank.startswith(text), row
            shares.append(sign * share if share <= 1 else share)
            is_higher = " over " in row.gap
            is_good = is_higher == (catalog.indicators[row.key[0]].direction == "higher_is_better")
            assert is_good is (verdict == "bedre"), row
        assert shares == sorted(shares), verdict


def test_a_target_that_is_set_stands_at_its_row(store: Store, catalog: Catalog) -> None:
    """And the line below no longer says that there is none."""
    target = Target("t", "employment_rate", "aarhus", "all", "2030", 80.0, "decided", "", "paper")
    cards = overview(store, replace(catalog, targets=(target,)), (), "aarhus").cards
    assert cards.worse is not None
    assert cards.worse.rows[0].target.startswith("Måltal: 80,0")
    assert "Der er sat mål for ét af fire nøgletal." in cards.note


def test_the_tracks_in_squares_and_words(front: Overview) -> None:
    assert front.tracks is not None
    assert front.tracks.title == (
        "Handleplanens fire spor: 19 af 24 indsatser er i gang eller afsluttet"
    )
    rows = front.tracks.rows
    assert [row.name for row in rows] == [
        "Spor 1 · Sprog", "Spor 2 · Arbejdsidentitet", "Spor 3 · Social kontrol",
        "Spor 4 · Socialt snyd", "Beskæftigelse", "Opgang til Opgang",
    ]  # fmt: skip
    assert sum(len(row.states) for row in rows[:4]) == 24
    assert rows[1].states == ("completed", "in_progress", "planned")
    assert (rows[1].counts, rows[2].counts) == (
        "1 afsluttet, 1 i gang, 1 planlagt", "3 i gang, 2 planlagte",
    )  # fmt: skip
    assert rows[0].silent == "2 mangler statusopdatering siden juni 2024"
    assert rows[3].figure.replace("\u00a0", " ") == "Sanktionsandel: ca. 20,5 %"


def test_without_a_plan_there_are_no_squares(store: Store, catalog: Catalog) -> None:
    assert tracks(Plan((), (), ()), catalog, store.day, {}, ()) is None


def test_an_important_indicator_that_is_nowhere_else_has_a_line(
    store: Store, catalog: Catalog
) -> None:
    """Of a theme without initiatives; not where it stands in a card already."""
    row = store.newest(["nsk_cases"], ["aarhus"], [])[-1]
    nothing = Plan((), (), ())
    shown = tracks(nothing, catalog, store.day, {"social_control": row}, ())
    assert shown is not None
    assert [each.figure for each in shown.rows] == ["NSK-sager: 60"]
    assert shown.rows[0].states == ()
    assert tracks(nothing, catalog, store.day, {"social_control": row}, [row]) is None


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ({}, "Selvforsørgelse"),  # of 2022; the other of 2021
        ({"employment_rate": True}, "Selvforsørgelse"),
        ({"employment_rate": True, "self_sufficiency_rate": False}, "Beskæftigelse"),
        ({"self_sufficiency_rate": False}, ""),
    ],
)
def test_an_important_indicator_with_figures_of_a_newer_year_stands_for_its_theme(
    store: Store, catalog: Catalog, headline: dict[str, bool], shown: str
) -> None:
    indicators = {
        own: replace(each, headline=headline.get(own, each.headline))
        for own, each in catalog.indicators.items()
    }
    view = overview(store, replace(catalog, indicators=indicators), (), "aarhus")
    assert view.tracks is not None
    (row,) = (row for row in view.tracks.rows if row.name == "Beskæftigelse")
    assert row.figure.partition(":")[0] == shown


def test_what_is_new_of_the_area_itself(store: Store, catalog: Catalog) -> None:
    meeting = catalog.meetings["rmm_2024_06_24"]
    new = new_at_home(store, catalog, meeting, "aarhus")
    assert (new.title, len(new.rows), new.more) == ("Ti nøgletal har nye tal", 4, 6)
    assert len(new.all_rows) == 10  # what the table's files have
    first = new.rows[0]
    assert (first.before, first.before_period, first.now, first.period, first.change) == (
        "7,0\u00a0%", "2023/2024", "6,9\u00a0%", "2024/2025", "−0,1",
    )  # fmt: skip
    assert new.rows[1].change == "uændret"
    assert [row.change for row in new.rows[2:]] == ["–"] * 2  # nothing before
    assert "vigtigste først" in new.subtitle
    assert not any(row.is_rounded for row in new.rows)
    assert "afrunding" not in new.subtitle
    later = replace(meeting, day=store.day)
    assert new_at_home(store, catalog, later, "aarhus").title == "Ingen nye tal"


def test_a_change_that_the_shown_numbers_do_not_give_is_explained(shipped: Store) -> None:
    known = shipped.catalog()
    new = new_at_home(shipped, known, known.meetings["rmm_2024_06_24"], "aarhus")
    assert [(row.before, row.now, row.change) for row in new.rows if row.is_rounded] == [
        ("72,1", "73,2", "+1,0")
    ]
    assert new.subtitle.endswith(" · ændring før afrunding")
    # A figure that did not change comes after those that did.
    assert [row.change for row in new.all_rows[:5]] == ["−0,1", "+0,1", "+1,0", "+0,2", "uændret"]


def test_figures_of_periods_long_before_the_meeting_are_counted_by_themselves(
    shipped: Store,
) -> None:
    known = shipped.catalog()
    new = new_at_home(shipped, known, known.meetings["rmm_2024_06_24"], "aarhus")
    late = [row for row in new.all_rows if row.period in ("2022", "1. januar 2022")]
    assert [*new.all_rows[-len(late) :]] == late
    assert new.title == "23 nøgletal har nye tal"
    assert len(new.all_rows) == 23 + len(late)
    assert "plus ældre tal for to" in new.subtitle


def test_what_waits_longest_comes_first(store: Store, catalog: Catalog, front: Overview) -> None:
    day = date(2026, 11, 28)
    late = waiting(front.overdue, store.plan(), catalog, day)
    assert late is not None
    assert [row.since for row in late.rows] == sorted(row.since for row in late.rows)
    said = [row.what for row in late.rows]
    assert "Tre indsatser står som planlagt" in said
    assert all(not row.what.startswith("Ikke begyndt") for row in late.rows)
    assert late.title.endswith(f"det ældste i {late.rows[0].waited}")
    assert waiting((), Plan((), (), ()), catalog, day) is None


def test_what_waits_is_counted_by_the_thing_and_each_once(store: Store, catalog: Catalog) -> None:
    day, plan = date(2026, 11, 28), store.plan()
    late = waiting((), plan, catalog, day)
    assert late is not None
    planned = [
        each.title
        for each in plan.initiatives
        if (status := each.status_on(day)) and status.state == "planned"
    ]
    passed = {event.title for event in plan.events if event.date > "2025-03-11"} - {*planned}
    assert sum(row.things for row in late.all_rows) == len(planned) + len(passed)
    assert late.title.startswith("Syv ting")
    assert late.more == len(planned) + len(passed) - sum(row.things for row in late.rows)
    (day_row,) = (row for row in late.all_rows if "Temadag" in row.what)
    assert day_row.last.endswith("; planlagt til 22. maj 2025")


def test_a_date_that_has_passed_without_news_waits(store: Store, catalog: Catalog) -> None:
    """The day itself has not passed, and before the report nothing is known to be missing."""
    event = Event("e", "2025-05-22", "day", "", "social_control", "Temadag", "paper")
    plan = store.plan()
    last = max(plan.initiatives, key=lambda each: each.statuses[-1].date if each.statuses else "")
    # Of the others many have waited longer.
    plan = replace(plan, events=(event,), initiatives=(last,))

    def passed(day: date) -> list[str]:
        late = waiting((), plan, catalog, day)
        return [row.last for row in late.rows if row.what == "Temadag"] if late else []

    assert passed(date(2025, 5, 22)) == []
    assert passed(date(2025, 5, 23)) == ["Planlagt til 22. maj 2025"]
    report = last.statuses[-1].day
    for days, is_missing in ((-1, False), (0, False), (1, True)):
        early = replace(event, date=(report + timedelta(days=days)).isoformat())
        plan = replace(plan, events=(early,))
        assert bool(passed(date(2025, 5, 23))) is is_missing, days


def test_the_quality_of_the_figures(front: Overview) -> None:
    assert front.quality == Quality(
        figures=2687, approximate=8, limits=2, hidden=0, missing=0, claims=6, disputed=2, rounded=1
    )
