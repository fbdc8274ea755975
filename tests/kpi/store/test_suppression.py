"""A store with small numbers shows none of them, and still knows what a file would change."""

import io
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from kpi.cli.file_answers import check_answer, check_text
from kpi.cli.show_answers import show_answer, show_text
from kpi.export.csv import write_observations
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.entering import enter
from kpi.store.uploads import check_file, publish, withdraw
from kpi.views.since import since_view
from kpi.views.standings import standings
from tests.kpi.store.small_rows import ROWS

pytestmark = pytest.mark.whole_check

HEAD = ["nøgletal", "område", "periode", "værdi"]
HIDDEN = {("gellerup", "<5"), ("viby_syd", "skjult")}


@pytest.fixture(scope="module")
def small_once(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(built_home, tmp_path_factory.mktemp("small") / "home"))
    done = publish(Upload("tal.csv", ROWS.encode()), None, "Ida", "Kvartal", home)
    assert done.batch_id is not None
    return home


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Path:
    """The default figures and a file with small numbers."""
    return Path(shutil.copytree(small_once, tmp_path / "home"))


@pytest.mark.parametrize("as_of", [None, date(2100, 1, 1)])
def test_small_numbers_are_hidden_in_every_answer(small: Path, as_of: date | None) -> None:
    store = open_store(small, as_of=as_of)
    catalog = store.catalog()
    current = standings(store, "nsk_cases")
    shown = {
        (row["area_id"], row["display"])
        for row in show_answer(store, "nsk_cases", current)["rows"]
        if row["period"] == "2026K1"
    }
    assert shown == {*HIDDEN, ("tilst", "9"), ("aarhus", "24")}
    (share,) = standings(store, "sanction_share", ["aarhus"], ["non_western"])
    assert share.observation.value is None  # one of 49 lacks it
    text = show_text(catalog, "nsk_cases", current)
    rows, _ = write_observations(store, ["nsk_cases", "sanction_share"], None)
    store.close()
    for answer in (text, rows):
        assert "kun 3" not in answer
        assert "3 sager" not in answer
        assert ",48" not in answer


def test_every_number_of_a_hidden_row_is_hidden(small: Path) -> None:
    store = open_store(small)
    for row in store.series(["nsk_cases", "sanction_share"]):
        if row.status == "suppressed":
            assert (row.value, row.numerator, row.denominator, row.note) == (None,) * 4
    store.close()


def test_the_same_file_again_changes_nothing(small: Path) -> None:
    checked = check_file(Upload("tal.csv", ROWS.encode()), home=small)
    assert (checked.new, checked.changed, checked.unchanged, checked.hidden) == (0, 0, 2, 3)
    shown = "".join(ROWS.splitlines(keepends=True)[place] for place in (0, 3, 4))
    publish(Upload("vist.csv", shown.encode()), None, "Ida", "Vist", small)
    checked = check_file(Upload("vist.csv", shown.encode()), home=small)
    assert (checked.new, checked.changed, checked.unchanged, checked.hidden) == (0, 0, 2, 0)


def test_decimals_tell_no_fraction(built_home: Path, tmp_path: Path) -> None:
    """1.4018691588785 percent is 3 of 214, though no row says of how many it is."""
    home = Path(shutil.copytree(built_home, tmp_path / "home"))
    rows = [
        [*HEAD, "tæller", "nævner"], ["sanction_share", "gellerup", "2026", 100 * 3 / 214, "", ""],
        ["sanction_share", "viby_syd", "2026", 20, "", ""],
        ["sanction_share", "aarhus", "2026", 700 / 51, 7, 51],
    ]  # fmt: skip
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    upload = Upload("tal.xlsx", file.getvalue())
    assert publish(upload, None, "Ida", "Note", home).batch_id is not None
    store = open_store(home)
    shown = {
        row.area_id: (row.value, row.decimals)
        for row in store.series(["sanction_share"]) if row.period.text == "2026"
    }  # fmt: skip
    store.close()
    assert shown["gellerup"] == (1.4, 2)
    assert shown["viby_syd"] == (20.0, None)
    assert shown["aarhus"] == (700 / 51, None)  # of how many it is, is said
    assert check_file(upload, home=home).unchanged == 3


