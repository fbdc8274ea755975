"""The shipped definitions of tables that nobody has seen: a person looks first."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kpi.fetch.deciding import approve
from kpi.fetch.fetching import fetch
from kpi.fetch.queue import waiting_files
from kpi.store import open_store
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.sources import AREAS, Sources, Table, variable

pytestmark = pytest.mark.second_look

_TOWNS = {code: AREAS[code] for code in ("000", "101", "751", "825")}
_YEARS = {"2023": "2023", "2024": "2024"}
_STATUSES = (
    "Selvstændige", "Medarbejdende ægtefæller", "Lønmodtager med ledelsesarbejde",
    "Lønmodtagere på højeste niveau", "Lønmodtagere på mellemniveau",
    "Lønmodtagere på grundniveau", "Andre lønmodtagere", "Lønmodtagere u.n.a.", "Arbejdsløse",
    "Uden for arbejdsstyrken",
)  # fmt: skip


@pytest.fixture
def store(shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of all that comes with the program, and its definitions."""
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    monkeypatch.setenv("KPI_HOME", str(home))
    data = Path(__file__).parents[3] / "data"
    shutil.copytree(data / "fetch", home / "fetch", dirs_exist_ok=True)
    return home


def _approved(home: Path) -> int | None:
    [waiting] = waiting_files(home)
    return approve(waiting.id, "Anna", "Læst igennem", home).batch_id


def _values(home: Path, indicator: str, area: str, group: str) -> dict[str, float | None]:
    with closing(open_store(home)) as store:
        rows = store.series([indicator], [area])
    return {row.period.text: row.value for row in rows if row.group_id == group}


def _status_table(statuses: dict[str, str]) -> Table:
    """RAS201 by codes of its own: of 16 immigrants and 4 descendants 9 and 3 are in work."""
    origins = {"X3": "Indvandrere fra ikke-vestlige lande",
               "X5": "Efterkommere fra ikke-vestlige lande"}  # fmt: skip
    works = set(_STATUSES[:8])
    counts = {"X3": (100, 350), "X5": (50, 100)}
    figures: dict[tuple[str, ...], str] = {
        (town, status, origin, "A", "T", year): str(counts[origin][text not in works])
        for town in _TOWNS for status, text in statuses.items() for origin in origins
        for year in _YEARS
    }  # fmt: skip
    return Table("RAS201", [
        variable("OMRÅDE", "område", _TOWNS), variable("SOCIO", "status", statuses),
        variable("HERKOMST", "herkomst", origins | {"X1": "Personer med dansk oprindelse"}),
        variable("ALDER", "alder", {"A": "16-64 år"}), variable("KØN", "køn", {"T": "I alt"}),
        variable("Tid", "tid", _YEARS, is_time=True),
    ], figures)  # fmt: skip


def test_employment_by_status_needs_every_status_and_waits(store: Path, sources: Sources) -> None:
    statuses = {f"S{place}": text for place, text in enumerate(_STATUSES)}
    sources.table = _status_table(statuses | {"S10": "Pensionister"})
    entry = fetch("ras201", store).entry
    assert (entry.outcome, "»Pensionister« i SOCIO" in entry.error) == ("changed", True)
    sources.table = _status_table(statuses)
    fetched = fetch("ras201", store)
    assert fetched.checked is not None
    assert [each for each in fetched.checked.problems if each.severity == "error"] == []
    assert (fetched.entry.outcome, fetched.entry.new) == ("waiting", 8)
    assert _values(store, "employment_rate", "aarhus", "non_western") == {}
    assert _approved(store) is not None
    # 8 x (100 + 50) of 8 x (100 + 50) + 2 x (350 + 100)
    assert _values(store, "employment_rate", "aarhus", "non_western") == {
        year: pytest.approx(100 * 1200 / 2100) for year in _YEARS
    }


