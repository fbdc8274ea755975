"""Hidden numbers are not implied by another indicator of the same persons."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.tiers import some

THEME = "Beskæftigelse og selvforsørgelse"
UNITS = {"count": "personer", "proportion": "procent", "mean": "karakter", "amount": "timer"}
HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
# 23 ledige, 20 of them job-ready: hidden, or the 3 that are not would be implied.
PEOPLE = {"all": 23, "job_ready": 20, "activity_ready": 3}
COUNTS = "".join(f"people;aarhus;{group};2024;{number};;\n" for group, number in PEOPLE.items())


def made(home: Path, of: str = "none", **kinds: str) -> None:
    """New indicators; rates are declared `of` none: what is hidden of them is seen of numbers."""
    rows = [
        {"indicator_id": indicator_id, "theme_id": THEME, "kind": kind, "unit": UNITS[kind],
         "name": f"Nyt {indicator_id.replace('_', ' ')}", "definition": "Noget nyt",
         "denominator_id": "" if kind == "count" else of}
        for indicator_id, kind in kinds.items()
    ]  # fmt: skip
    add("indicator", rows, "Ida", home)


def put_out(home: Path, rows: str) -> None:
    assert publish(Upload("a.csv", (HEAD + rows).encode()), None, "Ida", "x", home).batch_id


def shown(home: Path, *indicator_ids: str, as_of: date | None = None) -> set[tuple[str, str]]:
    """The indicators and groups of which a number is shown."""
    store = open_store(home, as_of=as_of)
    rows = store.series(indicator_ids)
    store.close()
    return {(row.indicator_id, row.group_id) for row in rows if row.value is not None}


def test_the_number_of_all_of_a_share_and_of_a_mean(home: Path) -> None:
    made(home, people="count", share="proportion", marks="mean", other="count")
    others = (
        "share;aarhus;all;2024;43,5;10;23\nshare;aarhus;job_ready;2024;40;8;20\n"
        "marks;aarhus;all;2024;7,5;;23\nmarks;aarhus;job_ready;2024;7,5;;20\n"
        # One number that is the same by chance, beside one that is not.
        "other;aarhus;all;2024;77;;\nother;aarhus;job_ready;2024;20;;\n"
    )
    put_out(home, COUNTS + others)
    assert shown(home, "people", "share", "marks", "other") == {
        ("people", "all"), ("share", "all"), ("marks", "all"),
        ("other", "all"), ("other", "job_ready"),
    }  # fmt: skip


def test_what_the_last_round_adds_is_hidden(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more follows from what is hidden than is looked for, nothing that was seen is shown."""
    monkeypatch.setattr("kpi.store.suppression._MOST_ROUNDS", 1)
    made(home, people="count", copied="count")
    put_out(home, COUNTS + "copied;aarhus;job_ready;2024;20;;\n")
    assert shown(home, "people", "copied") == {("people", "all")}


def test_a_copy_that_has_another_guard(home: Path) -> None:
    """What was shown first is spared, so that each indicator had hidden another number."""
    made(home, people="count", copied="count")
    put_out(home, "copied;aarhus;job_ready;2024;20;;\n")
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
    put_out(home, COUNTS + COUNTS.replace("people", "copied"))
    assert shown(home, "people", "copied") == set()
    assert shown(home, "copied", as_of=date(2026, 1, 2)) == set()


@pytest.mark.parametrize("kind", ["proportion", "mean", "count"])
def test_of_how_few_a_share_is_follows_from_no_other(home: Path, kind: str) -> None:
    """Two of three in Gellerup have it: 100 less 50 and 47 are three, whatever hides each."""
    made(home, share="proportion", other=kind)
    rows = {"aarhus": (60, 62, 100), "viby_syd": (20, 40, 50), "tilst": (38, 20, 47),
            "gellerup": (2, 2, 3)}  # fmt: skip
    text = ""
    for area, (having, other, of_all) in rows.items():
        value = f"{100 * having / of_all:.1f}".replace(".", ",")
        text += f"share;{area};all;2024;{value};{having};{of_all}\n"
        rate = f"{(100 if kind == 'proportion' else 1) * other / of_all:.1f}".replace(".", ",")
        text += f"other;{area};all;2024;" + (
            f"{of_all};;\n" if kind == "count" else f"{rate};{other};{of_all}\n"
        )
    put_out(home, text)
    store = open_store(home)
    hidden = {row.area_id for row in store.series(["share", "other"]) if row.value is None}
    shown_areas = {
        row.area_id
        for row in store.series(["share", "other"])
        if (row.value if row.indicator_id == "other" and kind == "count" else row.denominator)
    }
    store.close()
    assert "gellerup" in hidden
    assert not shown_areas >= {"aarhus", "viby_syd", "tilst"}


def test_few_that_lack_something_are_not_implied_by_two_counts(home: Path) -> None:
    made(home, share="proportion", those="count", everyone="count")
    put_out(
        home,
        "share;aarhus;all;2024;97;97;100\nshare;aarhus;job_ready;2024;50;50;100\n"
        "those;aarhus;all;2024;97;;\nthose;aarhus;job_ready;2024;50;;\n"
        "everyone;aarhus;all;2024;100;;\neveryone;aarhus;job_ready;2024;100;;\n",
    )
    assert ("those", "all") not in shown(home, "share", "those", "everyone")
    assert ("those", "job_ready") in shown(home, "share", "those", "everyone")


