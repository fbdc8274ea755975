"""Udvalg: meeting and day, what is chosen, its order and titles, the files, and kept packs."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from kpi.domain.errors import KpiError
from kpi.export.choice import Choice
from kpi.export.drafts import drafts
from kpi.export.paper import paper
from kpi.export.saved import save
from kpi.export.slide_picture import SlideShapes
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.pages.udvalg_page import KEYS, NSK, THREE, figures, press, shown, three_figures
from tests.pages.visit import alts_of, assert_healthy, go_on, open_page, read, texts_of, title_of

pytestmark = pytest.mark.usefixtures("no_pictures")
TEMPLATE = Path("kpi/export/pptx/spor.potx")


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.fixture
def three(home: Path) -> AppTest:
    assert home
    return three_figures()


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("link", "title", "day"),
    [
        # The newest meeting comes first.
        ({}, "8 figurer til Social- og Beskæftigelsesudvalget, 19. marts 2025",
         date(2025, 3, 19)),
        ({"moede": "sbu_2024_06_26"},
         "6 figurer til Social- og Beskæftigelsesudvalget, 26. juni 2024", date(2024, 6, 26)),
        ({"moede": "rmm_2025_03_11", "omraade": "gellerup"},
         "6 figurer til Rådmandsmøde, 11. marts 2025", date(2025, 3, 11)),
    ],
)  # fmt: skip
def test_a_meeting_shows_the_figures_of_its_day(
    link: dict[str, str], title: str, day: date
) -> None:
    app = open_page("udvalg", **link)
    assert_healthy(app)
    assert title_of(app) == title
    assert app.date_input(key="udvalg-dag").value == day
    assert app.query_params == (link and {"omraade": "aarhus", **link})


@pytest.mark.usefixtures("shared_home")
def test_another_meeting_brings_its_own_day_and_a_chosen_day_holds(the_day: date) -> None:
    app = open_page("udvalg")
    app.selectbox(key="moede").select("sbu_2024_06_26").run()
    assert app.date_input(key="udvalg-dag").value == date(2024, 6, 26)
    app.date_input(key="udvalg-dag").set_value(date(2025, 3, 11)).run()
    assert "Data som kendt 11. marts 2025" in texts_of(app)
    assert title_of(app).endswith("26. juni 2024")
    app.selectbox(key="moede").select("").run()
    assert app.date_input(key="udvalg-dag").value == the_day
    assert title_of(app) == "8 figurer til et møde"


@pytest.mark.usefixtures("shared_home")
def test_leaving_and_coming_back_keeps_the_meetings_day() -> None:
    app = open_page("udvalg")
    go_on(app, "om")
    go_on(app, "udvalg")
    assert app.date_input(key="udvalg-dag").value == date(2025, 3, 19)


@pytest.mark.usefixtures("home")
def test_themes_decide_which_indicators_are_offered() -> None:
    app = open_page("udvalg")
    app.multiselect(key="udvalg-temaer").set_value(["language"]).run()
    assert title_of(app).startswith("2 figurer til ")
    assert app.multiselect(key="udvalg-noegletal").options == [
        "Sprogboost-forløb", "Sprogmentorpladser", "Ventetid på pasning",
    ]  # fmt: skip
    app.multiselect(key="udvalg-noegletal").set_value(["sprogboost_courses"]).run()
    assert title_of(app).startswith("1 figur til ")
    # An indicator of a theme that is taken away goes with it.
    app.multiselect(key="udvalg-temaer").set_value(["social_control"]).run()
    assert_healthy(app)
    assert app.multiselect(key="udvalg-noegletal").value == []


@pytest.mark.usefixtures("shared_home")
def test_an_area_without_figures_says_so_and_can_be_left(caplog: pytest.LogCaptureFixture) -> None:
    app = open_page("udvalg", omraade="tilst")
    assert [error.message for error in app.exception] == []
    assert title_of(app) == "Ingen figurer"
    assert "Der er ingen tal for de valgte nøgletal i Tilst" in texts_of(app)
    assert "Vælg et andet område" in texts_of(app)
    (logged,) = (record for record in caplog.records if record.name == "spor")
    assert logged.exc_info is None  # the page says all of it
    app.selectbox(key="udvalg-omraade").select("aarhus").run()
    assert_healthy(app)
    assert title_of(app).startswith("8 figurer")


def test_next_and_previous_walk_through_the_figures(three: AppTest) -> None:
    assert three.button(key="udvalg-forrige").disabled
    for key in KEYS[1:]:
        press(three, "udvalg-naeste")
        assert shown(three) == key
    assert three.button(key="udvalg-naeste").disabled
    press(three, "udvalg-forrige")
    assert shown(three) == KEYS[1]


def test_a_figure_is_moved_and_still_shown(three: AppTest) -> None:
    first, second, third = figures(three)
    press(three, f"udvalg-ned-{KEYS[0]}")
    assert figures(three) == [second, first, third]
    assert shown(three) == KEYS[0]
    press(three, f"udvalg-ned-{KEYS[0]}")
    assert figures(three) == [second, third, first]
    assert three.button(key=f"udvalg-ned-{KEYS[0]}").disabled
    press(three, f"udvalg-op-{KEYS[0]}")
    assert figures(three) == [second, first, third]


def test_an_edited_title_is_shown_everywhere_and_an_empty_one_is_the_figures_own(
    three: AppTest,
) -> None:
    own = figures(three)[0]
    box = f"udvalg-titel-{KEYS[0]}"
    three.text_area(key=box).input("Fire af ti er *uden* job $1 [x](y)").run()
    assert_healthy(three)
    assert figures(three)[0] == "Fire af ti er *uden* job $1 [x](y)"
    assert "Fire af ti er *uden* job $1 [x](y)" in texts_of(three)
    press(three, "udvalg-naeste")
    press(three, "udvalg-forrige")
    assert three.text_area(key=box).value == "Fire af ti er *uden* job $1 [x](y)"
    three.text_area(key=box).input("  ").run()
    assert figures(three)[0] == own


def test_a_figure_is_taken_out_and_put_back_in_its_place(three: AppTest) -> None:
    before = figures(three)
    press(three, "udvalg-naeste")
    press(three, "udvalg-fjern")
    assert figures(three) == [before[0], before[2]]
    assert shown(three) == KEYS[2]  # it came in its place
    assert title_of(three).startswith("2 figurer til ")
    assert [expander.label for expander in three.expander if "(1)" in expander.label] == [
        "Fjernede figurer (1)"
    ]
    assert read(three.button(key=f"udvalg-ind-{KEYS[1]}").label) == NSK
    press(three, f"udvalg-ind-{KEYS[1]}")
    assert figures(three) == before


def test_all_taken_out_says_how_to_go_on(three: AppTest) -> None:
    for _ in KEYS:
        press(three, "udvalg-fjern")
    assert title_of(three).startswith("0 figurer til ")
    assert "Alle figurer er fjernet." in texts_of(three)
    assert downloads(three) == []
    press(three, f"udvalg-ind-{KEYS[2]}")
    assert title_of(three).startswith("1 figur til ")


def test_without_a_browser_the_preview_is_the_pages_own_chart(three: AppTest) -> None:
    (alt,) = alts_of(three)
    assert "Aarhus" in alt
    assert "Billedet kan ikke tegnes" in texts_of(three)


def test_until_the_slide_is_drawn_its_place_says_that_it_is_made(
    three: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as undrawn:
        undrawn.setattr("ui.committee_figures.show_preview", lambda *_: None)
        three.run()
    assert_healthy(three)
    assert "Billedet af sliden kommer her" in texts_of(three)
    three.run()
    assert "Billedet af sliden kommer her" not in texts_of(three)


def test_the_preview_is_the_slides_picture_with_its_text(
    three: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[SlideShapes] = []

    def picture(slide: SlideShapes, width: int) -> bytes:
        drawn.append(slide)
        out = io.BytesIO()
        Image.new("RGB", (width, width * 9 // 16)).save(out, "PNG")
        return out.getvalue()

    def resize(*_: object, **__: object) -> None:
        """Streamlit makes a picture smaller at each run that is wider than its place."""
        raise AssertionError("a finished picture is made anew")

    monkeypatch.setattr("ui.committee_deck.slide_picture", picture)
    # Somebody has pressed: the shown slide alone is drawn, the small ones in the run of the press.
    monkeypatch.setattr("ui.committee_list.is_waited_for", lambda: True)
    three.run()
    assert_healthy(three)
    assert len(three.get("image")) == len(drawn) == 1
    monkeypatch.setattr("ui.committee_list.is_waited_for", lambda: False)
    three.text_area(key=f"udvalg-titel-{KEYS[0]}").input("Et nyt fund").run()
    assert_healthy(three)
    assert any("Et nyt fund" in slide.shapes for slide in drawn)
    monkeypatch.setattr(Image.Image, "resize", resize)
    three.run()
    assert_healthy(three)
    assert len(three.get("image")) == 1 + len(KEYS)
    assert len(drawn) == len(set(drawn))  # kept, not drawn at each run


@pytest.mark.parametrize(
    ("kind", "name"), [("pptx", "PowerPoint"), ("xlsx", "Excel"), ("csv", "CSV")]
)
def test_a_file_is_made_and_waits_until_something_else_is_chosen(
    three: AppTest, kind: str, name: str
) -> None:
    assert f"Hent {name}" not in downloads(three)
    press(three, f"lav-{kind}")
    assert_healthy(three)
    assert downloads(three) == [f"Hent {name}"]
    three.run()
    assert downloads(three) == [f"Hent {name}"]
    if kind == "pptx":
        template = ("skabelon.potx", TEMPLATE.read_bytes(), "application/octet-stream")
        three.file_uploader(key="udvalg-skabelon-fil").set_value(template).run()
        assert downloads(three) == []  # it was made on another template
        press(three, "lav-pptx")
        assert downloads(three) == [f"Hent {name}"]
    press(three, "udvalg-fjern")  # the file is of other figures now
    assert downloads(three) == []


@pytest.mark.parametrize("kind", ["pdf", "docx", "pack"])
def test_what_needs_a_browser_says_what_to_install(three: AppTest, kind: str) -> None:
    press(three, f"lav-{kind}")
    (error,) = three.error
    assert "Billedet kan ikke tegnes" in read(error.value)
    assert downloads(three) == []


# --- kept packs ---------------------------------------------------------------------------------

CORRECTED = "nøgletal;område;periode;værdi\nemployment_rate;aarhus;2021;74,9\n"


@pytest.fixture
def kept(home: Path) -> Path:
    """A pack of June 2024 with an edited title, and a figure that was corrected since."""
    opened = open_store(home, as_of=date(2024, 6, 26))
    choice = Choice(
        "aarhus", "sbu_2024_06_26", ("employment",), ("employment_rate", "self_sufficiency_rate"),
        left_out=("niveau-self_sufficiency_rate-non_western-aarhus",),
        titles={KEYS[0]: "Tre ud af fire"},
    )  # fmt: skip
    save(paper(opened, opened.catalog(), choice), home)
    opened.close()
    publish(Upload("tal.csv", CORRECTED.encode()), None, "Ida", "Rettet", home)
    return home


def open_pack(app: AppTest) -> None:
    """Opens the first kept pack, as a click on it does."""
    (name,) = (
        expander.proto.id.partition("-pakke-")[2]
        for expander in app.expander
        if "-pakke-" in expander.proto.id
    )
    app.session_state[f"pakke-{name}"] = True
    app.run()


def test_a_kept_pack_is_listed_with_what_has_changed_since(kept: Path) -> None:
    app = open_page("udvalg")
    (label,) = (expander.label for expander in app.expander if "data som kendt" in expander.label)
    assert read(label) == (
        "Social- og Beskæftigelsesudvalget, 26. juni 2024 · data som kendt 26. juni 2024 · 1 figur"
    )
    open_pack(app)
    assert_healthy(app)
    assert "1 tal er nyt eller ændret siden:" in texts_of(app)
    (row,) = app.table[-1].value.to_numpy().tolist()
    assert [read(cell).replace("**", "") for cell in row] == [
        "Beskæftigelse", "Aarhus", "Alle", "2021", "73,7 %", "74,9 %",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("button", "day", "title"),
    [
        ("dengang", date(2024, 6, 26), "Tre ud af fire"),
        ("i-dag", None, "Tre ud af fire"),
    ],
)
def test_a_kept_pack_is_opened_again(
    kept: Path, the_day: date, button: str, day: date | None, title: str
) -> None:
    """With the figures of its day, or of today."""
    app = open_page("udvalg", moede="sbu_2025_03_19")
    open_pack(app)
    (pressed,) = (
        element for element in app.button if (element.key or "").startswith(f"{button}-2024-06-26")
    )
    pressed.click().run()
    assert_healthy(app)
    assert app.date_input(key="udvalg-dag").value == (day or the_day)
    assert figures(app) == [title]
    assert app.selectbox(key="moede").value == "sbu_2024_06_26"
    assert app.multiselect(key="udvalg-temaer").value == ["employment"]
    (draft,) = drafts(kept)  # the pack stays as it is
    assert app.query_params == {
        "moede": "sbu_2024_06_26", "omraade": "aarhus", "kladde": draft.draft_id,
    }  # fmt: skip


def test_a_pack_that_cannot_be_kept_is_reported(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KpiError("Pakken kan ikke gemmes", "Kontrollér plads og adgang.")

    monkeypatch.setattr("ui.committee_files.save", full)
    monkeypatch.setattr("kpi.export.pack.annex", lambda paper: b"%PDF")
    monkeypatch.setattr("kpi.export.pack.submission_file", lambda *_: b"PK")
    monkeypatch.setattr("kpi.export.pack.picture", lambda *_: b"PNG")
    app = open_page("udvalg", omraade="odense")
    press(app, "lav-pack")
    assert "Pakken kan ikke gemmes" in texts_of(app)


def test_making_the_pack_keeps_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.export.pack.annex", lambda paper: b"%PDF")
    monkeypatch.setattr("kpi.export.pack.submission_file", lambda *_: b"PK")
    monkeypatch.setattr("kpi.export.pack.picture", lambda *_: b"PNG")
    app = open_page("udvalg", omraade="odense")
    press(app, "lav-pack")
    assert_healthy(app)
    assert downloads(app) == ["Hent Hele pakken (ZIP)"]
    assert len(list((home / "packs").glob("*.json"))) == 1


@pytest.mark.usefixtures("shared_home")
def test_without_uploads_there_is_no_field_for_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_page("udvalg").file_uploader
    monkeypatch.setenv("KPI_UPLOADS", "off")
    app = open_page("udvalg")
    assert_healthy(app)
    assert not app.file_uploader
    assert "PowerPoint" in [button.label for button in app.button]


# --- drafts -------------------------------------------------------------------------------------


def test_chosen_indicators_without_a_figure_are_named(home: Path) -> None:
    app = open_page("udvalg")
    app.multiselect(key="udvalg-noegletal").set_value([*THREE, "language_mentor_places"]).run()
    assert not app.exception
    assert "Ingen figur af Sprogmentorpladser i Aarhus" in texts_of(app)


def test_a_heading_that_says_the_opposite_of_its_figure_is_told_of(three: AppTest) -> None:
    box = f"udvalg-titel-{KEYS[0]}"
    three.text_area(key=box).input("Aarhus klarer sig bedre end landet").run()
    warnings = [read(warning.value) for warning in three.warning]
    assert "Overskriften siger »bedre«, men figuren viser: dårligere end hele landet." in warnings
    press(three, "udvalg-forslag")
    assert [warning for warning in three.warning if "Overskriften" in warning.value] == []
