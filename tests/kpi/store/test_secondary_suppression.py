"""What several days, periods, groups, counts and limits would reveal together is hidden."""

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.cli.show_answers import show_answer
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.adding import add
from kpi.store.purging import purge
from kpi.store.uploads import publish, withdraw
from kpi.suppression.hiding import Hiding
from kpi.views.standings import standings
from kpi.views.upload_counts import recoverable_words
from tests.kpi.store.small_rows import ROWS

HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
DAYS = (date(2026, 1, 1), date(2026, 2, 1))


def published(home: Path, *files: str) -> None:
    """One file a day, the last one today."""
    for number, rows in enumerate(files):
        done = publish(Upload(f"{number}.csv", (HEAD + rows).encode()), None, "Ida", "Tal", home)
        assert done.batch_id is not None, done.checked.problems
        if number < len(files) - 1:
            with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
                connection.execute(
                    "UPDATE batch SET known_from = $day WHERE batch_id = $batch",
                    {"day": DAYS[number], "batch": done.batch_id},
                )


def on_day(home: Path, indicator: str, day: date | None) -> dict[tuple[str, str, str], object]:
    store = open_store(home, as_of=day)
    rows = store.series([indicator])
    store.close()
    return {(row.area_id, row.group_id, row.period.text): row.value for row in rows}


CASES = "nsk_cases;{};;1987;{};;\n"
TOWN = "".join(
    CASES.format(*figure)
    for figure in (("gellerup", 3), ("viby_syd", 20), ("tilst", 40), ("aarhus", 63))
)


# Two files, and the areas hidden of both today and the day before.
TWO_DAYS: list[tuple[str, str, set[str], set[str]]] = [
        # What was shown before reveals nothing: a new number is hidden, not an old one.
        (TOWN.replace(";3;", ";7;").replace(";63;", ";67;"),
         CASES.format("gellerup", 3) + CASES.format("aarhus", 63), {"gellerup", "aarhus"}, set()),
        # The guard is corrected, or another would be smaller now: it is the same one on both days.
        (TOWN, CASES.format("viby_syd", 30) + CASES.format("aarhus", 73),
         {"gellerup", "viby_syd"}, {"gellerup", "viby_syd"}),
        (TOWN, CASES.format("tilst", 10) + CASES.format("aarhus", 33),
         {"gellerup", "viby_syd"}, {"gellerup", "viby_syd"}),
        # The small number has grown, and could be computed of the day before.
        (TOWN, CASES.format("gellerup", 30) + CASES.format("aarhus", 90),
         {"gellerup", "viby_syd"}, {"gellerup", "viby_syd"}),
]  # fmt: skip


def test_two_days_reveal_no_more_than_one(home: Path) -> None:
    # Each has a year of its own.
    years = [f"{year}" for year in range(1987, 1987 + len(TWO_DAYS))]
    turns = zip(*(files for *files, _, _ in TWO_DAYS), strict=True)
    published(
        home,
        *(
            "".join(file.replace("1987", year) for year, file in zip(years, files, strict=True))
            for files in turns
        ),
    )
    for place, day in ((2, None), (3, DAYS[0])):
        rows = on_day(home, "nsk_cases", day)
        for year, case in zip(years, TWO_DAYS, strict=True):
            gone = {area for (area, _, period), value in rows.items()
                    if period == year and value is None}  # fmt: skip
            assert gone == case[place], (year, day)


def test_a_withdrawn_number_is_still_known(home: Path) -> None:
    published(home, TOWN, CASES.format("viby_syd", 50) + CASES.format("aarhus", 93))
    store = open_store(home)
    newest = store.batches()[0].batch_id
    store.close()
    withdraw(newest, "Bo", "Prøve", home)
    for day in (None, DAYS[0]):
        rows = on_day(home, "nsk_cases", day)
        assert rows["gellerup", "all", "1987"] is None
        assert rows["viby_syd", "all", "1987"] is None


