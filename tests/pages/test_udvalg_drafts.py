"""Udvalg: a draft is kept as it is made, opened by its link, shared, copied and removed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.export.choice import Choice
from kpi.export.drafts import drafts, new_draft, read_draft, standing
from kpi.store.adding import add
from tests.pages.udvalg_page import KEYS, NSK, figures, press, three_figures
from tests.pages.visit import assert_healthy, go_on, open_page, texts_of, title_of

pytestmark = pytest.mark.usefixtures("no_pictures")


@pytest.fixture
def three(home: Path) -> AppTest:
    assert home
    return three_figures()


def test_a_draft_is_kept_as_it_is_made_and_opened_by_its_link(three: AppTest, home: Path) -> None:
    (draft,) = drafts(home)
    assert three.query_params["kladde"] == draft.draft_id
    press(three, f"udvalg-ned-{KEYS[0]}")
    three.text_area(key=f"udvalg-titel-{KEYS[0]}").input("Et nyt fund").run()
    three.toggle(key="udvalg-med-contents").set_value(False).run()
    three.text_input(key="udvalg-sag-number").input("25/4711").run()
    assert_healthy(three)
    (draft,) = drafts(home)
    titles = figures(three)

    app = open_page("udvalg", kladde=draft.draft_id)
    assert_healthy(app)
    assert figures(app) == titles
    assert titles[1] == "Et nyt fund"
    assert not app.toggle(key="udvalg-med-contents").value
    assert app.text_input(key="udvalg-sag-number").value == "25/4711"
    go_on(app, "om")
    go_on(app, "udvalg")
    assert figures(app) == titles
    assert drafts(home) == [draft]  # looking at it changes nothing


def test_looking_at_meetings_makes_no_draft(home: Path) -> None:
    app = open_page("udvalg")
    app.selectbox(key="moede").select("sbu_2024_06_26").run()
    app.selectbox(key="udvalg-omraade").select("gellerup").run()
    assert not app.exception
    assert drafts(home) == []


def test_the_later_of_two_is_told_and_both_changes_are_there(three: AppTest, home: Path) -> None:
    (draft,) = drafts(home)
    other = open_page("udvalg", kladde=draft.draft_id)
    press(other, "udvalg-naeste")
    other.text_area(key=f"udvalg-titel-{KEYS[1]}").input("Den andens").run()
    three.text_area(key=f"udvalg-titel-{KEYS[0]}").input("Min egen").run()
    assert not three.exception
    assert "Ændret af en anden." in texts_of(three)
    assert figures(three)[:2] == ["Min egen", "Den andens"]
    # The same title, from what either saw: two drafts.
    other.text_area(key=f"udvalg-titel-{KEYS[1]}").input("Andens igen").run()
    three.text_area(key=f"udvalg-titel-{KEYS[0]}").input("Min igen").run()
    press(three, f"udvalg-vis-{KEYS[1]}")
    stale = [each.choice.titles for each in drafts(home)]
    assert {"Andens igen", "Min igen"} <= {title for titles in stale for title in titles.values()}


def test_a_draft_is_copied_to_another_meeting_and_removed(three: AppTest, home: Path) -> None:
    (draft,) = drafts(home)
    press(three, f"udvalg-kopi-{draft.draft_id}-sbu_2024_06_26")
    assert not three.exception
    copy, _ = drafts(home)
    assert three.query_params["kladde"] == copy.draft_id
    assert title_of(three).endswith("26. juni 2024")
    press(three, f"udvalg-slet-{copy.draft_id}")
    assert not three.exception
    assert drafts(home) == [draft]
    assert "kladde" not in three.query_params


@pytest.mark.parametrize("button", ["ny", "aabn", "kopi", "fast"])
def test_what_is_typed_last_is_kept_with_the_draft_that_a_press_leaves(
    three: AppTest, home: Path, button: str
) -> None:
    (draft,) = drafts(home)
    other = new_draft("En anden", Choice("aarhus", "sbu_2025_03_19"), draft.day, home)
    three.run()
    key = {"aabn": f"aabn-{other.draft_id}", "kopi": f"kopi-{draft.draft_id}-sbu_2024_06_26"}
    # Both reach the server in the same message, as where a person types and presses at once.
    three.text_input(key="udvalg-kladde-navn").set_value("Marts, endelig")
    three.text_area(key=f"udvalg-titel-{KEYS[0]}").set_value("Skrevet sidst")
    three.toggle(key="udvalg-regnetjek").set_value(False)
    press(three, f"udvalg-{key.get(button, button)}")
    assert not three.exception
    kept = read_draft(draft.draft_id, home)
    assert (kept.name, kept.choice.titles) == ("Marts, endelig", {KEYS[0]: "Skrevet sidst"})
    is_left = three.query_params.get("kladde") != draft.draft_id
    assert is_left == (button != "fast")
    made = [each for each in drafts(home) if each.draft_id not in (draft.draft_id, other.draft_id)]
    names = ["Marts, endelig (kopi til 26. juni 2024)"] if button == "kopi" else []
    assert [each.name for each in made] == names
    assert all(each.choice.titles == kept.choice.titles for each in made)
    if button == "fast":
        settled = standing("Social- og Beskæftigelsesudvalget", home)
        assert settled is not None
        assert not settled.claims


def test_a_committee_begins_with_its_standing_choice(three: AppTest, home: Path) -> None:
    press(three, "udvalg-fast")
    (draft,) = drafts(home)
    app = open_page("udvalg")
    assert_healthy(app)
    assert figures(app) == figures(three)
    assert drafts(home) == [draft]  # no draft before something is made
    press(app, "udvalg-fjern")
    assert len(drafts(home)) == 2


def test_what_a_draft_names_that_is_gone_is_told(home: Path) -> None:
    choice = Choice("aarhus", "sbu_2025_03_19", picked=(KEYS[1], "niveau-afskaffet-all-aarhus"))
    draft = new_draft("Gammel", choice, date(2025, 3, 19), home)
    app = open_page("udvalg", kladde=draft.draft_id)
    assert not app.exception
    assert "afskaffet" in texts_of(app)
    assert figures(app) == [NSK]
    retired = new_draft(
        "Ældre", Choice("aarhus", indicator_ids=("x", "nsk_cases")), date(2025, 3, 19), home
    )
    app = open_page("udvalg", kladde=retired.draft_id)
    assert not app.exception
    assert "»x« findes ikke længere" in texts_of(app)
    assert open_page("udvalg", kladde="bcdfghjkmn").warning  # was removed


def test_a_draft_of_a_retired_indicator_says_that_it_is(home: Path) -> None:
    add("indicator", [{"indicator_id": "nsk_cases", "retired": "ja"}], "Anna", home)
    choice = Choice("aarhus", "sbu_2025_03_19", picked=tuple(KEYS))
    draft = new_draft("Udgået", choice, datetime.now(UTC).date(), home)
    app = open_page("udvalg", kladde=draft.draft_id)
    assert not app.exception
    warned = [box.value for box in app.warning]
    assert warned == ["NSK-sager er udgået og har ingen figur."]
    # On a day before it was retired it is there as it was.
    before = new_draft("Før", choice, date(2025, 3, 19), home)
    app = open_page("udvalg", kladde=before.draft_id)
    assert not app.warning
    assert NSK in figures(app)