def _kept(home: Path, rows: str) -> tuple[str | float | None, ...]:
    """Value, limits, decimals and the source's words of the only figure of 2026 after its rows."""
    content = f"{HEAD_OF_ALL}\n{rows}\n".encode()
    assert publish(Upload("a.csv", content), Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    ((indicator_id,),) = {(row.split(";")[0],) for row in rows.splitlines()}
    (row,) = [row for row in store.series([indicator_id]) if row.period.text == "2026"]
    store.close()
    return row.value, row.low, row.high, row.decimals, row.as_published


HEAD_OF_ALL = "nøgletal;område;periode;værdi;tæller;nævner;som udgivet"


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        # A fraction beside its rounded value, and in the cell of the value.
        ("sanction_share;odense;2026;1,4;;;1,4018691588785 pct.",
         (1.4, None, None, 1, "1,40… pct.")),
        ("sanction_share;odense;2026;ca. 1,4018691588785;;;", (1.4, None, None, 2, None)),
        ("sanction_share;odense;2026;mindst 1,4018691588785;;;", (1.4, None, None, 2, None)),
        ("sanction_share;odense;2026;1,4018691588785-3,0;;;", (None, 1.4, 3.0, 2, None)),
        # Said of how many it is.
        ("sanction_share;odense;2026;14,018691588785;30;214;14,018691588785",
         (14.018691588785, None, None, 12, "14,018691588785")),
        # Hours for each, and money.
        ("nsk_advisor_hours;aarhus;2026;5,2380952381;;;", (5.24, None, None, 2, None)),
        ("nsk_budget;aarhus;2026;15100,333333;;;15.100,333333",
         (15100.33, None, None, 2, "15.100,33…")),
        ("nsk_budget;aarhus;2026;45300;;;ca. 45.300 kr.", (45300, None, None, 0, "ca. 45.300 kr.")),
    ],
)  # fmt: skip
def test_no_word_and_no_limit_keeps_digits_that_its_value_loses(
    row: str, kept: tuple[str | float | None, ...], built_home: Path, tmp_path: Path
) -> None:
    """3 of 214, 110 hours for 21 persons: whichever cell of the row says so."""
    home = Path(shutil.copytree(built_home, tmp_path / "home"))
    assert _kept(home, row) == kept


@pytest.mark.parametrize(
    ("rows", "has_hash"),
    [
        ("sanction_share;odense;2025;1,4018691588785;;;;", False),  # 3 of 214
        ("sanction_share;odense;2025;1,4018691588785;;214;;", False),
        ("sanction_share;odense;2025;1,4;;;;1,4018691588785", False),
        ("sanction_share;odense;2025;14,0;30;214;;", True),
        ("nsk_cases;gellerup;2024K1;30;;;;", True),
        ("nsk_cases;gellerup;2024K1;<5;;;kun 3;", False),  # which its source hides
    ],
)  # fmt: skip
def test_a_hash_tells_no_decimals_and_words_that_are_not_kept(
    rows: str, has_hash: bool, small: Path
) -> None:
    """Whoever knows the rest of a file would try what they may be."""
    content = f"{ROWS.splitlines()[0]}\n{rows}\n".encode()
    assert publish(Upload("a.csv", content), Choices(scale=1.0), "Ida", "x", small).batch_id
    store = open_store(small)
    assert bool(store.batches()[0].original_sha256) is has_hash
    store.close()


def test_no_remark_is_beside_a_hidden_number(small: Path) -> None:
    """As a note of its source it may contain the number; beside a shown one it stands."""
    remark = {"indicator_id": "nsk_cases", "group_id": "all", "period": "2026K1",
              "text": "Kun 3 sager", "source_id": "own_upload"}  # fmt: skip
    areas = ("gellerup", "viby_syd", "tilst", "aarhus")
    rows = [remark | {"remark_id": area_id, "area_id": area_id} for area_id in areas]
    enter({"remark": rows}, "Ida", small)
    store = open_store(small)
    shown = {row.area_id for row in store.series(["nsk_cases"]) if row.value is not None}
    remarked = {each.area_id for each in store.catalog().remarks if each.text == "Kun 3 sager"}
    store.close()
    assert remarked == shown & {*areas} == {"tilst", "aarhus"}


def test_a_known_file_reveals_nothing_hidden(small: Path) -> None:
    """Whoever has all of a file but a number of one digit would soon have tried them all."""
    store = open_store(small)
    assert store.batches()[0].original_sha256 == ""
    store.close()
    answers_to = {
        check_text(check_file(Upload("gæt.csv", guess.encode()), home=small))
        for number in range(1, 5)
        for guess in [ROWS.replace("2026K1;3;", f"2026K1;{number};")]
    }
    assert len(answers_to) == 1