# A file, its indicator, and what is hidden of it: (group, period).
NSK, SHARE = "nsk_cases;gellerup;{};{};{};;\n", "sanction_share;aarhus;;1987;{};{};{}\n"
ONE_DAY = [
    ([("", "2021:2023", 13), ("", "2021:2022", 10), ("", "2023", 3)],
     {("all", "2021:2022"), ("all", "2023")}),
    ([("", "2021:2023", 13), ("", "2021:2022", 10)], {("all", "2021:2022")}),
    ([("", "1987", 50), ("", "1987H1", 20), ("", "1987K3", 27), ("", "1987K4", 3)],
     {("all", "1987H1"), ("all", "1987K4")}),
    ([("", "2025M01:2025M08", 47), ("", "2025M03:2025M10", 50), ("", "2025M01:2025M02", 20),
      ("", "2025M09:2025M10", 23)], set()),
    ([("", "1987", 100), ("non_western", "1987", 97), ("danish", "1987", 3),
      ("danish_women", "1987", 2)],
     {("non_western", "1987"), ("danish", "1987"), ("danish_women", "1987")}),
    ([("", "1987", 100), ("non_western", "1987", 97)], {("non_western", "1987")}),
    ([("", "1987", 100), ("non_western", "1987", 50), ("danish", "1987", 50),
      ("job_ready", "1987", 97), ("activity_ready", "1987", 3)],
     {("job_ready", "1987"), ("activity_ready", "1987")}),
    ([("non_western", "1987", 40), ("non_western_excl_ukraine", "1987", 37)],
     {("non_western_excl_ukraine", "1987")}),
    ([("non_western", "1987", 40), ("non_western_excl_ukraine", "1987", 30)], set()),
]  # fmt: skip


def years_later(period: str, years: int) -> str:
    return re.sub(r"\d{4}", lambda year: f"{int(year[0]) + years}", period)


def test_periods_and_groups_reveal_nothing(home: Path) -> None:
    # Each has years of its own.
    tables = [
        ([(group, years_later(period, -10 * place), n) for group, period, n in rows],
         {(group, years_later(period, -10 * place)) for group, period in hidden})
        for place, (rows, hidden) in enumerate(ONE_DAY)
    ]  # fmt: skip
    published(home, "".join(NSK.format(*row) for rows, _ in tables for row in rows))
    shown = on_day(home, "nsk_cases", None)
    gone = {key[1:] for key, value in shown.items() if value is None}
    for rows, hidden in tables:
        keys = {(group or "all", period) for group, period, _ in rows}
        assert gone & keys == hidden


@pytest.mark.every_case
@pytest.mark.parametrize(
    "files",
    [
        [SHARE.format("15,0", "", 20)],
        # Of how many, is known.
        pytest.param(
            [SHARE.format("50,0", 10, 20), SHARE.format("15,0", "", "")], marks=pytest.mark.soak
        ),
        [SHARE.format("93,0", 40, "")],  # three of 43 lack it
    ],
)
def test_a_percentage_of_a_known_number_is_a_number_of_persons(
    home: Path, files: list[str]
) -> None:
    published(home, *files)
    assert on_day(home, "sanction_share", None)["aarhus", "non_western", "1987"] is None


def test_publishing_says_what_can_be_computed_from_memory(home: Path) -> None:
    """33 and 30 were shown before the 3 came: it can be hidden, not forgotten."""
    public = "nøgletal;område;periode;værdi;kilde\n" + "".join(
        f"nsk_cases;{area};1987;{number};handleplan_2024\n"
        for area, number in (("aarhus", 33), ("gellerup", 30))
    )
    publish(Upload("a.csv", public.encode()), None, "Ida", "Først", home)
    rows = HEAD + CASES.format("viby_syd", 3)
    done = publish(Upload("b.csv", rows.encode()), None, "Ida", "Tal", home)
    assert done.recoverable == 1
    assert "kan regnes ud af det, der har været vist før" in recoverable_words(done.recoverable)


