"""What has changed since a day: each kind by hand, on figures of the papers and on made-up ones."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Meeting
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.entering import enter
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry
from kpi.views.new_at_home import new_at_home
from kpi.views.since import Since, since_view
from tests.days import today, wait_for_midnight, yesterday
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.quick_check import put_together

JUNE, MARCH = date(2024, 6, 24), date(2025, 3, 19)


def since(home: Path, day: date, theme_id: str = "") -> Since:
    then, now = open_store(home, as_of=day), open_store(home)
    try:
        return since_view(then, now, now.catalog(), day, "aarhus", theme_id)
    finally:
        then.close()
        now.close()


# --- the papers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def june(built_home: Path) -> Since:
    return since(built_home, JUNE)


def test_since_june_new_figures_came_and_none_was_changed(june: Since) -> None:
    assert (len(june.new), june.changed, june.flipped, june.corrections) == (43, (), (), ())
    assert not june.is_empty


@pytest.mark.parametrize(
    ("name", "period", "value"),
    [
        ("NSK-sager", "opgjort marts 2025", "60"),
        ("Gellerup: Forældre med tilknytning til job, ledige forældre med data i DREAM",
         "opgjort 6. oktober 2024", "21 af 68 (31 %)"),
        ("Gellerup: Fravær, hjemmeboende børn under 18 år i Opgang til Opgang", "efterår 2024",
         "9,7 %"),
        # Aarhus' own figures of a headline indicator whose usual group is the programme's.
        ("Fravær, udskoling", "2024/2025", "6,9 %"),
    ],
)  # fmt: skip
def test_a_new_figure_is_named_with_its_period(
    june: Since, name: str, period: str, value: str
) -> None:
    figures = {
        (figure.name, figure.period, figure.value.replace("\u00a0", " ")) for figure in june.new
    }
    assert (name, period, value) in figures


def test_of_several_new_periods_of_a_series_all_are_named(tmp_path: Path) -> None:
    """Also of one that is older than what was known."""
    home = tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,,,final"))
    rows = "\n".join(
        f"rate;aarhus;{year};{value}" for year, value in ((2020, 68), (2021, 69), (2023, 71))
    )
    text = f"nøgletal;område;periode;værdi\n{rows}\n"
    publish(Upload("t.csv", text.encode()), None, "Ida", "Serie", home)
    (figure,) = since(home, yesterday()).new
    assert (figure.period, figure.before) == ("2023", "70,0\u00a0% (2022)")
    assert figure.others == "og 2 tidligere perioder (2020-2021)"


def test_initiatives_that_moved_or_came_the_most_advanced_first(june: Since) -> None:
    assert len(june.moved) == 9 + 7
    assert [
        (initiative.title, initiative.then and initiative.then.text, initiative.now.text)
        for initiative in june.moved[:4]
    ] == [
        ("Workshops om arbejdspladskultur", "Planlagt", "Afsluttet"),
        ("Opgang til Opgang i Gellerup", None, "I drift"),
        ("Integrationschefmatrix (opfølgning på handleplanen)", None, "I drift"),
        ("Intensiveret sprogforløb (Sprogboost)", "Planlagt", "I gang"),
    ]
    assert [initiative.now.text for initiative in june.moved[-3:]] == ["Planlagt"] * 3


def test_one_theme_alone(built_home: Path) -> None:
    news = since(built_home, JUNE, "language")
    assert [figure.name for figure in news.new] == ["Sprogboost-forløb"]
    assert {initiative.theme_id for initiative in news.moved} == {"language"}


@pytest.mark.parametrize("day", [date(2022, 1, 1), JUNE - timedelta(days=1), JUNE])
def test_seen_as_of_a_day_before_the_meeting_nothing_is_gone(built_home: Path, day: date) -> None:
    """The meeting knew figures, and sources of them, that the day does not know yet."""
    then, now = (open_store(built_home, as_of=each) for each in (JUNE, day))
    assert since_view(then, now, now.catalog(), JUNE, "aarhus").changed == ()
    then.close()
    now.close()


def test_as_of_a_day_only_what_was_known_then_is_new(built_home: Path, catalog: Catalog) -> None:
    then, now = (open_store(built_home, as_of=day) for day in (JUNE, date(2025, 3, 4)))
    news = since_view(then, now, catalog, JUNE, "aarhus")
    assert {figure.name for figure in news.new} >= {"NSK-sager", "Sprogboost-forløb"}
    assert not [figure.name for figure in news.new if "Gellerup" in figure.name]  # of 11 March
    assert not [
        initiative.title for initiative in news.moved if "Opgang til Opgang" in initiative.title
    ]


def test_nothing_is_new_since_today(built_home: Path) -> None:
    assert since(built_home, today()).is_empty


# --- an upload that changes, adds and is withdrawn -----------------------------------------------

ROWS = """
rate,aarhus,all,2019,66.0,,,final
rate,aarhus,all,2021,69.0,,,final
rate,aarhus,all,2022,70.0,,,final
rate,denmark,all,2022,77.2,,,final
rate,odense,all,2022,75.0,,,final
persons,aarhus,all,2022,40,,,final
persons,aarhus,all,2021,,,,suppressed
"""
CORRECTED = """nøgletal;område;periode;værdi
rate;aarhus;2022;79,5
rate;aarhus;2019;66,4
rate;odense;2022;75,5
persons;aarhus;2023;44
hours;gellerup;2024;37
"""
WITHDRAWN = """nøgletal;område;periode;værdi
rate;aarhus;2021;68,0
hours;aarhus;2024;36
"""


@pytest.fixture(scope="module")
def correction_day() -> date:
    """The day on which `corrected_home` is made."""
    wait_for_midnight()
    return today()


@pytest.fixture(scope="module")
def corrected_home(tmp_path_factory: pytest.TempPathFactory, correction_day: date) -> Path:
    """On one day one file corrects and adds, another was published and withdrawn."""
    folder = tmp_path_factory.mktemp("since")
    home = folder / "spor"
    init(home, write_tiny(folder / "tiny", ROWS))
    with put_together():
        publish(Upload("tal.csv", CORRECTED.encode()), None, "Ida", "Rettet af kilden", home)
        second = publish(Upload("andre.csv", WITHDRAWN.encode()), None, "Ida", "Nye", home)
    assert second.batch_id is not None
    withdraw(second.batch_id, "Ida", "Forkert år", home)
    row = {
        "initiative_id": "courses", "date": correction_day.isoformat(), "state": "completed",
        "summary": "Sidste hold er færdigt", "source_id": "paper",
    }  # fmt: skip
    enter({"initiative_status": [row]}, "Anna", home)
    return home


@pytest.fixture(scope="module")
def corrected(corrected_home: Path, correction_day: date) -> Since:
    """What is other than on the day before."""
    return since(corrected_home, correction_day - timedelta(days=1))


@pytest.mark.every_case
@pytest.mark.parametrize(("days", "corrections"), [(-1, 2), (0, 0), (1, 0)])
def test_what_was_corrected_on_the_meetings_own_day_is_not_since_it(
    corrected_home: Path, correction_day: date, days: int, corrections: int
) -> None:
    day = correction_day + timedelta(days=days)
    assert len(since(corrected_home, day).corrections) == corrections


def test_new_figures_say_what_was_known_before(corrected: Since) -> None:
    figures = [
        (figure.name, figure.period, figure.value.replace("\u00a0", " "), figure.before)
        for figure in corrected.new
    ]
    assert figures == [
        ("Personer", "2023", "44", "40 (2022)"),
        ("Gellerup: Timer", "2024", "37 timer om ugen", ""),
    ]


def test_changed_figures_have_old_and_new_values(corrected: Since) -> None:
    changes = [
        (
            change.name,
            change.period,
            change.old.replace("\u00a0", " "),
            change.new.replace("\u00a0", " "),
        )
        for change in corrected.changed
    ]
    # 2019 is older than what cards show; Odense is not our area; 2021 was withdrawn.
    assert changes == [("Job", "2019", "66,0 %", "66,4 %"), ("Job", "2022", "70,0 %", "79,5 %")]


def test_a_verdict_that_flips_is_listed(corrected: Since) -> None:
    (flip,) = corrected.flipped
    assert (flip.name, flip.then.text, flip.now.text) == (
        "Job", "Dårligere end hele landet", "Bedre end hele landet",
    )  # fmt: skip
    assert flip.selection.path() == "/tema?noegletal=rate"


def test_corrections_and_withdrawals_are_listed_with_day_and_reason(
    corrected: Since, correction_day: date
) -> None:
    when = f"{correction_day.day}."
    assert [(what, why) for what, _, why in corrected.corrections] == [
        ("Fortrudt: Egen indberetning", "Forkert år"),
        ("Egen indberetning: 3 rettede", "Rettet af kilden"),  # Odense's too
    ]
    assert all(day.startswith(when) for _, day, _ in corrected.corrections)


def test_an_initiative_that_was_entered_today_has_moved(corrected: Since) -> None:
    (initiative,) = corrected.moved
    assert (initiative.title, initiative.summary) == ("Forløb i Gellerup", "Sidste hold er færdigt")
    assert initiative.then is not None
    assert (initiative.then.text, initiative.now.text) == ("I gang", "Afsluttet")


def with_status(folder: Path, day: str) -> Path:
    """A store whose one initiative got a status of that day today."""
    home = folder / "home"
    init(home, write_tiny(folder / "data", "rate,aarhus,all,2022,70,,,final"))
    row = {
        "initiative_id": "courses", "date": day, "state": "completed", "summary": "Slut",
        "source_id": "paper",
    }  # fmt: skip
    enter({"initiative_status": [row]}, "Anna", home)
    return home


def states(home: Path) -> tuple[str, str]:
    """The state of the one initiative that moved since yesterday: then and now."""
    (moved,) = since(home, yesterday()).moved
    assert moved.then is not None
    return moved.then.text, moved.now.text


def test_a_state_that_was_known_then_and_withdrawn_is_listed(tmp_path: Path) -> None:
    home = with_status(tmp_path, "2025-06-01")
    # As if it had been entered, and stood, two days ago.
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE entry SET entered_at = entered_at - INTERVAL 2 DAY")
        connection.execute(
            "UPDATE initiative_status SET entered_at = entered_at - INTERVAL 2 DAY "
            "WHERE entered_at IS NOT NULL"
        )
    withdraw_entry(1, "Bo", "Fejl", home)
    assert states(home) == ("Afsluttet", "I gang")


def test_a_status_of_a_day_before_that_was_entered_since_is_new(tmp_path: Path) -> None:
    assert states(with_status(tmp_path, "2025-01-01")) == ("I gang", "Afsluttet")


# --- what the front page says of it --------------------------------------------------------------


@pytest.mark.parametrize("is_undone", [False, True])
@pytest.mark.parametrize(
    ("file", "title", "rows"),
    [
        ("rate;aarhus;2022;79,5", "Ingen nye tal, ét rettet tal",
         [("70,0 %", "2022", "79,5 %", "2022", "rettet")]),
        # Older than what any card shows, and beside a figure that is new.
        ("rate;aarhus;2019;66,4\nrate;aarhus;2021;68,0\nhours;aarhus;{last_year};37",
         "Ét nøgletal har nye tal, to rettede tal",
         [("66,0 %", "2019", "66,4 %", "2019", "rettet"),
          ("69,0 %", "2021", "68,0 %", "2021", "rettet"),
          ("–", "", "37 timer om ugen", "{last_year}", "–")]),
        # Another area's, and the same value again.
        ("rate;odense;2022;75,5\nrate;aarhus;2022;70,0", "Ingen nye tal", []),
    ],
)  # fmt: skip
def test_the_front_page_says_what_the_meeting_saw_with_another_value(
    tmp_path: Path, file: str, title: str, rows: list[tuple[str, ...]], is_undone: bool
) -> None:
    home = tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", ROWS))
    # A figure of a year that is long past is no news.
    last_year = str(today().year - 1)
    text = f"nøgletal;område;periode;værdi\n{file}\n".replace("{last_year}", last_year)
    rows = [tuple(cell.replace("{last_year}", last_year) for cell in row) for row in rows]
    batch_id = publish(Upload("t.csv", text.encode()), None, "Ida", "Rettet", home).batch_id
    if is_undone and batch_id is not None:
        withdraw(batch_id, "Ida", "Fejl", home)
    now, then = open_store(home), open_store(home, as_of=yesterday())
    meeting = Meeting("m", yesterday(), "Udvalg", "")
    new = new_at_home(now, now.catalog(), meeting, "aarhus", lambda: then)
    shown = [(r.before, r.before_period, r.now, r.period, r.change) for r in new.rows]
    plain = [tuple(text.replace("\u00a0", " ") for text in row) for row in shown]
    # Undone, all is as the meeting saw it.
    assert (new.title, plain) == (("Ingen nye tal", []) if is_undone else (title, rows))


def test_a_figure_that_was_undone_since_the_meeting_is_gone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", ROWS))
    text = "nøgletal;område;periode;værdi\nrate;aarhus;2022;79,5\nhours;aarhus;2024;37\n"
    batch_id = publish(Upload("t.csv", text.encode()), None, "Ida", "Rettet", home).batch_id
    assert batch_id is not None
    withdraw(batch_id, "Ida", "Fejl", home)
    path = version_path(home, current_version(home))
    with duckdb.connect(path) as connection:
        connection.execute(
            "UPDATE batch SET known_from = $day, published_at = $day WHERE batch_id = $batch",
            {"day": yesterday(), "batch": batch_id},
        )
    now, then = open_store(home), open_store(home, as_of=yesterday())
    meeting = Meeting("m", yesterday(), "Udvalg", "")
    new = new_at_home(now, now.catalog(), meeting, "aarhus", lambda: then)
    assert new.title == "Ingen nye tal, ét rettet tal og ét fjernet tal"
    shown = [(row.name, row.before, row.now, row.change) for row in new.rows]
    assert [tuple(text.replace("\u00a0", " ") for text in row) for row in shown] == [
        ("Job", "79,5 %", "70,0 %", "rettet"),
        ("Timer", "37 timer om ugen", "–", "fjernet"),
    ]
    # Handleplan, the slides and the workbook say the same.
    changed = since_view(then, now, now.catalog(), yesterday(), "aarhus").changed
    assert [figure.new.replace("\u00a0", " ") for figure in changed] == ["70,0 %", "fjernet"]
