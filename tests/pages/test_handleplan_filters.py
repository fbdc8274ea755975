"""The plan's filters in address and title, folded tracks, and what has waited longest."""

import pytest

from tests.pages.plan_page import TRACKS, UNIT, tracks
from tests.pages.visit import (
    assert_healthy,
    go_on,
    open_page,
    read,
    texts_of,
    title_of,
)


@pytest.mark.usefixtures("shared_home")
def test_a_filter_in_the_address_is_in_the_title_and_opens_what_little_it_leaves() -> None:
    app = open_page("handleplan", status="Planlagt", tema="social_control")
    assert_healthy(app)
    assert title_of(app) == "Spor 3 · Social kontrol: To indsatser er planlagt"
    assert tracks(app) == ["Spor 3: Indsats mod negativ social kontrol"]
    assert app.query_params["status"] == "planned"
    go_on(app, "handleplan", ansvarlig=UNIT)
    assert title_of(app).startswith(f"{UNIT}: ")
    assert app.query_params["ansvarlig"] == UNIT


@pytest.mark.usefixtures("shared_home")
def test_another_meeting_than_the_usual_is_in_the_title() -> None:
    """Two bodies met within a week, and paper has no boxes."""
    app = open_page("handleplan")
    assert "siden 24. juni 2024" in title_of(app)
    named = "har fået ny status siden mødet 26. juni 2024 (Social- og Beskæftigelsesudvalget)"
    go_on(app, "handleplan", siden="sbu_2024_06_26")
    assert named in title_of(app)
    go_on(app, "handleplan", siden="sbu_2024_06_26", tema="social_control")
    assert title_of(app).startswith("Spor 3 · Social kontrol: ")
    assert named in title_of(app)


@pytest.mark.usefixtures("all_figures")
def test_a_theme_without_initiatives_is_not_passed_over_in_silence() -> None:
    app = open_page("handleplan", tema="children_school", ansvarlig="Ingen")
    assert not app.exception
    assert [read(warning.value) for warning in app.warning] == [
        f"Handleplanen har ingen indsatser under »{name}«. Siden vises uden dette valg."
        for name in ("Børn og skole", "Ingen")
    ]


@pytest.mark.usefixtures("shared_home")
def test_tracks_are_folded_until_one_or_all_are_asked_for() -> None:
    app = open_page("handleplan")
    assert tracks(app) == []
    app.session_state["afsnit-language"] = True
    app.run()
    assert tracks(app) == TRACKS[:1]
    assert app.query_params["afsnit"] == "language"
    app.button(key="plan-alle").click().run()
    assert tracks(app) == TRACKS
    assert app.query_params["afsnit"] == "alle"


@pytest.mark.usefixtures("shared_home")
def test_who_has_waited_longest_stands_first() -> None:
    app = open_page("handleplan", pr="2025-03-19")
    assert "Seks indsatser står som planlagt" in texts_of(app)
    (table,) = (table for table in app.table if table.proto.alt.endswith("står som planlagt"))
    first, *_, last = [[read(str(cell)) for cell in row] for row in table.value.to_numpy()]
    assert first[0].startswith("Netværksmøde for sprog- og civilsamfundsaktører")
    assert (first[1], last[1]) == ("8 måneder", "under 1 måned")