def test_notifications_are_published_where_the_codes_mean_what_was_reported_of_them(
    store: Path, sources: Sources
) -> None:
    def table(whole: str) -> Table:
        variables = [
            variable("ADMKOM", "kommune", _TOWNS | {"998": "Uoplyst"}),
            variable("UNDERRETERE", "underretter", {"0": whole, "1": "Skole"}),
            variable("ALDER1", "alder", {"00": "I alt", "01": "Under 1 år"}),
            variable("KØN", "køn", {"0": "I alt"}), variable("Tid", "tid", _YEARS, is_time=True),
        ]  # fmt: skip
        figures: dict[tuple[str, ...], str] = {
            (town, "0", "00", "0", year): str(4_000 + int(town) + int(year))
            for town in [*_TOWNS, "998"] for year in _YEARS
        }  # fmt: skip
        return Table("UND1", variables, figures)

    sources.table = table("Fagfolk i alt")
    entry = fetch("und1", store).entry
    assert (entry.outcome, "»0« i UNDERRETERE" in entry.error) == ("changed", True)
    sources.table = table("I alt")
    fetched = fetch("und1", store)
    assert fetched.checked is not None
    assert fetched.entry.outcome == "published", fetched.checked.problems
    assert _values(store, "notifications_received", "aarhus", "all") == {
        "2023": 6_774, "2024": 6_775,
    }  # fmt: skip


def test_recipients_are_asked_about_and_no_number_of_the_file_is_shown(
    store: Path, sources: Sources
) -> None:
    months = ("2026M07", "2026M08")
    towns = {"Aarhus": 5_120, "Læsø": 3, "Hele landet": 60_311}
    rows = [[month, town, count] for month in months for town, count in towns.items()]
    rows += [[month, "Fanø", None] for month in months]
    columns = ["Periode", "Område", "Antal personer"]
    answer = json.dumps({"columns": columns, "rows": rows}).encode()
    sources.faults, sources.fault_path = [imitation.content(answer)], "/v3/data"
    fetched = fetch("y60a02", store)
    assert fetched.checked is not None
    assert [each for each in fetched.checked.problems if each.severity == "error"] == []
    assert (fetched.entry.outcome, fetched.entry.new) == ("waiting", 8)
    assert {change.new for change in fetched.checked.changes} == {None}
    assert fetched.checked.sample == ()
    said = " ".join(f"{each.message} {each.value}" for each in fetched.checked.problems)
    assert not [number for number in ("5120", "5.120", "60311", "60.311") if number in said]
    assert _values(store, "cash_benefit_recipients", "aarhus", "all") == {}
    assert _approved(store) is not None
    assert _values(store, "cash_benefit_recipients", "aarhus", "all") == dict.fromkeys(months, 5120)
    for town in ("laesoe", "fanoe"):  # few, and hidden by the source
        hidden = _values(store, "cash_benefit_recipients", town, "all")
        assert hidden == dict.fromkeys(months)
    columns[2] = "Personer"
    answer = json.dumps({"columns": columns, "rows": rows[:4]}).encode()
    sources.faults = [imitation.content(answer)]
    fetched = fetch("y60a02", store, is_again=True)
    assert fetched.checked is not None
    codes = {each.code for each in fetched.checked.problems if each.severity == "error"}
    assert (fetched.entry.outcome, codes) == ("waiting", {"missing_column"})


def test_high_absence_of_the_schools_place_waits_beside_that_of_the_pupils(
    store: Path, sources: Sources
) -> None:
    sources.absence = [
        {
            "[Institution].[Beliggenhedskommune].[Beliggenhedskommune]": town,
            "[Tid].[Skoleår].[Skoleår]": "2024/2025", "Over 10 procent": share,
        }
        for town, share in (("Aarhus", "13,9 %"), ("Odense", "15,2 %"))
    ]  # fmt: skip
    before = _values(store, "school_absence_high", "aarhus", "all")
    fetched = fetch("uvm_absence_high", store)
    assert fetched.checked is not None
    assert [each for each in fetched.checked.problems if each.severity == "error"] == []
    assert fetched.entry.outcome == "waiting"
    assert _values(store, "school_absence_high", "aarhus", "all") == before