def test_what_cannot_be_computed_is_hidden(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Hiding:
        raise ZeroDivisionError

    monkeypatch.setattr("kpi.store.suppression.what_to_hide", fails)
    published(home, TOWN)
    rows = on_day(home, "nsk_cases", None)
    assert {value for (_, _, period), value in rows.items() if period == "1987"} == {None}


SAID = {
    # What a row says of value, numerator and denominator: what is shown of it; None: nothing.
    ("count", "3;;"): "<5",
    ("count", "25;3;"): None,  # two numbers, one of which is small
    ("count", "25;3;40"): None,
    ("count", "25;40;43"): None,  # three are left
    ("count", "25;;"): 25.0,
    ("amount", "1200,5;;3"): None,  # of three persons
    ("amount", "1200,5;2;3"): None,
    ("amount", "1200,5;;30"): 1200.5,
    ("mean", "7,1;;3"): None,
    ("count", "..;3;20"): None,  # beside a number that is missing
    ("count", "..;17;20"): None,
    ("count", "..;;3"): None,
    ("mean", "7,1;14,2;"): None,  # of two, since these are all that they have
}


def test_all_that_a_row_says_is_guarded(home: Path) -> None:
    """Also numbers beside the value, and of how many persons an amount or a mean is."""
    theme = "Beskæftigelse og selvforsørgelse"
    made = [
        {"indicator_id": f"of_{kind}", "theme_id": theme, "name": f"Nyt {kind}", "kind": kind,
         "unit": unit, "definition": "Noget nyt"}
        for kind, unit in (("count", "personer"), ("amount", "kr"), ("mean", "karakter"))
    ]  # fmt: skip
    add("indicator", made, "Ida", home)
    rows = {(f"of_{kind}", str(2000 + n)): row for n, (kind, row) in enumerate(SAID)}
    table = "nøgletal;område;periode;værdi;tæller;nævner\n" + "".join(
        f"{indicator_id};aarhus;{period};{row}\n" for (indicator_id, period), row in rows.items()
    )
    assert publish(Upload("a.csv", table.encode()), None, "Ida", "x", home).batch_id
    store = open_store(home)
    observations = store.series([indicator["indicator_id"] for indicator in made])
    store.close()
    shown = {
        (figure.indicator_id, figure.period.text): figure.value
        if figure.value is not None
        else figure.as_published
        for figure in observations
    }
    assert shown == dict(zip(rows, SAID.values(), strict=True))
    assert all(
        figure.numerator is figure.denominator is None
        for figure in observations
        if figure.value is None
    )


def test_a_file_that_is_removed_reveals_nothing_to_whoever_remembers_it(home: Path) -> None:
    """24 was read; once it is gone, 9 and 12 beside it would leave 3 for him."""
    lines = ROWS.splitlines(keepends=True)
    publication = publish(Upload("a.csv", (lines[0] + lines[4]).encode()), None, "Ida", "Alt", home)
    publish(Upload("b.csv", "".join(lines[:4]).encode()), None, "Ida", "Dele", home)
    before = now_shown(home)
    assert before == {"aarhus": 24, "tilst": 9}
    purge(publication.batch_id or 0, "Bo", "Forkert fil", home)
    assert now_shown(home) == {"tilst": 9}


def now_shown(home: Path, as_of: date | None = None) -> dict[str, float]:
    """Everyone's cases of the quarter, by area."""
    store = open_store(home, as_of=as_of)
    values = {
        row.area_id: row.value for row in store.series(["nsk_cases"])
        if row.period.text == "2026K1" and row.value is not None and row.group_id == "all"
    }  # fmt: skip
    store.close()
    return values


def test_the_guard_of_a_removed_file_is_hidden_when_it_comes_again(home: Path) -> None:
    """24 and 9 were shown: with the 12 that was hidden they reveal the 3 of the removed file."""
    removed = publish(Upload("a.csv", ROWS.encode()), None, "Ida", "Kvartal", home)
    assert removed.batch_id
    assert now_shown(home) == {"aarhus": 24, "tilst": 9}
    purge(removed.batch_id, "Ida", "Et navn i en note", home)
    again = ROWS.replace("2026K1;3;", "2026K1;30;").replace("2026K1;24;", "2026K1;51;")
    publish(Upload("b.csv", again.encode()), None, "Ida", "Rettet", home)
    assert now_shown(home) == {"aarhus": 51, "tilst": 9}


def test_a_guess_that_is_called_public_is_not_confirmed(home: Path, tmp_path: Path) -> None:
    """Two towns that look the same do so still when somebody puts out a guess of a source of 0."""
    looks = []
    for number, (small, guard) in enumerate(((3, 12), (2, 13))):
        town = Path(shutil.copytree(home, tmp_path / f"town{number}"))
        rows = ROWS.replace("2026K1;3;", f"2026K1;{small};").replace(
            "2026K1;12;", f"2026K1;{guard};"
        )
        publish(Upload("a.csv", rows.encode()), None, "Ida", "Kvartal", town)
        with duckdb.connect(str(version_path(town, current_version(town)))) as connection:
            connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
        guess = "nøgletal;område;periode;værdi;kilde\nnsk_cases;gellerup;2026K1;3;handleplan_2024\n"
        publish(Upload("b.csv", guess.encode()), None, "Bo", "Gæt", town)
        looks.append([now_shown(town, day) for day in (None, date(2026, 1, 2))])
    assert looks[0] == looks[1]
    assert looks[0][1] == {"aarhus": 24, "tilst": 9}


@pytest.mark.parametrize("counted", ["at", "since"])
def test_a_day_is_the_end_of_a_year_that_is_counted_on_it(home: Path, counted: str) -> None:
    """24 less 12 and 9 are 3, whichever way each is dated; or since the beginning until then."""
    head = "nøgletal;område;periode;opgjort;værdi\n"
    rows = "".join(
        f"nsk_cases;{area};{period};{measured};{number}\n"
        for area, period, measured, number in (
            ("aarhus", "1987", counted, 24), ("gellerup", "1987", counted, 3),
            ("viby_syd", "1987M12D31", "", 12), ("tilst", "1987M12", counted, 9),
        )
    )  # fmt: skip
    assert publish(Upload("a.csv", (head + rows).encode()), None, "Ida", "x", home).batch_id
    shown = {place[0] for place, value in on_day(home, "nsk_cases", None).items()
             if value is not None and place[2].startswith("1987")}  # fmt: skip
    assert not shown >= {"aarhus", "viby_syd", "tilst"}


def test_a_limit_of_two_is_one_of_three(home: Path) -> None:
    """Below two there is one only, whatever is said of it."""
    add(
        "source", [{"title": "Kommunens to", "publisher": "Kommunen", "min_cell": "2"}], "Ida", home
    )
    rows = "".join(
        f"nsk_cases;{area};1987;{number};Kommunens to\n"
        for area, number in (("aarhus", 24), ("gellerup", 1), ("viby_syd", 12), ("tilst", 11))
    )
    file = "nøgletal;område;periode;værdi;kilde\n" + rows
    assert publish(Upload("a.csv", file.encode()), None, "Ida", "x", home).batch_id
    store = open_store(home)
    row = {
        observation.area_id: observation
        for observation in store.series(["nsk_cases"])
        if observation.period.text == "1987"
    }
    store.close()
    assert {area: figure.as_published for area, figure in row.items() if figure.value is None} == {
        "gellerup": "<3", "viby_syd": None,
    }  # fmt: skip


def test_a_number_of_which_few_lack_something_is_not_called_small(home: Path) -> None:
    """40 of 42, and then 40 alone."""
    for cells in ("nævner\nnsk_cases;aarhus;1987;40;42", "note\nnsk_cases;aarhus;1987;40;x"):
        file = Upload("a.csv", f"nøgletal;område;periode;værdi;{cells}\n".encode())
        assert publish(file, None, "Ida", "x", home).batch_id
    store = open_store(home)
    (row,) = [figure for figure in store.series(["nsk_cases"]) if figure.period.text == "1987"]
    store.close()
    assert (row.value, row.as_published) == (None, None)


def test_of_several_limits_the_highest_is_shown(home: Path) -> None:
    """And the lowest was: `<3` and `<10` together, which are 11, would be two and nine."""
    limits = [{"source_id": f"s{limit}", "title": f"Kilde {limit}", "publisher": "X",
               "min_cell": f"{limit}"} for limit in (3, 10)]  # fmt: skip
    add("source", limits, "Ida", home=home)
    head = "nøgletal;område;periode;værdi;kilde\n"
    rows = (
        "nsk_cases;{};2026K1;2;s3\n",
        "nsk_cases;{};2026K1;2;s10\nnsk_cases;viby_syd;2026K1;9;s10\n"
        "nsk_cases;tilst;2026K1;40;s10\nnsk_cases;aarhus;2026K1;51;s10\n",
    )
    for number, line in enumerate(rows):
        file = Upload(f"{number}.csv", (head + line.format("gellerup")).encode())
        assert publish(file, None, "Ida", "Tal", home).batch_id is not None
    store = open_store(home)
    shown_as = {
        row["area_id"]: row["display"]
        for row in show_answer(store, "nsk_cases", standings(store, "nsk_cases"))["rows"]
        if row["period"] == "2026K1"
    }
    store.close()
    assert shown_as == {"gellerup": "<10", "viby_syd": "<10", "tilst": "skjult", "aarhus": "51"}


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("cells", "is_hidden"),
    [
        ("rate;aarhus;1987;90,9;20;22", True),  # two lack it
        ("rate;aarhus;1987;77,3;17;22", False),  # five lack it
        pytest.param("rate;aarhus;1987;100,0;22;22", False, marks=pytest.mark.soak),  # none does
        pytest.param("rate;aarhus;1987;9,1;2;22", True, marks=pytest.mark.soak),
        ("persons;aarhus;1987;20;;22", True),
        pytest.param("persons;aarhus;1987;17;;22", False, marks=pytest.mark.soak),
    ],
)
def test_a_share_that_few_lack_is_hidden(spor: Path, cells: str, is_hidden: bool) -> None:
    """Alone in its file, of a source that is not public: nothing else is small."""
    file = f"nøgletal;område;periode;værdi;tæller;nævner\n{cells}\n"
    done = publish(Upload("a.csv", file.encode()), None, "Ida", "x", spor)
    assert done.batch_id is not None, done.checked.problems
    store = open_store(spor)
    (row,) = [each for each in store.series(["rate", "persons"]) if each.period.text == "1987"]
    store.close()
    assert (row.value is None) is is_hidden
