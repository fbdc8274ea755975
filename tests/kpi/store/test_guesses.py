"""Stores that look alike do so still after a guess: neither pages nor answers say that it is right.

They differ in what is hidden alone; whoever may publish or check files tries numbers in them.
"""

import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi.cli.file_answers import check_answer, check_text
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import PublishedUpload, check_file, publish, withdraw
from tests.days import set_day
from tests.kpi.store.test_counting_rates import added
from tests.kpi.store.test_implied_elsewhere import HEAD, made
from tests.tiers import some

pytestmark = pytest.mark.second_look

AREAS = ("gellerup", "viby_syd", "tilst")
# What is shown of all of them: 60 in all, 17 in Tilst; and the year before.
PAIRS = ((3, 40), (1, 42), (2, 41), (4, 39))
BEFORE = {"aarhus": 66, "gellerup": 24, "viby_syd": 25, "tilst": 17}
_DAY = date(2031, 5, 6)
_SEEDS = range(200)


@pytest.fixture
def stores(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Four stores that differ in hidden numbers alone, each a day old."""
    set_day(monkeypatch, _DAY - timedelta(days=1))
    made(home, people="count", copied="count", share="proportion")
    added(home, money=("amount", "kr. om året"), average=("mean", "kr. om året"))
    added(home, change=("mean", "procent"))
    add(
        "source",
        [{"source_id": "open", "title": "Åbne tal", "publisher": "Udgiver", "min_cell": "0",
          "published": "2025-01-01"}],
        "Ida", home,
    )  # fmt: skip
    set_day(monkeypatch, _DAY)
    every = []
    for number, (small, guard) in enumerate(PAIRS):
        town = Path(shutil.copytree(home, tmp_path / f"town{number}"))
        now = {"aarhus": 60, "gellerup": small, "viby_syd": guard, "tilst": 17}
        if sum(now[area] for area in AREAS) != now["aarhus"]:
            raise AssertionError(now)
        rows = "".join(
            f"people;{area};all;{year};{count};;\n"
            for year, of_year in (("2024", now), ("2023", BEFORE))
            for area, count in of_year.items()
        )
        assert _put_out(town, rows).batch_id
        every.append(town)
    assert len({str(looks_of(town)) for town in every}) == 1
    return every


def _put_out(town: Path, rows: str, source: str | None = None) -> PublishedUpload:
    choices = Choices(scale=1.0, source_id=source)
    return publish(Upload("a.csv", (HEAD + rows).encode()), choices, "Bo", "x", town)


def looks_of(town: Path) -> list[tuple[object, ...]]:
    """All figures of today and of each day, and what is said of those that are hidden."""
    every: list[tuple[object, ...]] = []
    for day in (None, *(_DAY + timedelta(days=ahead) for ahead in range(4))):
        store = open_store(town, as_of=day)
        every += [
            (day, row.indicator_id, row.area_id, row.period.text, row.value, row.as_published)
            for row in store.series(["people", "copied", "share", "money", "average", "change"])
        ]
        store.close()
    return every


@pytest.mark.parametrize(
    ("guess", "after"),
    [(("gellerup", 3), "withdrawn"), (("viby_syd", 40), "withdrawn"),
     (("gellerup", 3), "corrected"), (("viby_syd", 40), "corrected")],
)  # fmt: skip
def test_a_guess_in_a_public_copy(
    stores: list[Path], monkeypatch: pytest.MonkeyPatch, guess: tuple[str, int], after: str
) -> None:
    area, count = guess
    copy = f"copied;{area};all;2024;{count};;\ncopied;aarhus;all;2024;60;;\n"
    copy += "copied;tilst;all;2024;17;;\n"
    copy += "".join(f"copied;{where};all;2023;{many};;\n" for where, many in BEFORE.items())
    answers = []
    for town in stores[:2]:
        set_day(monkeypatch, _DAY + timedelta(days=1))
        done = _put_out(town, copy, "open")
        assert done.batch_id
        seen = [done.recoverable, looks_of(town)]
        set_day(monkeypatch, _DAY + timedelta(days=2))
        if after == "withdrawn":
            withdraw(done.batch_id, "Bo", "Prøve", town)
        else:
            again = _put_out(town, f"copied;{area};all;2024;{count + 1};;\n", "open")
            seen += [again.recoverable]
        answers.append([*seen, looks_of(town)])
    assert answers[0] == answers[1]


# A multiple of the number in another unit, and an average of two years.
_MADE_OF_IT: dict[str, Callable[[float, float], float]] = {
    "money": lambda now, before: 1000 * now,
    "average": lambda now, before: (now + before) / 2,
    "change": lambda now, before: 100 * now / before - 100,
}


@pytest.mark.parametrize("made_of_it", ["money", "average", "change"])
def test_a_guess_as_what_is_made_of_the_number(
    stores: list[Path], monkeypatch: pytest.MonkeyPatch, made_of_it: str
) -> None:
    """Where nobody sees the number it is no sign of what a figure is made of."""
    form = _MADE_OF_IT[made_of_it]
    shown = {"2023": BEFORE, "2024": {"tilst": 17, "aarhus": 60}}
    rows = ""
    for year, of_year in shown.items():
        if year == "2024" or made_of_it == "money":
            rows += "".join(
                f"{made_of_it};{area};all;{year};{form(now, BEFORE[area]):.1f};;\n"
                for area, now in of_year.items()
            )
    answers = []
    for town in stores[:2]:
        answer: list[object] = []
        for ahead, guess in enumerate((40, 42), 1):
            set_day(monkeypatch, _DAY + timedelta(days=ahead))
            made_up = form(guess, BEFORE["viby_syd"])
            row = f"{made_of_it};viby_syd;all;2024;{made_up:.1f};;\n"
            done = _put_out(town, (rows + row).replace(".", ","))
            answer += [done.hidden, looks_of(town)]
        answers.append(answer)
    assert answers[0] == answers[1]


def _drawn(seed: int) -> str:
    """A file of guesses: some of the hidden numbers, parts of them, and shares of them."""
    chance = random.Random(seed)
    lines = []
    for _ in range(chance.randint(1, 8)):
        area, year = chance.choice((*AREAS, "aarhus")), chance.choice(("2024", "2024", "2023"))
        of_pairs = [number for pair in PAIRS for number in pair]
        count = chance.choice((*of_pairs, 17, 60, chance.randint(1, 60)))
        kind = chance.random()
        if kind < 0.5:
            lines.append(f"people;{area};all;{year};{count};;\n")
        elif kind < 0.6:
            quarter = chance.randint(1, 4)
            lines.append(f"people;{area};all;{year}K{quarter};{count};;\n")
        elif kind < 0.8:
            lines.append(f"copied;{area};all;{year};{count};;\n")
        else:
            having = chance.randint(0, count)
            share = f"{100 * having / count:.1f}".replace(".", ",")
            counts = f"{having};{count}" if chance.random() < 0.5 else ";"
            lines.append(f"share;{area};all;{year};{share};{counts}\n")
    return HEAD + "".join(dict.fromkeys(lines))


def test_what_is_answered_to_guesses_that_are_only_checked(stores: list[Path]) -> None:
    """Whoever may not publish may check as many files as he likes."""
    unlike = []
    for seed in some(_SEEDS, 6):
        file = Upload("gæt.csv", _drawn(seed).encode())
        for source in (None, "open") if seed % 2 else (None,):
            answers = set()
            for town in stores[:3]:
                checked = check_file(file, Choices(source_id=source), home=town)
                answers.add(f"{check_answer(checked)}\n{check_text(checked)}")
            if len(answers) > 1:
                unlike.append((seed, source))
    assert unlike == []