# 24 cases, 12 in Viby and 9 in Tilst, hidden: 3 are in Gellerup.
CASES = "".join(
    f"people;{area};all;2024;{number};;\n"
    for area, number in {"aarhus": 24, "tilst": 12, "viby_syd": 9, "gellerup": 3}.items()
)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        # Of how many a mean is: its sum implies it.
        ("mean", "other;aarhus;all;2024;7,0;168;\nother;viby_syd;all;2024;7,5;67,5;\n"),
        # How many a percentage is of those it is of, and how many it is not.
        ("proportion", "other;aarhus;all;2024;24,0;;100\nother;viby_syd;all;2024;22,5;;40\n"),
        ("proportion", "other;aarhus;all;2024;76,0;76;100\nother;viby_syd;all;2024;77,5;31;40\n"),
    ],
)
def test_what_follows_from_a_row(home: Path, kind: str, rows: str) -> None:
    made(home, people="count", other=kind)
    put_out(home, CASES + rows)
    store = open_store(home)
    viby_syd = [row for row in store.series(["people", "other"]) if row.area_id == "viby_syd"]
    store.close()
    assert [row.value for row in viby_syd] == [None, None]


def test_a_copy_with_a_guess_implies_nothing(home: Path) -> None:
    """Were only the right guess hidden in the copy, whoever makes copies would find it."""
    made(home, people="count", copied="count")
    put_out(home, CASES)
    guesses = []
    for guess in (8, 9, 10):
        put_out(home, f"copied;aarhus;all;2024;24;;\ncopied;viby_syd;all;2024;{guess};;\n")
        store = open_store(home)
        guesses.append([(row.area_id, row.value) for row in store.series(["copied"])])
        store.close()
    assert guesses[0] == guesses[1] == guesses[2]
    assert ("viby_syd", None) in guesses[0]


@pytest.mark.parametrize(("kind", "row"), [("count", "{};;"), ("mean", "7,5;;{}")])
def test_a_guess_where_nothing_else_is_shown_tells_nothing(home: Path, kind: str, row: str) -> None:
    """Tilst has 8 to 11 by what is shown, 24 - 12 - `<5`: each of them is hidden, and no other."""
    guesses = {"low": 8, "right": 9, "high": 11, "above": 12}
    made(home, people="count", **dict.fromkeys(guesses, kind))
    rows = [f"{name};viby_syd;all;2024;{row.format(guess)}\n" for name, guess in guesses.items()]
    put_out(home, CASES + "".join(rows))
    assert shown(home, *guesses) == {("above", "all")}


def test_a_guess_that_is_hidden_itself_tells_nothing(home: Path) -> None:
    """Means of 1 to 4 are hidden in Gellerup, where 3 are; beside them 10 may be Tilst's number."""
    guesses = range(1, 5)
    made(home, people="count", **dict.fromkeys((f"of_{guess}" for guess in guesses), "mean"))
    rows = [
        f"of_{guess};gellerup;all;2024;7,5;;{guess}\nof_{guess};viby_syd;all;2024;7,5;;10\n"
        for guess in guesses
    ]
    put_out(home, CASES + "".join(rows))
    assert shown(home, *(f"of_{guess}" for guess in guesses)) == set()


def test_rates_imply_of_how_many_they_are(home: Path) -> None:
    made(home, share="proportion")
    put_out(
        home,
        "share;aarhus;all;2024;50,0;50;100\nshare;aarhus;danish;2024;51,6;;\n"
        "share;aarhus;non_western;2024;20,0;;\n",
    )
    assert shown(home, "share") == {("share", "all")}


@pytest.mark.parametrize("kind", ["count", "proportion"])
def test_a_share_without_counts_is_of_the_persons_that_another_counts(
    home: Path, kind: str
) -> None:
    """15 % of 20 are three: that 20 are all of them is seen where both tell it."""
    made(home, share="proportion", people=kind, others=kind)
    rows = {"aarhus": (50.0, 80), "viby_syd": (45.0, 40), "gellerup": (15.0, 20)}
    text = ""
    for area, (rate, of_all) in rows.items():
        counts = ";" if area == "gellerup" else f"{rate * of_all / 100:.0f};{of_all}"
        text += f"share;{area};all;2024;{rate:.1f};{counts}\n".replace(".", ",")
        for indicator_id, number in (("people", of_all), ("others", of_all + 10)):
            text += f"{indicator_id};{area};all;2024;" + (
                f"{number};;\n" if kind == "count" else f"50,0;{number / 2:.0f};{number}\n"
            )
    put_out(home, text)
    store = open_store(home)
    hidden = {
        (row.indicator_id, row.area_id)
        for row in store.series(["share", "people", "others"]) if row.value is None
    }  # fmt: skip
    store.close()
    assert ("share", "gellerup") in hidden
    assert not any(indicator_id == "others" for indicator_id, _ in hidden)


def test_a_guess_beside_a_hidden_share_is_hidden_whether_it_is_right_or_not(home: Path) -> None:
    """Of 36 all but few have it: 32 to 35, of which 33 is true."""
    made(home, people="count", share="proportion", those="count")
    put_out(home, "share;gellerup;all;2024;91,7;33;36\npeople;gellerup;all;2024;36;;\n")
    seen = set()
    for guess in some((31, 33, 32, 35), 3):
        here = Path(shutil.copytree(home, home.parent / str(guess)))
        put_out(here, f"those;gellerup;all;2024;{guess};;\n")
        displayed = frozenset(shown(here, "people", "share", "those"))
        assert (("those", "all") in displayed) == (guess == 31)
        seen.add(displayed)
    assert len(seen) == 2
