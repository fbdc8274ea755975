"""Small numbers leave the program nowhere: no page, chart, alt text, table, download or answer."""

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import duckdb
import pytest
import streamlit
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from kpi.cli.commands import main
from kpi.domain.catalog import Catalog
from kpi.domain.pages import PAGES as ALL_PAGES
from kpi.domain.period import DENMARK
from kpi.domain.selection import DIAGRAMS
from kpi.domain.vocabulary import CHART_FILES, PAPER_FILES, PICTURE_FORMATS
from kpi.export.annex import annex
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.drafts import new_draft
from kpi.export.overview_page import overview_pdf
from kpi.export.pack import numbers_csv
from kpi.export.paper import Paper, paper
from kpi.export.pictures import picture, plate_of
from kpi.export.saved import save
from kpi.export.status import status_pdf
from kpi.export.status_word import status_file
from kpi.export.word import submission_file
from kpi.export.workbook import workbook
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.browser.find_browser import HOW_TO_GET_ONE, find
from tests.days import today
from tests.kpi.store.quick_check import put_together
from tests.pages.visit import UNFOLDED, open_page
from ui.first_picture import NEWEST

# Gellerup's 3 is small. Viby Syd's 11.717 would be computed from the total and Tilst's, so it is
# hidden as well. 3 of 74.321 parents hides both; and only 2 of 5.151 lack it in 2026.
ROWS = """nøgletal;område;gruppe;periode;værdi;tæller;nævner;note;som udgivet
nsk_cases;gellerup;;2026K1;3;;;kun-tre-sager;netop-tre
nsk_cases;tilst;;2026K1;31313;;;;
nsk_cases;viby_syd;;2026K1;11717;;;;
nsk_cases;aarhus;;2026K1;43033;;;;
labour_market_link_share;tilst;;2026K1;0,0;3;74321;;
labour_market_link_share;viby_syd;;2026K1;99,96;5149;5151;;
labour_market_link_share;gellerup;;2026K1;40;40000;100000;;
"""
# The same on an earlier day, when the total and one of its parts were other numbers.
EARLIER, EARLIER_DAY = ROWS.replace("31313", "21313").replace("43033", "33033"), "2026-06-02"
SECRETS = ("11717", "11.717", "kun-tre", "netop-tre", "74321", "74.321", "5149", "5151", "5.151")
SHOWN = ("43.033", "31.313")
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[\d.]+$")

PAGES = [
    ("overblik", {}),
    *(
        ("tema", {"noegletal": indicator_id})
        for indicator_id in ("nsk_cases", "labour_market_link_share")
    ),
    *(("omraade", {"omraade": area_id}) for area_id in ("aarhus", "gellerup", "viby_syd", "tilst")),
    *(
        (
            "sammenlign",
            {
                "noegletal": indicator_id,
                "diagram": diagram,
                "omraader": "aarhus,gellerup,viby_syd,tilst",
            },
        )
        for indicator_id in ("nsk_cases", "labour_market_link_share")
        for diagram in DIAGRAMS
    ),
    ("handleplan", UNFOLDED),
    ("handleplan", {"siden": "rmm_2024_06_24", **UNFOLDED}),
    *(
        ("udvalg", {"moede": "sbu_2025_03_19", "omraade": area_id})
        for area_id in ("aarhus", "gellerup")
    ),
    ("om", UNFOLDED),
    ("tema", {"noegletal": "nsk_cases", "pr": EARLIER_DAY}),
    ("tema", {"noegletal": "labour_market_link_share", "pr": EARLIER_DAY}),
    ("omraade", {"omraade": "tilst", "pr": EARLIER_DAY}),
]
PAGES += [(page, {}) for page in ALL_PAGES if page not in {named for named, _ in PAGES}]


