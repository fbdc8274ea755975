"""The definitions that come with the program, against tables of the shape that is documented."""

import csv
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kpi.domain.vocabulary import FETCHED_BY
from kpi.fetch.deciding import approve
from kpi.fetch.definition import recipe_of
from kpi.fetch.fetching import Fetched, fetch
from kpi.fetch.queue import waiting_files
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.conftest import DATA
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.ras200 import new_year
from tests.kpi.fetch.sources import TOKEN, Sources, Table, variable
from tests.tiers import some

_LAESOE = "825"
_SHARE = "Gennemsnitligt fravær per skoleår"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _released(source: str) -> dict[tuple[str, str], str]:
    """The figures of a source of data/, by code of the area and period, as StatBank writes them."""
    codes = {row["area_id"]: row["code"] for row in _rows(DATA / "area.csv")}
    return {
        (codes[row["area_id"]], row["period"]): row["value"].replace(".", ",")
        for row in _rows(DATA / "observations" / f"{source}.csv")
    }


def _take(home: Path, name: str) -> None:
    """Makes a shipped definition one of the store's: tests know the plan's part of data/ alone."""
    (home / "fetch").mkdir(exist_ok=True)
    shutil.copy(DATA / "fetch" / f"{name}.toml", home / "fetch")


def test_no_shipped_recipe_ignores_an_area_that_spor_knows() -> None:
    """A source may write codes or labels: what one of them brings the other one must bring too."""
    known = [
        text for row in _rows(DATA / "area.csv") for text in (row["name"], row["code"]) if text
    ]
    for path in (DATA / "recipes").glob("*.toml"):
        recipe = find_recipe(path.stem, [path.parent])
        assert [text for text in known if recipe.ignores("areas", text)] == []


def test_real_releases_of_everyones_rates_are_published_by_themselves(
    home: Path, sources: Sources
) -> None:
    _take(home, "ras200")
    figures = {**_released("ras200"), **_released("ras200_transcript")}
    sources.figures = {(area, "00", year): value for (area, year), value in figures.items()}
    sources.years = [str(year) for year in range(2008, 2022)]
    # The transcript has no regions; a table has every cell.
    sources.hidden = {(area, "00", str(year)) for area in imitation.WHOLES - {"000"}
                      for year in range(2022, 2025)}  # fmt: skip
    assert fetch("ras200", home).entry.outcome == "nothing_new"
    for _ in some(range(2022, 2025), 1):
        new_year(sources)
        fetched = fetch("ras200", home)
        assert fetched.checked is not None
        assert fetched.entry.outcome == "published", fetched.checked.problems
        assert (fetched.entry.new, fetched.entry.changed) == (len(imitation.AREAS), 0)


def test_a_quiet_year_of_rates_by_ancestry_is_published_and_a_jump_of_few_waits(
    shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Sources
) -> None:
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    monkeypatch.setenv("KPI_HOME", str(home))
    _take(home, "ras200_origin")
    for place, area in enumerate(imitation.AREAS):
        for ancestry in ("10", "25", "35"):
            for year in range(2019, 2024):
                own = (place % 11) * 0.37 + place * year % 7 / 9
                sources.bump[area, ancestry, str(year)] = 2.0 if area in imitation.WHOLES else own
    outcomes = []
    for newest in ("2022", "2023"):
        new_year(sources)
        if newest == "2023":
            sources.bump[_LAESOE, "25", newest] = 12.0
        fetched = fetch("ras200_origin", home)
        assert fetched.checked is not None
        outcomes.append((fetched.entry.outcome, bool(fetched.checked.problems)))
    assert outcomes == [("published", False), ("waiting", True)]
    store = open_store(home)
    try:
        groups = {row.group_id for row in store.series(["employment_rate"], ["aarhus"])
                  if row.period.text == "2022"}  # fmt: skip
    finally:
        store.close()
    assert groups == {"all", "danish", "non_western_immigrants", "non_western_descendants"}


# Of those who are not of Danish origin; the last one is what the others leave.
_PARTS = {"24": 0.25, "25": 0.5, "34": 0.02, "35": 0.23}


def _people(everyone: int, foreign: float) -> dict[str, int]:
    """Persons of each ancestry among so many, of whom so many per cent are of foreign origin."""
    parts = {code: round(everyone * foreign / 100 * part) for code, part in _PARTS.items()}
    return {"TOT": everyone, "1": everyone - sum(parts.values()), **parts}


