"""What was added beside data/ on the pages: new areas, themes and indicators, and retired ones."""

import shutil
from pathlib import Path

import pytest

from kpi.domain.selection import DIAGRAMS
from kpi.ingest.table.raw import Upload
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.kpi.store.quick_check import put_together
from tests.pages.visit import PAGES, assert_healthy, open_page, texts_of, title_of
from tests.tiers import some

LEVELS = ("Programområde", "Boligområde", "Sogn", "Skole")
FIGURES = """nøgletal;område;periode;værdi;tæller;nævner
Trivsel;Langkærparken;2024;80,0;400;500
Trivsel;Langkærparken;2025;60,0;300;500
Trivsel;Frydenlund;2025;70,0;350;500
Trivsel;Aarhus;2025;90,0;900;1000
"""


@pytest.fixture(scope="module")
def added(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A theme with an indicator, and a theme without; two housing areas, one of them with figures,
    a parish and a school; a housing area that was split. Never change it."""
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("added") / "home"))
    add("theme", [{"name": "Sundhed"}, {"name": "Klima"}], "Anna", home)
    area = {"level": "Boligområde", "parent_id": "Aarhus"}
    add("area", [{**area, "name": name} for name in ("Langkærparken", "Frydenlund")], "A", home)
    add("area", [
        {**area, "name": "Tilst Sogn", "level": "Sogn"},
        {**area, "name": "Tilst Skole", "level": "Skole"},
        {**area, "name": "Gammelby", "valid_to": "31.12.2024",
         "succeeded_by": "Langkærparken;Frydenlund"},
    ], "Anna", home)  # fmt: skip
    add("indicator", [{
        "name": "Trivsel", "theme_id": "Sundhed", "kind": "Andel", "definition": "Børn, der trives",
        "headline": "Ja", "direction": "Højere er bedre",
    }], "Anna", home)  # fmt: skip
    with put_together():
        done = publish(Upload("tal.csv", FIGURES.encode()), None, "Anna", "Nye", home)
    assert done.batch_id is not None, done.checked.problems
    return home


@pytest.fixture
def shown(added: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages show `added`."""
    monkeypatch.setenv("KPI_HOME", str(added))
    return added


@pytest.mark.usefixtures("shown", "no_pictures")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_healthy(page: str) -> None:
    assert_healthy(open_page(page))


@pytest.mark.usefixtures("shown")
def test_a_theme_shows_its_new_indicator_and_one_without_says_so() -> None:
    app = open_page("tema", tema="sundhed")
    assert_healthy(app)
    assert "Trivsel" in texts_of(app)
    app = open_page("tema", tema="klima")
    assert_healthy(app)
    assert "Temaet »Klima« har endnu ingen nøgletal" in texts_of(app)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("area_id", "text"),
    [
        ("langkaerparken", "Boligområde · Aarhus · fra 1. januar 2025 også en del af Gammelby"),
        ("tilst_sogn", "Sogn · Aarhus"),
        ("tilst_skole", "Skole · Aarhus"),
        ("gammelby", "til 31. december 2024, derefter Langkærparken og Frydenlund"),
    ],
)
def test_an_area_of_any_level_has_its_page(area_id: str, text: str) -> None:
    app = open_page("omraade", omraade=area_id)
    assert_healthy(app)
    assert text in texts_of(app)


@pytest.mark.usefixtures("shown")
def test_a_line_across_the_day_of_a_merger_says_so() -> None:
    app = open_page("sammenlign", noegletal="trivsel", omraader="langkaerparken,frydenlund")
    assert "Langkærparken omfatter fra 1. januar 2025 også en del af Gammelby." in texts_of(app)


@pytest.mark.usefixtures("shown")
def test_a_small_area_is_neither_better_nor_worse_and_has_no_place() -> None:
    app = open_page("omraade", omraade="langkaerparken")
    text = texts_of(app) + "".join(str(table.value.to_dict()) for table in app.table)
    assert "Lavere" in text
    assert "Dårligere" not in text
    assert "Bedre" not in text
    for diagram in DIAGRAMS:
        app = open_page("sammenlign", noegletal="trivsel", omraader="langkaerparken,frydenlund",
                        diagram=diagram)  # fmt: skip
        assert [exception.message for exception in app.exception] == []


@pytest.mark.usefixtures("no_pictures")
def test_what_is_retired_is_not_offered_and_keeps_its_address(added: Path, home: Path) -> None:
    shutil.rmtree(home)
    shutil.copytree(added, home)
    add("indicator", [{"indicator_id": "trivsel", "retired": "ja"}], "Anna", home)
    add("area", [{"area_id": "frydenlund", "retired": "ja"}], "Anna", home)
    for page in some(PAGES, 3):
        assert_healthy(open_page(page))
    app = open_page("sammenlign")
    (box,) = [box for box in app.selectbox if box.label == "Nøgletal"]
    assert "Trivsel" not in box.options
    app = open_page("omraade")
    assert "Frydenlund" not in app.selectbox(key="omraade").options
    app = open_page("omraade", omraade="frydenlund")
    assert_healthy(app)
    assert title_of(app).startswith("Frydenlund")
    assert "udgået" in texts_of(app)
    app = open_page("sammenlign", noegletal="trivsel", omraader="frydenlund,aarhus")
    said = " ".join(element.value for element in app.info)
    assert "»Trivsel« (fra " in said
    assert "»Frydenlund« (fra " in said
    assert "Aarhus" not in said
    app = open_page("tema", tema="sundhed", noegletal="trivsel")
    # It stands over the chart, not beside its boxes, which a phone has under it.
    left, *_ = (each for each in app.get("column") if each.get("plotly_chart"))
    assert "Taget ud af brug" in " ".join(element.value for element in left.info)
    # Nor is it a line of an area's page; that is said, and where its figures are.
    app = open_page("omraade", omraade="aarhus", aaben="trivsel/all")
    assert "»Trivsel« er taget ud af brug (fra " in " ".join(element.value for element in app.info)
    for page, asked in (
        ("sammenlign", {"noegletal": "trivsel", "omraader": "langkaerparken"}),
        ("tema", {"tema": "sundhed", "noegletal": "trivsel"}),
        ("omraade", {"omraade": "langkaerparken", "aaben": "trivsel/all"}),
    ):
        app = open_page(page, visning="indlejret", **asked)
        assert "Taget ud af brug" in " ".join(element.value for element in app.info), page
    # Not shown where nobody asked for it.
    app = open_page("omraade", omraade="langkaerparken")
    assert "Trivsel" not in texts_of(app)
    assert any("taget ud af brug" in element.value for element in app.info)
    assert "endnu" not in title_of(app)
    app = open_page("sammenlign", noegletal="trivsel", omraader="langkaerparken")
    assert_healthy(app)
    assert title_of(app) == "Trivsel"
    app = open_page("tema", noegletal="trivsel")
    assert_healthy(app)
    assert "Trivsel" in texts_of(app)