@pytest.fixture(scope="module")
def small(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with small numbers, which every page and command reads."""
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("small") / "home"))
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("KPI_HOME", str(home))
        with put_together():
            publish(Upload("før.csv", EARLIER.encode()), None, "Ida", "Kvartal", home)
        with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
            connection.execute(
                "UPDATE batch SET known_from = $day WHERE origin = 'upload'", {"day": EARLIER_DAY}
            )
        with put_together():
            publish(Upload("tal.csv", ROWS.encode()), None, "Ida", "Kvartal", home)
        yield home


def secrets_in(text: str) -> list[str]:
    """The hidden numbers and notes in a text; the digits of a file's random id are no number."""
    return [
        secret
        for secret in SECRETS
        if re.search(rf"(?<![0-9a-f]){re.escape(secret)}(?![0-9a-f])", text)
    ]


def everything_sent(app: AppTest) -> str:
    """All that a page sends to the browser, as text."""
    sent = []
    for node in (app.main, app.sidebar):
        for element in node:
            proto = getattr(element, "proto", None)
            sent.append(str(proto))
            sent += [str(getattr(proto, name, "")) for name in ("spec", "alt", "figure")]
    sent += [table.value.to_string() for table in app.table]
    return "\n".join(sent)


@pytest.fixture
def csv_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The CSV files behind the buttons of pages that are opened: tables whole, and charts."""
    files: list[str] = []
    button = streamlit.download_button

    def press(label: str, data: Callable[[], bytes | str], **look: Any) -> bool:
        """Takes the file, and draws the button."""
        if str(look["file_name"]).endswith(".csv"):
            made = data()
            files.append(made.decode() if isinstance(made, bytes) else made)
        return button(label, data, **look)

    monkeypatch.setattr(streamlit, "download_button", press)
    return files


# Pages that always hand out a table or a chart of figures.
_WITH_TABLES = {"overblik", "tema", "omraade", "om"}


@pytest.mark.every_case
@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize(("page", "parameters"), PAGES)
def test_no_page_sends_or_hands_out_a_hidden_number(
    small: Path, page: str, parameters: dict[str, str], csv_files: list[str]
) -> None:
    app = open_page(page, **parameters)
    assert not app.exception
    sent = everything_sent(app)
    assert secrets_in("\n".join([sent, *csv_files])) == []
    assert csv_files or page not in _WITH_TABLES


def test_the_first_picture_contains_no_hidden_number(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NEWEST, "drawn", None)
    NEWEST.draw()
    assert NEWEST.drawn
    assert len(NEWEST.drawn.html) > 1_000
    assert secrets_in(NEWEST.drawn.html) == []


def test_an_earlier_day_shows_what_it_may(small: Path) -> None:
    sent = everything_sent(open_page("omraade", omraade="viby_syd", pr=EARLIER_DAY))
    assert "21.313" in sent


@pytest.mark.usefixtures("no_pictures")
def test_what_may_be_seen_is_seen(small: Path) -> None:
    """Else a page that shows nothing at all would pass."""
    sent = everything_sent(open_page("omraade", omraade="aarhus"))
    sent += everything_sent(open_page("omraade", omraade="viby_syd"))
    assert [number for number in SHOWN if number not in sent] == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    "command",
    [
        ["show", "nsk_cases"],
        ["show", "nsk_cases", "--json"],
        ["show", "nsk_cases", "--json", "--as-of", "i dag"],
        ["show", "labour_market_link_share", "--json"],
        ["export", "csv"],
        ["export", "csv", "--as-of", "i dag"],
        ["claims", "--json"],
        ["batches", "--json"],
        ["entries", "--json"],
        ["queue", "--json"],
    ],
)
def test_no_command_prints_a_hidden_number(
    small: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command = [today().isoformat() if word == "i dag" else word for word in command]
    assert main(command) == 0
    printed = "".join(capsys.readouterr())
    assert secrets_in(printed) == []


# Shown until the limit of their source is raised above the first; then all four are hidden, for
# the total and two parts would say it.
SHOWN_BEFORE = """nøgletal;område;gruppe;periode;værdi
nsk_cases;gellerup;;2026K2;13131
nsk_cases;tilst;;2026K2;35353
nsk_cases;viby_syd;;2026K2;25252
nsk_cases;aarhus;;2026K2;73736
"""
RAISED = re.compile(r"13\.?131|35\.?353|25\.?252|73\.?736")


@pytest.fixture(scope="module")
def raised(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The store with numbers that everybody has seen and a limit above them."""
    home = Path(shutil.copytree(small, tmp_path_factory.mktemp("raised") / "home"))
    with put_together():
        publish(Upload("før.csv", SHOWN_BEFORE.encode()), None, "Ida", "Kvartal", home)
    store = open_store(home)
    shown = {row.value for row in store.series(["nsk_cases"])}
    store.close()
    assert shown >= {13131, 35353, 25252, 73736}
    source = {"source_id": "own_upload", "title": "Egen indberetning", "min_cell": "14000"}
    assert add("source", [source], "Ida", home).hidden == {"nsk_cases": 4}
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("KPI_HOME", str(home))
        yield home


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("day", [{}, {"pr": "i dag"}, {"pr": EARLIER_DAY}])
@pytest.mark.parametrize(("page", "parameters"), [
    ("overblik", {}), ("tema", {"noegletal": "nsk_cases"}), ("omraade", {"omraade": "gellerup"}),
    ("sammenlign", {"noegletal": "nsk_cases", "omraader": "aarhus,gellerup,viby_syd,tilst"}),
    ("udvalg", {"moede": "sbu_2025_03_19", "omraade": "gellerup"}), ("om", UNFOLDED),
])  # fmt: skip
def test_no_page_sends_what_was_seen_before_the_limit_was_raised(
    raised: Path, page: str, parameters: dict[str, str], day: dict[str, str], csv_files: list[str]
) -> None:
    as_of = {key: day[key].replace("i dag", today().isoformat()) for key in day}
    sent = everything_sent(open_page(page, **parameters, **as_of))
    assert len(sent) > 1_000
    assert RAISED.findall("\n".join([sent, *csv_files])) == []


def test_no_command_and_no_paper_says_what_was_seen_before_the_limit_was_raised(
    raised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["show", "nsk_cases", "--json"], ["export", "csv"], ["batches", "--json"]):
        assert main(command) == 0
    store = open_store(raised, as_of=today())
    made = paper(store, store.catalog(), Choice("gellerup", "", (), BOTH))
    words = texts_within(deck(made)) + texts_within(workbook(made, store.catalog()))
    store.close()
    printed = capsys.readouterr().out
    assert "2026K2" in printed
    assert RAISED.findall(printed + words) == []


def test_checking_the_file_anew_shows_its_own_rows_only(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another file about the same keys must not show what stood there before."""
    changed = tmp_path / "ny.csv"
    changed.write_text(ROWS.replace("11717", "4444").replace("kun-tre", "x"), encoding="utf-8")
    changes = tmp_path / "changes.csv"
    assert main(["check", str(changed), "--json", "--changes", str(changes)]) == 0
    answer = json.dumps(json.loads(capsys.readouterr().out)) + changes.read_text("utf-8")
    assert "kan ikke sammenlignes" in answer
    assert "11717" not in answer
    assert "kun-tre" not in answer


# --- papers -------------------------------------------------------------------------------------


def test_every_format_is_among_those_that_are_tried() -> None:
    """Below, one by one. A pack is of the others, a PNG and one of outlines made of the SVG.

    The files of one chart are those of a paper with that chart alone.
    """
    tried = {"pptx", "docx", "notat", "status", "status-docx", "overblik", "xlsx", "csv", "pdf"}
    pictures = {"svg", "png", "svg-omrids"}
    apart = {*PAPER_FILES, *PICTURE_FORMATS, *CHART_FILES} ^ (tried | pictures | {"pack"})
    assert not apart, f"have a test below of the files where hidden numbers may be: {apart}"


BOTH = ("nsk_cases", "labour_market_link_share")


@pytest.fixture(scope="module")
def handed_in(small: Path) -> Paper:
    """The paper that Udvalg makes of the store."""
    store = open_store(small, as_of=datetime.now(DENMARK).date())
    made = paper(store, store.catalog(), Choice("aarhus", "", (), BOTH))
    store.close()
    return made


@pytest.fixture(scope="module")
def catalog(small: Path) -> Catalog:
    store = open_store(small)
    known = store.catalog()
    store.close()
    return known


def texts_within(content: bytes) -> str:
    """All text of an Office file: of every part, and of the workbooks within it.

    Numbers alone in an attribute are places and sizes, which may be any.
    """
    texts = []
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if part.startswith(b"PK"):
                texts.append(texts_within(part))
            elif name.endswith((".xml", ".rels")):
                for element in ElementTree.fromstring(part).iter():  # noqa: S314  (it is our own)
                    texts += [element.text or "", element.tail or ""]
                    texts += [text for text in element.attrib.values() if not _NUMBER.match(text)]
    return "\n".join(texts)


def test_no_slide_contains_a_hidden_number(handed_in: Paper) -> None:
    texts = texts_within(deck(handed_in))
    assert "Unikke sager" in texts
    assert secrets_in(texts) == []


def test_no_workbook_contains_a_hidden_number(handed_in: Paper, catalog: Catalog) -> None:
    texts = texts_within(workbook(handed_in, catalog))
    assert "43033" in texts  # what may be seen is there
    assert secrets_in(texts) == []


def test_no_csv_of_a_paper_contains_a_hidden_number(handed_in: Paper, catalog: Catalog) -> None:
    text = numbers_csv(handed_in, catalog).decode()
    assert "43033" in text
    assert secrets_in(text) == []


def test_no_annex_no_picture_and_no_word_file_contains_a_hidden_number(
    handed_in: Paper, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (browser := find()) is None:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    monkeypatch.setenv("BROWSER_PATH", browser)
    pdf = PdfReader(io.BytesIO(annex(handed_in)))
    text = "".join(page.extract_text() for page in pdf.pages)
    text += json.dumps(pdf.metadata, default=str)
    for item in handed_in.items:
        drawn = ElementTree.fromstring(  # noqa: S314  (it is our own)
            picture(plate_of(item, handed_in), "slide", "svg")
        )
        # Not the typefaces, whose letters and digits may be any.
        text += "".join("".join(each.itertext()) for each in drawn.iter(f"{_SVG}text"))
        text += "".join(each.text or "" for each in drawn)
    assert text.count("43.033") >= 2  # in the annex and in the picture
    assert secrets_in(text) == []
    words = ""
    for pdf_bytes in (status_pdf(handed_in, catalog), overview_pdf(handed_in, catalog)):
        words += "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_bytes)).pages)
    words += texts_within(status_file(handed_in, catalog))
    assert secrets_in(words) == []
    for form in ("indstilling", "notat"):
        words = texts_within(submission_file(handed_in, form))
        assert "43.033" in words
        assert secrets_in(words) == []


def test_what_is_kept_of_papers_holds_no_numbers(handed_in: Paper, tmp_path: Path) -> None:
    save(handed_in, tmp_path)
    new_draft("Til udvalget", handed_in.choice, handed_in.as_of, tmp_path)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.name for path in kept} >= {"packs", "drafts"}
    assert secrets_in("\n".join(path.read_text("utf-8") for path in kept)) == []