def _folk1e(texts: dict[str, str]) -> Table:
    """FOLK1E with everyone as published on 1 January 2025 and 2026, and ancestries by their share.

    The other quarters, and the ancestries of the country and its regions, are hidden.
    """
    shares = {area: float(share.replace(",", "."))
              for (area, period), share in _released("folk1e_derived").items()
              if period == "2026K1"}  # fmt: skip
    figures: dict[tuple[str, ...], str] = {}
    for (area, period), everyone in _released("folk1am").items():
        for code, people in _people(int(everyone), shares.get(area, 0)).items():
            if code == "TOT" or area not in imitation.WHOLES:
                figures[area, "TOT", "IALT", code, period] = str(people)
    quarters = [f"{year}K{quarter}" for year in (2025, 2026) for quarter in "1234"]
    return Table("FOLK1E", [
        variable("OMRÅDE", "område", imitation.AREAS),
        variable("KØN", "køn", {"TOT": "I alt", "1": "Mænd", "2": "Kvinder"}),
        variable("ALDER", "alder", {"IALT": "Alder i alt", "0": "0 år"}),
        variable("HERKOMST", "herkomst", texts),
        variable("Tid", "tid", {quarter: quarter for quarter in quarters}, is_time=True),
    ], figures)  # fmt: skip


_ANCESTRIES = {
    "TOT": "I alt", "1": "Personer med dansk oprindelse", "24": "Indvandrere fra vestlige lande",
    "25": "Indvandrere fra ikke-vestlige lande", "34": "Efterkommere fra vestlige lande",
    "35": "Efterkommere fra ikke-vestlige lande",
}  # fmt: skip


def test_people_are_summed_by_ancestry_and_a_code_that_means_another_is_reported(
    shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Sources
) -> None:
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    monkeypatch.setenv("KPI_HOME", str(home))
    _take(home, "folk1e")
    swapped = {**_ANCESTRIES, "24": _ANCESTRIES["25"], "25": _ANCESTRIES["24"]}
    sources.table = _folk1e(swapped)
    entry = fetch("folk1e", home).entry
    assert (entry.outcome, "»24« i HERKOMST" in entry.error) == ("changed", True)
    sources.table = _folk1e(_ANCESTRIES)
    fetched = fetch("folk1e", home)
    assert fetched.checked is not None
    assert [each for each in fetched.checked.problems if each.severity == "error"] == []
    assert fetched.entry.outcome == "published", [
        each.message for each in fetched.checked.problems if each.code != "ignored_row"
    ]
    ignored = [each for each in fetched.checked.problems if each.code == "ignored_row"]
    assert ["og 3 til hører" in each.message for each in ignored] == [True]
    people = _people(378_361, 19.01)
    with closing(open_store(home)) as store:
        rows = store.series(["population"], ["aarhus"])
    assert {(row.group_id, row.value) for row in rows if row.period.text == "2026K1"} == {
        ("all", people["TOT"]), ("danish", people["1"]),
        ("western", people["24"] + people["34"]), ("non_western", people["25"] + people["35"]),
    }  # fmt: skip


def _absence(year: str, points: float) -> list[dict[str, str]]:
    names = {row["area_id"]: row["name"] for row in _rows(DATA / "area.csv")}
    stages = {"middle_school": "Mellemtrin", "lower_secondary": "Udskoling"}
    return [
        {
            "[Institution].[Beliggenhedskommune].[Beliggenhedskommune]": names[row["area_id"]],
            "[Klassetrin].[Skoletrin].[Skoletrin]": stages[row["group_id"]],
            "[Tid].[Skoleår].[Skoleår]": year,
            _SHARE:
                f"{float(row['value']) + points:.1f} %".replace(".", ","),
        }
        for row in _rows(DATA / "observations" / "uvm_absence.csv")
        if row["period"] == "2024/2025"
    ]  # fmt: skip


def test_absence_is_read_as_published_and_of_a_new_year_only_the_unlikely_wait(
    home: Path, sources: Sources
) -> None:
    _take(home, "uvm_absence")
    sources.page_rows = 1_000
    sources.absence = _absence("2024/2025", 0.0)
    assert fetch("uvm_absence", home).entry.outcome == "nothing_new"
    # The source leaves out what is of few pupils; it is published as missing.
    sources.absence += _absence("2025/2026", 0.1)[1:]
    fetched = fetch("uvm_absence", home)
    assert fetched.checked is not None
    assert (fetched.entry.new, fetched.entry.changed) == (len(_absence("2025/2026", 0.1)), 0)
    # Læsø's 1.7 % is published, and unlikely in both years.
    problems = [(each.code, "Læsø" in each.message) for each in fetched.checked.problems]
    assert (fetched.entry.outcome, problems) == ("waiting", [("outlier", True)] * 2)


