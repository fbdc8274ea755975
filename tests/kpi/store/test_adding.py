"""What names the figures, added and corrected beside data/: what it changes, and the way back."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.plan.changes import CHANGED, NEW, SAME
from kpi.store import current_version, init, open_store
from kpi.store.adding import add, check_additions
from kpi.store.entering import enter
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry
from tests.days import yesterday
from tests.kpi.data_folder import append, replace
from tests.kpi.store.tiny_store import files
from tests.tiers import some

HOUSING = {"name": "Langkærparken", "level": "Boligområde", "parent_id": "Aarhus"}
BENEFITS = {
    "name": "Kontanthjælpsmodtagere", "theme_id": "Arbejde", "kind": "Antal", "unit": "personer",
    "definition": "Personer, der modtager kontanthjælp",
}  # fmt: skip
NEW_ROWS = {
    "theme": {"name": "Sundhed"},
    "source": {"title": "KMD Elev", "publisher": "Kommunen"},
    "population_group": {"name": "Indskoling", "reference_group_id": "Alle"},
    "area": HOUSING,
    "indicator": BENEFITS,
}
IDS = {
    "theme": "sundhed", "source": "kmd_elev", "population_group": "indskoling",
    "area": "langkaerparken", "indicator": "kontanthjaelpsmodtagere",
}  # fmt: skip


def catalog_of(home: Path, as_of: date | None = None) -> Catalog:
    store = open_store(home, as_of=as_of)
    catalog = store.catalog()
    store.close()
    return catalog


def named(catalog: Catalog, table: str) -> Any:
    return {
        "theme": dict(catalog.themes), "source": dict(catalog.sources),
        "population_group": dict(catalog.groups), "area": dict(catalog.areas),
        "indicator": dict(catalog.indicators),
    }[table]  # fmt: skip


def publish_text(home: Path, text: str) -> int:
    done = publish(Upload("tal.csv", text.encode()), None, "Anna", "Ny", home)
    assert done.checked.problems == () or done.batch_id is not None
    return int(done.batch_id or 0)


def new_ones(home: Path, as_of: date | None = None) -> set[str]:
    """Which of the tables have their new row."""
    catalog = catalog_of(home, as_of)
    return {table for table, row_id in IDS.items() if row_id in named(catalog, table)}


def test_new_rows_are_shown_added_kept_and_withdrawn(spor: Path, tiny: Path) -> None:
    for number, (table, row) in enumerate(NEW_ROWS.items(), 1):
        before = files(spor)
        (change,) = check_additions(table, [row], spor)
        first = next(iter(change.row.values()))
        assert (change.kind, change.before, first) == (NEW, None, IDS[table])
        assert files(spor) == before
        done = add(table, [row], "Anna", spor, origin=f"{table}.csv")
        assert (done.version, done.rows, done.entry_id) == (f"{number + 1:06}", 1, number)
        assert table in new_ones(spor)
    assert new_ones(spor, yesterday()) == set()
    init(spor, tiny)
    append(tiny, "theme.csv", "other,Andet,Andet,,9,")
    assert init(spor, tiny).changed
    assert new_ones(spor) == {*NEW_ROWS}
    store = open_store(spor)
    entries = [(entry.entered_by, entry.origin, entry.rows) for entry in store.entries()]
    store.close()
    assert sorted(entries) == sorted(("Anna", f"{name}.csv", ((name, 1),)) for name in NEW_ROWS)
    for number, (table, row) in some([*enumerate(NEW_ROWS.items(), 1)], 2):
        again = add(table, [row], "Anna", spor)
        assert (again.rows, again.entry_id, again.changes[0].kind) == (0, None, SAME)
        withdraw_entry(number, "Bo", "Fejl", spor)
        assert table not in new_ones(spor)


def test_what_a_new_thing_is_where_nothing_is_said(spor: Path) -> None:
    for table, row in NEW_ROWS.items():
        add(table, [row], "Anna", spor)
    catalog = catalog_of(spor)
    indicator = catalog.indicators["kontanthjaelpsmodtagere"]
    assert (indicator.kind, indicator.unit, indicator.decimals) == ("count", "persons", 0)
    assert (indicator.direction, indicator.headline, indicator.default_group) == (
        "neutral", False, "all",
    )  # fmt: skip
    assert indicator.short_name == "Kontanthjælpsmodtagere"
    assert catalog.areas["langkaerparken"].parent_id == "aarhus"
    assert catalog.groups["indskoling"].reference_group_id == "all"
    assert catalog.sources["kmd_elev"].min_cell == 5
    assert catalog.themes["sundhed"].sort_order == 2
    # Those of data/ keep their places, new ones come last.
    assert list(catalog.areas)[-1] == "langkaerparken"


@pytest.mark.parametrize(
    ("table", "row", "differences"),
    [
        ("area", {"area_id": "gellerup", "name": "Gellerup Nord"},
         [("name", "Gellerup", "Gellerup Nord"), ("aliases", "", "Gellerup")]),
        ("area", {"area_id": "Gellerup", "set_ids": "Byerne"}, [("set_ids", "", "cities")]),
        ("area", {"name": "Århus", "area_id": "aarhus"},
         [("name", "Aarhus", "Århus"), ("aliases", "Århus", "Aarhus")]),
        ("area", {"area_id": "viby_syd", "retired": "1. juni 2025"},
         [("retired", "", "2025-06-01")]),
        ("area", {"area_id": "viby_syd", "valid_to": "31.12.2024", "succeeded_by": "Gellerup"},
         [("valid_to", "", "2024-12-31"), ("succeeded_by", "", "gellerup")]),
        ("indicator", {"name": "Timer", "direction": "Højere er bedre", "decimals": "1"},
         [("direction", "neutral", "higher_is_better"), ("decimals", "0", "1")]),
        ("indicator", {"indicator_id": "rate", "name": "Beskæftigede", "short_name": "I job"},
         [("name", "Beskæftigelse", "Beskæftigede"), ("short_name", "Job", "I job"),
          ("aliases", "", "Beskæftigelse;Job")]),
        # A short name that nobody gave follows the name.
        ("indicator", {"indicator_id": "hours", "name": "Timer i alt"},
         [("name", "Timer", "Timer i alt"), ("short_name", "Timer", "Timer i alt"),
          ("aliases", "", "Timer")]),
        ("indicator", {"indicator_id": "rate", "name": "Beskæftigede"},
         [("name", "Beskæftigelse", "Beskæftigede"), ("aliases", "", "Beskæftigelse")]),
        ("indicator", {"name": "Timer", "breaks": "1. juli 2025 Ny reform;2024-01-01 Ny opgørelse"},
         [("breaks", "", "2024-01-01 Ny opgørelse; 2025-07-01 Ny reform")]),
        ("population_group", {"name": "Ikke-vestlig baggrund", "reference_group_id": ""},
         [("reference_group_id", "danish", "")]),
        ("source", {"source_id": "own_upload", "min_cell": "10"}, [("min_cell", "5", "10")]),
        ("theme", {"theme_id": "work", "sort_order": "3"}, [("sort_order", "1", "3")]),
        ("theme", {"theme_id": "work"}, []),
    ],
)  # fmt: skip
def test_a_correction_changes_only_what_it_says(
    spor: Path, table: str, row: dict[str, str], differences: list[tuple[str, str, str]]
) -> None:
    before = named(catalog_of(spor), table)
    (change,) = check_additions(table, [row], spor)
    assert (change.kind, change.differences()) == (CHANGED if differences else SAME, differences)
    done = add(table, [row], "Anna", spor)
    after = catalog_of(spor)
    assert list(named(after, table)) == list(before)
    assert [addition.kind for addition in check_additions(table, [row], spor)] == [SAME]
    assert named(catalog_of(spor, yesterday()), table)[next(iter(change.row.values()))]
    if done.entry_id:
        withdraw_entry(done.entry_id, "Bo", "Fejl", spor)
    assert named(catalog_of(spor), table) == before


def test_files_are_read_by_a_former_name(spor: Path) -> None:
    add("area", [{"area_id": "gellerup", "name": "Gellerup Nord"}], "Anna", spor)
    add("indicator", [{"indicator_id": "persons", "name": "Borgere i forløb"}], "Anna", spor)
    publish_text(spor, "nøgletal;område;periode;værdi\nPersoner i forløb;Gellerup;2024;12\n")
    store = open_store(spor)
    rows = store.series(["persons"], ["gellerup"])
    store.close()
    assert [row.value for row in rows][-1] == 12


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("area", {**HOUSING, "parent_id": "Mars"}, "kolonne hører under: »Mars« Værdien findes"),
        ("area", {**HOUSING, "parent_id": ""}, "Skriv det område, som området ligger i"),
        ("area", {**HOUSING, "parent_id": "Gellerup"}, "kan ikke høre under programområde"),
        ("area", {**HOUSING, "level": "Bydel"}, "områdetype: »Bydel« Værdien kendes ikke. Vælg"),
        ("area", {**HOUSING, "name": "Århus"}, "kolonne navn: »Århus« Det er også et navn for"),
        ("area", {**HOUSING, "name": "Tilst", "aliases": "Viby Syd"}, "navn for »Viby Syd«"),
        ("area", {**HOUSING, "aliases": "Ny;Viby Syd"}, "»Viby Syd« er også et navn for"),
        ("area", {**HOUSING, "parent_id": "gellerup"}, "»Gellerup« Boligområde kan ikke"),
        ("area", {**HOUSING, "name": "x" * 121}, "Skriv højst 120."),
        ("area", {**HOUSING, "valid_to": "32.01.2025"}, "»32.01.2025« Feltet er ikke en dato. "
         "Skriv 19.03.2025, marts 2025 eller 2025."),
        ("area", {**HOUSING, "name": "<b>Park</b>"}, "Teksten indeholder HTML: <b>"),
        ("indicator", {**BENEFITS, "unit": "<i>børn</i>"}, "Teksten indeholder HTML: <i>"),
        ("area", {**HOUSING, "code": "0751x"}, "Skriv koden med cifre"),
        ("area", {**HOUSING, "code": "20241231123456"}, "Koden har 14 cifre"),
        ("area", {**HOUSING, "code": "1234567"}, "en områdekode har højst 6"),
        ("area", {**HOUSING, "level": "Sogn", "code": "751123"}, "En kode for sogn har 4 cifre"),
        ("area", {"name": "Ny", "level": "Kommune", "parent_id": "denmark", "code": "0999"},
         "En kode for kommune har 3 cifre"),
        ("area", {**HOUSING, "code": "751"}, "Det er også et navn for »Aarhus«"),
        ("area", {**HOUSING, "name": "Aarhus; by"}, "uden semikolon"),
        ("area", {**HOUSING, "set_ids": "Storbyerne"}, "»Storbyerne« Værdien findes ikke"),
        ("area", {**HOUSING, "succeeded_by": "Gellerup"}, "kolonne gælder til"),
        ("area", {**HOUSING, "valid_from": "2025-01-01", "valid_to": "2024-12-31"}, "ligger før"),
        ("area", {**HOUSING, "context_of": "Aarhus"}, "Kun et boligområde kan vises ved et pro"),
        ("area", {**HOUSING, "level": "Sogn", "context_of": "Gellerup"}, "Kun et boligområde kan"),
        ("area", {**HOUSING, "valid_from": "2025"}, "ikke nøjagtig nok"),
        ("area", {**HOUSING, "area_id": "Langkær-parken"}, "Brug små bogstaver a-z"),
        ("area", {**HOUSING, "area_id": "q", "parent_id": "q"}, "kan ikke høre under boligområde"),
        ("area", {"area_id": "denmark", "parent_id": "aarhus"}, "Et land hører ikke under"),
        ("area", {"name": "Norge", "level": "Land"}, "Der kan kun være ét land"),
        ("area", {"area_id": "gellerup", "level": "Sogn"}, "kan ikke ændres, når der er 1 tal"),
        ("area", {"area_id": "aarhus", "retired": "ja"}, "»Gellerup« hører under området"),
        ("indicator", {**BENEFITS, "theme_id": "Job"}, "kolonne tema: »Job«"),
        ("indicator", {**BENEFITS, "kind": "Tal"}, "slags: »Tal« Værdien kendes ikke. Vælg"),
        ("indicator", {**BENEFITS, "unit": ""}, "enhed: Feltet er tomt. Skriv, hvad tallet"),
        ("indicator", {**BENEFITS, "kind": "Gennemsnit", "unit": ""}, "uden enhed er et indeks."),
        ("indicator", {**BENEFITS, "unit": "procent"}, "måles ikke i procent"),
        ("indicator", {**BENEFITS, "kind": "andel"}, "En andel måles i procent"),
        ("indicator", {**BENEFITS, "unit": "1.000 kr."}, "Enheden indeholder et tal"),
        ("indicator", {**BENEFITS, "decimals": "9"}, "Skriv højst 4"),
        ("indicator", {**BENEFITS, "decimals": "²"}, "ikke et helt tal"),
        ("indicator", {**BENEFITS, "name": "\u200b \ud800"}, "kolonne navn: Feltet er tomt"),
        ("indicator", {**BENEFITS, "name": "\"*|"}, "hverken bogstaver eller tal"),
        ("indicator", {**BENEFITS, "direction": "op"}, "retning: »op« Værdien kendes ikke. Vælg"),
        ("indicator", {**BENEFITS, "definition": "Om 010190-1234"}, "et CPR-nummer"),
        ("indicator", {**BENEFITS, "name": "Job"}, "Det er også et navn for »Beskæftigelse«"),
        ("indicator", {**BENEFITS, "name": "cash_rate"}, "kolonne navn: »cash_rate« Navnet er"),
        ("indicator", {**BENEFITS, "breaks": "juli 2025"}, "Bruddet kan ikke læses"),
        ("indicator", {**BENEFITS, "denominator_id": "persons"}, "Et antal er ikke af andre"),
        ("indicator", {"indicator_id": "rate", "denominator_id": "rate"}, "ikke af sig selv"),
        ("indicator", {"indicator_id": "rate", "numerator_id": "hours"}, "tæller ingen"),
        ("indicator", {"indicator_id": "rate", "denominator_id": "Mars"}, "nævner: »Mars« Værdien"),
        ("indicator", {"indicator_id": "rate", "kind": "mean"}, "Slagsen kan ikke ændres"),
        ("indicator", {"indicator_id": "persons", "unit": "sager"}, "Enheden kan ikke ændres"),
        ("population_group", {"group_id": "all", "retired": "ja"}, "»Beskæftigelse« vises for"),
        ("population_group", {"name": "A", "group_id": "a", "reference_group_id": "a"}, "sig selv"),
        ("population_group", {"name": "A", "part_of": "A: alder"}, "ikke være del af sig selv"),
        ("population_group", {"name": "A", "part_of": ":::"}, "deles efter: Alle: herkomst."),
        ("source", {"title": "A", "publisher": "B", "published": "2999"}, "ikke kommet endnu"),
        ("source", {"title": "KMD Elev"}, "kolonne udgiver: Feltet er tomt"),
        ("source", {"source_id": "own_upload", "min_cell": "x"}, "ikke et helt tal"),
        ("source", {"title": "A", "publisher": "B", "min_cell": "9" * 20}, "Skriv højst 1.000.000"),
        ("theme", {"name": "A", "sort_order": "9" * 20}, "Skriv højst 1.000.000"),
        ("theme", {"name": "Arbejde", "theme_id": "job"}, "Det er også et navn for »Arbejde«"),
    ],
)  # fmt: skip
def test_what_is_refused(spor: Path, table: str, row: dict[str, str], message: str) -> None:
    before = files(spor)
    for refuse in (lambda: check_additions(table, [row], spor),
                   lambda: add(table, [row], "Anna", spor)):  # fmt: skip
        with pytest.raises(KpiError) as refused:
            refuse()
        assert message in refused.value.message
        assert "010190" not in refused.value.message
    assert files(spor) == before


@pytest.mark.parametrize(
    "unit", ["sager pr. 1.000 indbyggere", "personer pr. 100.000 borgere", "sager pr. 1000 børn"]
)
def test_a_rate_is_a_unit_as_it_is(spor: Path, unit: str) -> None:
    (change,) = check_additions("indicator", [{**BENEFITS, "unit": unit}], spor)
    assert change.row["unit"] == unit


def test_a_number_in_a_name_is_told_of_the_name_alone(spor: Path) -> None:
    with pytest.raises(KpiError) as refused:
        add("theme", [{"name": "Barn 010190-1234"}], "Anna", spor)
    assert "kolonne id" not in refused.value.message


def test_signs_that_cannot_be_seen_are_left_out(spor: Path) -> None:
    add("area", [{**HOUSING, "name": "\ufeffLang\u200bkær\x02\u202eparken\x00"}], "Anna", spor)
    assert catalog_of(spor).areas["langkaerparken"].name == "Langkærparken"


def test_two_new_things_of_one_name_are_refused_in_one_go(spor: Path) -> None:
    with pytest.raises(KpiError, match="linje 3, kolonne navn"):
        add("area", [HOUSING, {**HOUSING, "area_id": "park"}], "Anna", spor, lines=[2, 3])


def test_what_figures_need_is_not_withdrawn_before_they_are(spor: Path) -> None:
    add("area", [HOUSING], "Anna", spor)
    head = "nøgletal;område;periode;værdi\n"
    batch = publish_text(spor, f"{head}Personer;Langkærparken;2024;22\n")
    other = publish_text(spor, f"{head}Personer;Langkærparken;2025;24\n")
    said = "har 2 tal. Fortryd dem først: indlæsning nr. {} og {}."
    with pytest.raises(KpiError, match=re.escape(said.format(batch, other))):
        withdraw_entry(1, "Bo", "Fejl", spor)
    withdraw(batch, "Bo", "Fejl", spor)
    said = f"har 1 tal. Fortryd dem først: indlæsning nr. {other}."
    with pytest.raises(KpiError, match=re.escape(said)):
        withdraw_entry(1, "Bo", "Fejl", spor)
    withdraw(other, "Bo", "Fejl", spor)
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert "langkaerparken" not in catalog_of(spor).areas
    # Figures of the past have its id: another thing gets one of its own.
    (change,) = check_additions("area", [{**HOUSING, "level": "Sogn"}], spor)
    assert change.row["area_id"] == "langkaerparken_2"


def test_what_later_rows_need_is_not_withdrawn_before_they_are(spor: Path) -> None:
    add("theme", [NEW_ROWS["theme"]], "Anna", spor)
    add("indicator", [{**BENEFITS, "theme_id": "Sundhed"}], "Anna", spor)
    with pytest.raises(KpiError, match="bruger »Sundhed«"):
        withdraw_entry(1, "Bo", "Fejl", spor)
    target = {
        "indicator_id": "kontanthjaelpsmodtagere", "area_id": "aarhus", "group_id": "all",
        "period": "2026", "value": "80", "state": "decided", "source_id": "paper",
    }  # fmt: skip
    enter({"target": [target]}, "Anna", spor)
    with pytest.raises(KpiError, match="bruges af et måltal"):
        withdraw_entry(2, "Bo", "Fejl", spor)
    for entry in (3, 2, 1):
        withdraw_entry(entry, "Bo", "Fejl", spor)
    assert catalog_of(spor).themes.keys() == {"work"}


@pytest.mark.soak
def test_a_row_that_was_corrected_later_is_withdrawn_after_its_correction(spor: Path) -> None:
    add("area", [{"area_id": "gellerup", "name": "Gellerup Nord"}], "Anna", spor)
    add("area", [{"area_id": "gellerup", "aliases": "Gjellerup"}], "Anna", spor)
    assert catalog_of(spor).areas["gellerup"].aliases == ("Gjellerup",)
    with pytest.raises(KpiError, match=r"rettet igen i registrering nr\. 2"):
        withdraw_entry(1, "Bo", "Fejl", spor)
    withdraw_entry(2, "Bo", "Fejl", spor)
    assert catalog_of(spor).areas["gellerup"].aliases == ("Gellerup",)
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert catalog_of(spor).areas["gellerup"].name == "Gellerup"


def test_what_a_person_corrected_holds_over_data(spor: Path, tiny: Path) -> None:
    add("area", [{"area_id": "gellerup", "name": "Gellerup Nord"}], "Anna", spor)
    replace(tiny, "area.csv", "gellerup,Gellerup,", "gellerup,Gellerupparken,")
    assert init(spor, tiny).changed
    assert catalog_of(spor).areas["gellerup"].name == "Gellerup Nord"
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert catalog_of(spor).areas["gellerup"].name == "Gellerupparken"


@pytest.mark.soak
def test_data_that_no_longer_has_what_a_row_points_to_is_refused(spor: Path, tiny: Path) -> None:
    append(tiny, "theme.csv", "other,Andet,Andet,,9,")
    init(spor, tiny)
    add("indicator", [{**BENEFITS, "theme_id": "Andet"}], "Anna", spor)
    version = current_version(spor)
    replace(tiny, "theme.csv", "other,Andet,Andet,,9,\n", "")
    with pytest.raises(KpiError, match=r"»Kontanthjælpsmodtagere« bruger »other« \(tema\)"):
        init(spor, tiny)
    assert current_version(spor) == version
    assert "other" in catalog_of(spor).themes


def test_an_empty_name_and_a_persons_number_are_refused(spor: Path) -> None:
    for by, origin in (("", ""), ("Anna 010190-1234", ""), ("Anna", "010190-1234.csv")):
        with pytest.raises(KpiError):
            add("area", [HOUSING], by, spor, origin=origin)
    assert current_version(spor) == "000001"


# Some thirty versions. `test_new_rows_are_shown_added_kept_and_withdrawn` goes there and back, too.
@pytest.mark.soak
def test_what_was_withdrawn_comes_back_under_its_own_id(spor: Path) -> None:
    rows = "\n".join(
        f"Kontanthjælpsmodtagere;Langkærparken;Indskoling;202{year};1{year};KMD Elev"
        for year in (3, 4)
    )
    text = f"nøgletal;område;gruppe;periode;værdi;kilde\n{rows}\n"

    def add_and_publish() -> tuple[int, list[int]]:
        entries = [add(table, [row], "Anna", spor).entry_id for table, row in NEW_ROWS.items()]
        return publish_text(spor, text), [number for number in entries if number]

    for _ in range(2):
        batch_id, entries = add_and_publish()
        assert new_ones(spor) == set(IDS)
        store = open_store(spor)
        series = store.series([IDS["indicator"]], [IDS["area"]], [IDS["population_group"]])
        store.close()
        assert [row.value for row in series] == [13, 14]
        withdraw(batch_id, "Bo", "Fejl", spor)
        for entry_id in reversed(entries):
            withdraw_entry(entry_id, "Bo", "Fejl", spor)
        assert new_ones(spor) == set()
    # A row with its id written is as good, and one that means something else gets another id.
    for table, other in {
        "indicator": {"unit": "sager"}, "area": {"level": "Sogn"},
        "source": {"publisher": "Staten"}, "population_group": {"name": "Indskolingen"},
    }.items():  # fmt: skip
        key = {"population_group": "group_id"}.get(table, f"{table}_id")
        row = {**NEW_ROWS[table], key: IDS[table]}
        if table == "indicator":
            row["theme_id"] = "work"
        assert check_additions(table, [row], spor)[0].row[key] == IDS[table]
        with pytest.raises(KpiError, match="har været brugt om noget andet"):
            check_additions(table, [{**row, **other}], spor)
        if table != "population_group":  # another name is another id anyway
            (change,) = check_additions(table, [{**row, **other, key: ""}], spor)
            assert change.row[key] == f"{IDS[table]}_2"
