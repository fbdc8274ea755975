"""The day in the address (`pr`): every page shows what was known then, says so, and keeps it."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import (
    PAGES,
    assert_healthy,
    go_on,
    menus_of,
    open_page,
    read,
    texts_of,
    title_of,
)
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")

# Udvalg makes its papers of a meeting's day.
OTHERS = [page for page in PAGES if page != "udvalg"]
BAND = "Du ser data, som de forelå 26. juni 2024."


def has_band(app: AppTest) -> bool:
    return "Du ser data, som de forelå" in texts_of(app)


@for_each("page", OTHERS)
def test_every_page_shows_the_day_in_a_band_and_keeps_it_in_its_address(page: str) -> None:
    app = open_page(page, pr="2024-06-26")
    assert_healthy(app)
    assert BAND in texts_of(app)
    assert "Vist som Spor kendte tallene 26. juni 2024" in menus_of(app)
    assert app.query_params["pr"] == "2024-06-26"


@for_each("page", [*PAGES, "indlaes"])
def test_today_has_no_band(page: str) -> None:
    app = open_page(page)
    assert_healthy(app)
    assert not has_band(app)
    assert "pr" not in app.query_params


def test_papers_are_made_of_the_days_figures() -> None:
    app = open_page("udvalg", pr="2024-06-26")
    assert_healthy(app)
    assert BAND + " Filerne dannes ud fra disse data." in texts_of(app)
    assert app.date_input(key="udvalg-dag").value == date(2024, 6, 26)
    assert app.date_input(key="udvalg-dag").disabled
    assert "Data som kendt 26. juni 2024" in texts_of(app)
    assert app.query_params["pr"] == "2024-06-26"
    # Back to today, the meeting's own day holds again.
    app.button(key="pr-i-dag").click().run()
    assert not has_band(app)
    assert app.date_input(key="udvalg-dag").value == date(2025, 3, 19)
    assert not app.date_input(key="udvalg-dag").disabled


def test_a_file_is_read_into_todays_figures_and_the_page_says_so() -> None:
    app = open_page("indlaes", pr="2024-06-26")
    assert_healthy(app)
    sentence = f"{BAND} En ny fil indlæses altid i nyeste data."
    assert sentence in texts_of(app)


@for_each(
    ("page", "link", "then", "now"),
    [
        ("tema", {"tema": "social_control"}, "Ingen tal indlæst", "60"),
        (
            "omraade",
            {"omraade": "gellerup"},
            "Spor kendte ingen tal for Gellerup 26. juni 2024",
            "sikker forskel fra Viby Syd",
        ),
        ("om", {}, "Udgave 000001", "Udgave 000001"),
        ("handleplan", {}, "Ingen af 22 indsatser", "af 22 indsatser"),
        (
            "sammenlign",
            {"noegletal": "nsk_cases"},
            "Der er endnu ingen tal for unikke sager",
            "NSK-sager",
        ),
    ],
)
def test_numbers_and_states_are_those_of_the_day(
    page: str, link: dict[str, str], then: str, now: str
) -> None:
    assert then in texts_of(open_page(page, **link, pr="2024-06-26"))
    assert now in texts_of(open_page(page, **link))


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("written", "message"),
    [
        (timedelta(days=1), "Datoen i linket ligger i fremtiden."),
        ("i-går", "Datoen i linket forstås ikke. Skriv den som 2025-03-19."),
        ("2024-02-30", "Datoen i linket forstås ikke."),
        ("19.03.2025", "Datoen i linket forstås ikke."),
        ("", "Datoen i linket forstås ikke."),
        ("<b>x</b>" * 500, "Datoen i linket forstås ikke."),
        ("9999-12-31", "Datoen i linket ligger i fremtiden."),
    ],
)
def test_a_bad_day_is_reported_and_today_is_shown(
    written: str | timedelta, message: str, the_day: date
) -> None:
    """What is written is a text, or a day so much later than today."""
    text = written if isinstance(written, str) else (the_day + written).isoformat()
    app = open_page("tema", pr=text)
    assert [error.message for error in app.exception] == []
    (note,) = (read(warning.value) for warning in app.warning)
    assert note.startswith(message)
    assert note.endswith("Siden viser nyeste data.")
    assert not has_band(app)
    assert "pr" not in app.query_params


def test_the_day_of_today_is_just_today(the_day: date) -> None:
    app = open_page("tema", pr=the_day.isoformat())
    assert_healthy(app)
    assert not has_band(app)
    assert "pr" not in app.query_params


@for_each("day", ["1900-01-01", "2022-12-30"])
@for_each("page", PAGES)
def test_a_day_before_the_first_figure_says_so(page: str, day: str) -> None:
    """One sentence in place of an empty half page, and the way on."""
    app = open_page(page, pr=day)
    assert_healthy(app)
    assert has_band(app)
    kinds = "indsatser i handleplanen" if page == "handleplan" else "tal"
    first = "24. juni 2024" if page == "handleplan" else "i 2022 (dag ikke oplyst)"
    (note,) = (read(info.value) for info in app.info)
    assert note.startswith(f"Spor kendte ingen {kinds} ")
    assert f"De første blev kendt {first}." in note
    assert not app.get("plotly_chart")
    assert title_of(app)
    assert app.query_params["pr"] == day


@for_each(
    ("page", "day", "is_empty"),
    [
        ("overblik", "2022-12-30", True),
        ("overblik", "2022-12-31", False),
        ("overblik", "2023-01-01", False),
        ("handleplan", "2024-06-23", True),
        ("handleplan", "2024-06-24", False),
        ("handleplan", "2024-06-25", False),
    ],
)
def test_the_first_day_with_something_to_show_shows_it(page: str, day: str, is_empty: bool) -> None:
    texts = texts_of(open_page(page, pr=day))
    assert ("Spor kendte ingen" in texts) is is_empty


@for_each(("day", "is_empty"), [("2024-06-18", True), ("2024-06-19", False), ("2024-06-20", False)])
def test_a_theme_before_its_first_figure_says_so(day: str, is_empty: bool) -> None:
    texts = texts_of(open_page("tema", tema="social_control", pr=day))
    sentence = "Spor kendte ingen tal for temaet »Indsats mod negativ social kontrol«"
    assert (sentence in texts) is is_empty
    assert ("De første blev kendt 19. juni 2024." in texts) is is_empty


def test_the_day_is_kept_also_where_nothing_was_known() -> None:
    app = open_page("tema", pr="2020-01-01")
    go_on(app, "omraade")
    assert app.query_params["pr"] == "2020-01-01"
    app.button(key="pr-i-dag").click().run()
    assert_healthy(app)
    assert not has_band(app)


def test_the_day_follows_to_the_next_page_and_back_to_today() -> None:
    app = open_page("tema", pr="2024-06-26")
    go_on(app, "omraade")
    assert_healthy(app)
    assert BAND in texts_of(app)
    app.selectbox(key="omraade").select("odense").run()
    assert app.query_params == {"omraade": "odense", "pr": "2024-06-26"}
    app.button(key="pr-i-dag").click().run()
    assert not has_band(app)
    assert app.query_params == {"omraade": "odense"}
    for page in ("tema", "overblik", "omraade"):
        go_on(app, page)
        assert not has_band(app)
        assert app.query_params == {}  # nothing that the back button would run into


def test_another_day_in_the_address_takes_the_place_of_the_kept_one() -> None:
    app = open_page("tema", pr="2024-06-26")
    go_on(app, "tema", pr="2025-03-11")
    assert "som de forelå 11. marts 2025" in texts_of(app)
    assert app.query_params["pr"] == "2025-03-11"


@pytest.mark.parametrize(
    ("meeting", "day"),
    [(date(2024, 6, 26), "26. juni 2024"), (date(2025, 3, 19), "19. marts 2025")],
)
def test_a_meeting_is_chosen_behind_the_day(meeting: date, day: str) -> None:
    app = open_page("tema")
    app.selectbox(key="pr-moede").select(meeting).run()
    assert_healthy(app)
    assert f"som de forelå {day}." in texts_of(app)
    assert app.query_params["pr"] == meeting.isoformat()
    app.selectbox(key="pr-moede").select(None).run()
    assert not has_band(app)


def test_any_other_day_is_chosen_behind_the_day(the_day: date) -> None:
    app = open_page("tema")
    app.date_input(key="pr-anden-dag").set_value(date(2025, 1, 2)).run()
    assert_healthy(app)
    assert "som de forelå 2. januar 2025" in texts_of(app)
    assert app.selectbox(key="pr-moede").value is None
    app.date_input(key="pr-anden-dag").set_value(the_day).run()
    assert not has_band(app)


def test_a_choice_in_a_box_keeps_the_day() -> None:
    app = open_page("omraade", pr="2024-06-26")
    app.selectbox(key="omraade").select("odense").run()
    assert BAND in texts_of(app)
    assert app.query_params == {"omraade": "odense", "pr": "2024-06-26"}