def test_a_doubt_of_a_figure_that_a_person_has_published_holds_up_no_others(
    home: Path, sources: Sources
) -> None:
    """Each time Aarhus has a figure a little higher, which alone would be published."""
    _take(home, "uvm_absence")
    sources.page_rows = 1_000
    points = [0.0]

    def answer(laesoe: float | None) -> list[dict[str, str]]:
        """The published year, and the next, in which Læsø is left out, or strange."""
        points[0] += 0.1
        rows = []
        for row in _absence("2025/2026", 0.1):
            if "Aarhus" in row.values():
                rows.append({**row, _SHARE: f"{7 + points[0]:.1f} %".replace(".", ",")})
            elif "Læsø" not in row.values():
                rows.append(row)
            elif laesoe is not None:
                rows.append({**row, _SHARE: f"{laesoe} %".replace(".", ",")})
        return [*_absence("2024/2025", 0.0), *rows]

    def fetched(laesoe: float | None) -> Fetched:
        sources.absence = answer(laesoe)
        return fetch("uvm_absence", home)

    def approved() -> None:
        [waiting] = waiting_files(home)
        assert approve(waiting.id, "Anna", "Kilden bekræfter", home).batch_id is not None

    # Published with the program, and strange: that is reported, and no more.
    first = fetched(None)
    assert first.checked is not None
    assert [each.stands for each in first.checked.problems if each.code == "outlier"] == [True]
    outcomes = [first.entry.outcome]
    # Strange and new; approved; strange and another than is published; approved.
    for laesoe in (1.6, 1.6, 1.5, 1.5):
        outcomes.append(fetched(laesoe).entry.outcome)
        if outcomes[-1] == "waiting":
            approved()
    assert outcomes == ["published", "waiting", "published", "waiting", "published"]
    # Published by itself: nobody has looked at it, until a later one is approved.
    upload = Upload("a.json", json.dumps(answer(1.4)).encode())
    choices = Choices(recipe_of("uvm_absence_api", home))
    assert publish(upload, choices, FETCHED_BY, "Hentet", home).batch_id is not None
    assert fetched(1.4).entry.outcome == "waiting"
    approved()
    assert fetched(1.4).entry.outcome == "published"


_PARISHES = {row["code"]: row for row in _rows(DATA / "area.csv") if row["level"] == "parish"}
_MEMBERS = {"F": "Medlem af Folkekirken", "U": "Ikke medlem af Folkekirken"}
_SHARES = {"1": 0.4, "24": 0.1, "25": 0.3, "34": 0.05, "35": 0.15}