def test_the_earlier_hidden_number_is_not_shown(small: Path) -> None:
    changed = ROWS.replace("2026K1;3;", "2026K1;4;").replace("kun 3", "kun 4")
    checked = check_file(Upload("tal.csv", changed.encode()), home=small)
    diff = check_answer(checked)["diff"]
    assert (diff["changed"], diff["unchanged"], diff["hidden"]) == (0, 2, 3)
    assert [change["old"] for change in diff["changes"]] == [None] * 3
    assert {change["hidden"] for change in diff["changes"]} == {"skjult, kan ikke sammenlignes"}
    assert "3 skjult, kan ikke sammenlignes." in check_text(checked)
    assert not [
        problem for problem in checked.problems if problem.row == 2 and problem.code == "big_change"
    ]


@pytest.mark.parametrize("guess", [2, 3, 4, 12])
def test_no_guess_is_confirmed(small: Path, guess: int) -> None:
    """Whatever is guessed of hidden numbers, the same is answered, and the same is written."""
    guesses = f"nøgletal;område;periode;værdi\nnsk_cases;gellerup;2026K1;{guess}\n"
    checked = check_file(Upload("gæt.csv", guesses.encode()), home=small)
    assert (checked.new, checked.changed, checked.unchanged, checked.hidden) == (0, 0, 0, 1)
    done = publish(Upload("gæt.csv", guesses.encode()), None, "Ida", "Gæt", small)
    store = open_store(small)
    (batch,) = [batch for batch in store.batches() if batch.batch_id == done.batch_id]
    store.close()
    assert (batch.rows_new, batch.rows_changed) == (0, 1)


def test_a_number_that_grows_is_shown_again(small: Path) -> None:
    grown = ROWS.replace("2026K1;3;", "2026K1;30;").replace("2026K1;24;", "2026K1;51;")
    publish(Upload("tal.csv", grown.encode()), None, "Ida", "Rettet", small)
    store = open_store(small)
    values = {
        row.area_id: row.value for row in store.series(["nsk_cases"]) if row.period.text == "2026K1"
    }
    store.close()
    assert values == {"gellerup": 30, "viby_syd": 12, "tilst": 9, "aarhus": 51}


def test_withdrawing_the_file_leaves_nothing_hidden(small: Path) -> None:
    store = open_store(small)
    newest = store.batches()[0].batch_id
    store.close()
    withdraw(newest, "Bo", "Prøve", small)
    store = open_store(small)
    assert not [count for *_, status, count in store.status_counts() if status == "suppressed"]
    store.close()


def test_a_number_that_guards_another_today_is_hidden_on_earlier_days_too(
    home: Path,
) -> None:
    """Shown then and hidden now, it would reveal the small one: 33 less 30 is 3."""
    head = "nøgletal;område;periode;værdi;kilde\n"
    # A source that is public: nobody is guarded in the rest of Aarhus.
    first = head + "".join(
        f"nsk_cases;{area};1987;{number};handleplan_2024\n"
        for area, number in (("aarhus", 33), ("gellerup", 30))
    )
    publish(Upload("a.csv", first.encode()), None, "Ida", "Først", home)
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
    earlier = date(2026, 2, 1)
    assert shown_on(home, earlier) == {"aarhus": 33, "gellerup": 30}
    second = head + "nsk_cases;viby_syd;1987;3;own_upload\n"
    publish(Upload("b.csv", second.encode()), None, "Ida", "Så", home)
    assert shown_on(home, None) == {"aarhus": 33, "gellerup": None, "viby_syd": None}
    assert shown_on(home, earlier) == {"aarhus": 33, "gellerup": None}
    then, now = open_store(home, as_of=earlier), open_store(home)
    news = since_view(then, now, now.catalog(), earlier, "aarhus")
    then.close()
    now.close()
    assert "30" not in {figure.old for figure in news.changed} | {
        figure.before for figure in news.new
    }


def shown_on(home: Path, as_of: date | None) -> dict[str, float | None]:
    store = open_store(home, as_of=as_of)
    rows = store.series(["nsk_cases"])
    store.close()
    return {row.area_id: row.value for row in rows if row.period.text == "1987"}
