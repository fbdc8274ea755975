"""Two stores that differ in hidden numbers alone put out the same, byte for byte, everywhere.

Masked is what differs between two visits of the same store: the hash of a message (of the unmasked
one), a table's random name, and those of files that are made when they are fetched.
"""

import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import count, product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest, local_script_runner

from kpi.cli.commands import main
from kpi.domain.pages import PAGES
from kpi.domain.period import today
from kpi.domain.selection import DIAGRAMS
from kpi.export.annex import annex
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.pack import numbers_csv
from kpi.export.paper import Paper, paper
from kpi.export.pictures import picture, plate_of
from kpi.export.workbook import workbook
from kpi.store import current_version, open_store, version_path
from tests.browser.find_browser import HOW_TO_GET_ONE, find
from tests.pages.upload_page import hand_in
from tests.pages.visit import UNFOLDED, open_page
from tests.tiers import some
from tests.two_stores import EARLIER_DAY, HEADER, Pair, build_base, build_pair, publish_at
from ui.health import health

# Few in Gellerup and Viby Syd. One more was in Gellerup on the earlier day. Of Denmark one group
# alone is shown: it has an exhibit of its areas, and one of the groups.
NUMBERS = [7, 0, 3, 2, 6, 8, 25, 20, 40, 41, 42, 43, 50, 51, 52, 53]
BEFORE = [7, 1, 3, 2, 6, 8, 25, 20, 40, 41, 42, 43, 50, 51, 52, 53]
INDICATORS = ("persons", "rate", "score", "hours", "jobs")
AREAS = ("denmark", "aarhus", "odense", "randers", "gellerup", "viby_syd", "favrskov", "esbjerg")
ALL_AREAS, ALL_GROUPS = ",".join(AREAS), "all,danish,non_western"
VIEWS = [
    ("overblik", {}),
    ("overblik", {"siden": "first"}),
    ("overblik", {"siden": "second"}),
    *(("tema", {"noegletal": indicator_id}) for indicator_id in some(INDICATORS, 3)),
    ("tema", {"noegletal": "persons", "siden": "second"}),
    *(("omraade", {"omraade": area_id}) for area_id in some(AREAS, 5)),
    ("omraade", {"omraade": "aarhus", "sorter": "aendring", "aaben": "persons"}),
    *(
        (
            "sammenlign",
            {
                "noegletal": indicator_id,
                "diagram": diagram,
                "omraader": ALL_AREAS,
                "grupper": ALL_GROUPS,
            },
        )
        for indicator_id, diagram in some([*product(INDICATORS, DIAGRAMS)], 8)
    ),
    ("sammenlign", {"noegletal": "persons", "fra": "2024", "til": "2024", "grupper": "danish"}),
    ("handleplan", UNFOLDED),
    ("handleplan", {"siden": "first", **UNFOLDED}),
    ("udvalg", {"moede": "second"}),
    ("udvalg", {"moede": "second", "omraade": "gellerup"}),
    ("om", {"noegletal": "persons"}),
    ("om", UNFOLDED),
    *(
        (page, {**parameters, "pr": EARLIER_DAY})
        for page, parameters in (
            ("overblik", {"siden": "first"}),
            ("tema", {"noegletal": "persons"}),
            ("tema", {"noegletal": "rate"}),
            ("omraade", {"omraade": "gellerup"}),
            ("omraade", {"omraade": "aarhus"}),
            ("sammenlign", {"noegletal": "persons", "omraader": ALL_AREAS, "grupper": ALL_GROUPS}),
            ("handleplan", UNFOLDED),
            ("udvalg", {}),
            ("om", UNFOLDED),
        )
    ),
]
VIEWS += [(page, {}) for page in PAGES if page not in {named for named, _ in VIEWS}]
COMMANDS = [
    *(["show", indicator_id, "--json"] for indicator_id in INDICATORS),
    ["show", "persons", "--json", "--as-of", EARLIER_DAY],
    ["show", "rate"],
    ["show", "persons", "--area", "gellerup", "--group", "danish"],
    *(["show", "persons", "--area", area_id, "--json"] for area_id in AREAS),
    ["queue", "--json"],
    ["export", "csv"],
    ["export", "csv", "--area", "viby_syd", "--as-of", EARLIER_DAY],
    ["claims", "--json"],
    ["batches", "--json"],
    ["entries", "--json"],
    ["withdraw", "9", "--by", "Ida", "--why", "Prøve"],
]
HIDDEN_PLACES = ("persons;gellerup;non_western;2024", "persons;viby_syd;danish;2024")
_RANDOM = re.compile(
    r'^hash: "\w+"$|uuid: "\w+"|(?<=T_)\w+?(?=_)|(?<=deferred_file_id: ")[\w-]+|(?<=/mock/)[\w/-]+',
    re.MULTILINE,
)
# And the end of one.
_SPINNER = re.compile(r"new_transient \{\s+(?:\}|elements \{\s+spinner \{)")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def pair(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Two stores; nothing may be published in them."""
    built = build_pair(base, tmp_path_factory.mktemp("pair"), NUMBERS, BEFORE)
    assert built is not None
    return built


@pytest.fixture(scope="module", autouse=True)
def messages() -> Iterator[list[str]]:
    """What the last run of a page sent to the browser."""
    sent: list[str] = []
    read: Callable[[Any], Any] = vars(local_script_runner)["parse_tree_from_messages"]

    def kept(messages: Sequence[Any]) -> Any:
        """Keeps what was sent before it is read; spinners come only where a run is slow."""
        texts = (_RANDOM.sub("", str(message)) for message in messages)
        sent[:] = [text for text in texts if not _SPINNER.search(text)]
        return read(messages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "parse_tree_from_messages", kept)
        yield sent


def sent_by(
    pair: Iterable[Path],
    messages: list[str],
    monkeypatch: pytest.MonkeyPatch,
    visit: Callable[[], AppTest],
) -> list[list[str]]:
    """All that a visit of either store sends, with the address it ends at."""
    both = []
    for home in pair:
        monkeypatch.setenv("KPI_HOME", str(home))
        app = visit()
        assert not app.exception
        both.append([*messages, str(app.query_params)])
    return both


def views_apart(
    pair: Pair, messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, dict[str, str]]]:
    """The pages, with their choices, that send something else of either store.

    A picture that is drawn already is sent in its place, and else last: the first of two visits
    draws it for both, so a page that differs is visited once more.
    """

    def are_apart(page: str, parameters: dict[str, str]) -> bool:
        visit = partial(open_page, page, **parameters)
        first, second = sent_by(pair, messages, monkeypatch, visit)
        return first != second

    return [
        (page, parameters)
        for page, parameters in some(VIEWS, 26)
        if are_apart(page, parameters) and are_apart(page, parameters)
    ]


# Tables of true numbers: a publication reads them, and an earlier day that hides them again.
TRUE_TABLES = {"hidden_observation", "past_observation", "published_outline"}


def _tables(home: Path) -> dict[str, list[str]]:
    """The rows of all tables but those; of publications without the hash of their file."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        asked = {name: f'FROM "{name}"' for (name,) in names if name not in TRUE_TABLES}
        asked["batch"] = "SELECT * EXCLUDE (original_sha256) FROM batch"
        return {
            name: sorted(str(row) for row in connection.execute(sql).fetchall())
            for name, sql in asked.items()
        }


def test_no_table_that_pages_read_tells_them_apart(pair: Pair) -> None:
    """What is put out is made of these: intervals, ranks, medians, scales, counts of rows."""
    first, second = map(_tables, pair)
    assert {"current_observation", "recent_observation", "coverage", "figure_count"} <= first.keys()
    assert first == second


@pytest.mark.usefixtures("no_pictures")
def test_no_page_tells_the_stores_apart(
    pair: Pair, messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert views_apart(pair, messages, monkeypatch) == []


@pytest.mark.soak
@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("seed", range(10))
def test_no_page_tells_drawn_towns_apart(
    seed: int, base: Path, messages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw = random.Random(seed)
    built, tries = None, count()
    while built is None:
        numbers = [draw.choice((draw.randint(0, 9), draw.randint(0, 60))) for _ in range(16)]
        before = [number + draw.choice((0, 0, 1, 10)) for number in numbers]
        built = build_pair(base, tmp_path / str(next(tries)), numbers, before, seed)
    assert views_apart(built, messages, monkeypatch) == []


# What a file may hold of hidden keys: the same, other numbers of another size, the next year's.
GUESSES: Mapping[str, Callable[[str], str]] = {
    "same": lambda file: file,
    "rows": lambda file: "\n".join(
        [HEADER, *(row for row in file.splitlines() if "gellerup" in row or "viby_syd" in row)]
    ),
    "tenfold": lambda file: re.sub(r"(2024);(\d+);", r"\1;\g<2>0;", file),
    "next year": lambda file: file.replace("2024", "2025").replace("2023", "2024"),
    "another": lambda file: file.replace("persons;", "jobs;"),
    "unknown": lambda file: file.replace("persons;", "ukendt;"),
    "source": lambda file: file.replace("status\n", "kilde\n").replace(";;;;;\n", ";;;;;paper\n"),
}


def _hand_in(file: str) -> AppTest:
    return hand_in(open_page("indlaes"), "gæt.csv", file)


@pytest.mark.soak
@pytest.mark.usefixtures("no_pictures")
def test_no_file_that_is_handed_in_tells_them_apart(
    pair: Pair, messages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = []
    for name, guess in GUESSES.items():
        file = guess(pair.file)
        first, second = sent_by(
            pair, messages, monkeypatch,
            partial(_hand_in, file),
        )  # fmt: skip
        if first != second:
            apart.append(name)
    assert apart == []


def test_no_command_tells_them_apart(
    pair: Pair,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "kpi")
    commands = [*COMMANDS]
    files = {name: GUESSES[name](pair.file) for name in ("tenfold", "another", "next year")}
    # A guess of one number alone, each that a small one may be and the next.
    files |= {
        f"{place} {guess}": f"{HEADER}\n{place};{guess};;;;;\n"
        for place, guess in some([*product(HIDDEN_PLACES, range(1, 6))], 2)
    }
    for number, file_text in enumerate(files.values()):
        file = tmp_path / f"{number}.csv"
        file.write_text(file_text, encoding="utf-8")
        changes = ["--changes", str(tmp_path / "ændringer.csv")]
        commands += [["check", str(file), "--json", "--scale", "1", *changes]]
    apart = []
    for command in commands:
        said = []
        for home in pair:
            monkeypatch.setenv("KPI_HOME", str(home))
            caplog.clear()
            written = tmp_path / "ændringer.csv"
            written.unlink(missing_ok=True)
            code = main(command)
            changed = written.read_text(encoding="utf-8") if written.exists() else ""
            logged = [record.getMessage() for record in caplog.records]
            said.append((code, capsys.readouterr(), changed, logged))
        if said[0] != said[1]:
            apart.append(command)
    assert apart == []


def papers_of(home: Path, area_id: str, day: date) -> Paper:
    store = open_store(home, as_of=day)
    return paper(store, store.catalog(), Choice(area_id, "second"))


def test_no_paper_tells_them_apart(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files of a paper are made of it alone, and of the names of what it shows."""
    for area_id in ("aarhus", "gellerup", "denmark"):
        for day in (date.fromisoformat(EARLIER_DAY), today()):
            first, second = (papers_of(home, area_id, day) for home in pair)
            assert first.items
            assert first == second
            assert repr(first) == repr(second)
            catalogs = [open_store(home, as_of=day).catalog() for home in pair]
            assert catalogs[0] == catalogs[1]
            assert numbers_csv(first, catalogs[0]) == numbers_csv(second, catalogs[1])
    assert deck(first) == deck(second)
    assert workbook(first, catalogs[0]) == workbook(second, catalogs[1])
    answers = []
    for home in pair:
        monkeypatch.setenv("KPI_HOME", str(home))
        answers.append(health(Request({"type": "http"})).body)
    assert answers[0] == answers[1]


@pytest.mark.soak
def test_no_picture_tells_them_apart(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    if (browser := find()) is None:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    monkeypatch.setenv("BROWSER_PATH", browser)
    first, second = (papers_of(home, "aarhus", today()) for home in pair)
    assert annex(first) == annex(second)
    for ours, theirs in zip(first.items, second.items, strict=True):
        drawn = [
            picture(plate_of(item, made), "slide", "svg")
            for item, made in ((ours, first), (theirs, second))
        ]
        assert drawn[0] == drawn[1]


def test_what_differs_in_a_shown_number_is_told_apart(
    base: Path, messages: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else pages that show nothing, or are not compared, would pass."""
    homes = []
    for jobs in (300, 301):
        homes.append(Path(shutil.copytree(base, tmp_path / str(jobs))))
        publish_at(homes[-1], "tal.csv", f"{HEADER}\njobs;aarhus;;2024;{jobs};;;;;\n")
    first, second = sent_by(
        homes, messages, monkeypatch, lambda: open_page("tema", noegletal="jobs")
    )  # fmt: skip
    assert first != second