def _parish_population(years: list[str]) -> Table:
    """KMSTA001 with the people that are published, parted by ancestry and membership."""
    everyone = {row["area_id"]: int(row["value"])
                for row in _rows(DATA / "observations" / "sogne_2021_transcript.csv")}  # fmt: skip
    figures: dict[tuple[str, ...], str] = {}
    for code, area in _PARISHES.items():
        for year in years:
            people = everyone[area["area_id"]] + 37 * (int(year) - 2021)
            parts = {ancestry: round(people * share) for ancestry, share in _SHARES.items()}
            parts["1"] += people - sum(parts.values())
            for ancestry, count in parts.items():
                figures[code, ancestry, "F", year] = str(count // 3)
                figures[code, ancestry, "U", year] = str(count - count // 3)
    texts = {code: f"{code} {area['name']}" for code, area in _PARISHES.items()}
    ancestries = {code: text for code, text in _ANCESTRIES.items() if code != "TOT"}
    return Table("KMSTA001", [
        variable("SOGN", "sogn", texts), variable("HERKOMST", "herkomst", ancestries),
        variable("FKMED", "folkekirkemedlemsskab", _MEMBERS),
        variable("Tid", "tid", {year: year for year in years}, is_time=True),
    ], figures)  # fmt: skip


def _shipped_copy(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> Path:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    monkeypatch.setenv("KPI_HOME", str(copy))
    for name in names:
        _take(copy, name)
    return copy


def test_parishes_are_added_up_and_take_the_place_of_the_copy(
    shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Sources
) -> None:
    names = ("kmsta001_all", "kmsta001")
    home = _shipped_copy(shipped_home, tmp_path, monkeypatch, *names)
    sources.table = table = _parish_population(["2020", "2021"])
    more = {**_MEMBERS, "X": "Uoplyst"}
    variables = [*table.variables]
    variables[2] = variable("FKMED", "folkekirkemedlemsskab", more)
    sources.table = Table(table.id, variables, table.figures)
    entry = fetch("kmsta001_all", home).entry
    assert (entry.outcome, "»Uoplyst« i FKMED" in entry.error) == ("changed", True)
    hidden = {**table.figures, ("9097", "25", "U", "2020"): ".."}
    sources.table = Table(table.id, table.variables, hidden)
    fetched = fetch("kmsta001_all", home)
    assert fetched.checked is not None
    assert fetched.entry.outcome == "published", fetched.checked.problems
    entry = fetched.entry
    assert (entry.new, entry.changed, entry.reattributed) == (6, 0, 6)
    assert fetch("kmsta001", home).entry.outcome == "published"
    with closing(open_store(home)) as store:
        rows = {(row.group_id, row.period.text): row
                for row in store.series(["parish_population"], ["sogn_gellerup"])}  # fmt: skip
    all_of = {year: rows["all", year] for year in ("2020", "2021")}
    assert (all_of["2020"].value, all_of["2020"].status) == (None, "missing")
    assert (all_of["2021"].value, all_of["2021"].source_id) == (9_899, "kmsta001")
    assert sum(rows[group, "2021"].value or 0
               for group in ("danish", "western", "non_western")) == 9_899  # fmt: skip
    assert rows["non_western", "2020"].value is None


_STATUSES = {
    "A7": "Erhvervsaktive", "B2": "Midlertidigt ikke erhvervsaktive", "C9": "Ikke erhvervsaktive",
    "D1": "Andre og børn",
}  # fmt: skip


@pytest.mark.parametrize("labels", [False, True])
def test_values_that_are_named_by_their_texts_are_read_by_the_tables_own_codes(
    labels: bool,
    shipped_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sources: Sources,
) -> None:
    """Whether codes or labels come, before and after it has waited."""
    home = _shipped_copy(shipped_home, tmp_path, monkeypatch, "kmsta005")
    figures: dict[tuple[str, ...], str] = {
        (parish, status, member, "2024"): str(count * 100)
        for parish in _PARISHES
        for status, counts in zip(_STATUSES, ((20, 10), (3, 2), (8, 4), (2, 1)), strict=True)
        for member, count in zip(_MEMBERS, counts, strict=True)
    }
    texts = {code: f"{code} {area['name']}" for code, area in _PARISHES.items()}
    unfit = {"X1": f"{TOKEN} i alt", "X2": "010190-1234 i alt"}
    sources.table = Table("KMSTA005", [
        variable("SOGN", "sogn", texts), variable("SOCIO", "status", _STATUSES | unfit),
        variable("FKMED", "medlem", _MEMBERS), variable("Tid", "tid", {"2024": "2024"}, True),
    ], figures)  # fmt: skip
    if labels:
        lines = [f"{parish};{_STATUSES[status]};{_MEMBERS[member]};{year};{count}"
                 for (parish, status, member, year), count in figures.items()]  # fmt: skip
        content = "\n".join(["SOGN;SOCIO;FKMED;TID;INDHOLD", *lines, ""]).encode()
        sources.faults, sources.fault_path = [imitation.content(content)], "/v1/data"
    fetched = fetch("kmsta005", home)
    assert fetched.checked is not None
    assert (fetched.entry.outcome, fetched.entry.new) == ("waiting", 6)
    assert [each for each in fetched.checked.problems if each.severity == "error"] == []
    [waiting] = waiting_files(home)
    for path in filter(Path.is_file, home.rglob("*")):
        assert not [word for word in (TOKEN, "010190-1234") if word.encode() in path.read_bytes()]
    assert approve(waiting.id, "Anna", "Læst igennem", home).batch_id is not None
    with closing(open_store(home)) as store:
        [row] = store.series(["parish_working_share"], ["sogn_tilst"])
    assert (row.value, row.numerator, row.denominator) == (60.0, 3_000, 5_000)
    changed = {**_STATUSES, "C9": "Pensionister"}
    variables = [*sources.table.variables]
    variables[1] = variable("SOCIO", "status", changed)
    sources.table = Table("KMSTA005", variables, figures)
    sources.updated = "2027-01-01T08:00:00"
    entry = fetch("kmsta005", home).entry
    assert (entry.outcome, "»Ikke erhvervsaktive«" in entry.error) == ("changed", True)
