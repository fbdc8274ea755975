"""What a file names that is not known: listed, drafted from the file, and previewed."""

from dataclasses import replace
from pathlib import Path

import pytest

from kpi.additions.names import is_machine_name, lacking_names, machine_faults, taken_names
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem, RowsRefusedError
from kpi.domain.model import Break
from kpi.domain.series_break import breaks_of
from kpi.domain.vocabulary import Kind
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.adding import check_additions
from kpi.store.new_facts import NEW_ID, NewFacts, read_new_facts, with_unknown
from kpi.store.uploads import check_file
from kpi.views import new_changes, new_drafts
from kpi.views import new_things as view
from kpi.views.new_preview import new_preview, seen_in
from tests.tables import for_each

HEAD = "nøgletal;område;gruppe;periode;værdi;kilde\n"


def handed(lines: str, name: str = "fil.csv") -> Upload:
    return Upload(name, (HEAD + lines).encode())


def facts_of(upload: Upload, catalog: Catalog, home: Path) -> tuple[Checked, NewFacts, Catalog]:
    """What checking says of the file, facts of its unknown indicator, its catalog."""
    checked = check_file(upload, home=home)
    unknown = view.unknown_names(checked)
    names = {
        table: [name.text for name in unknown if name.table == table]
        for table in ("indicator", "population_group", "source")
    }
    known = with_unknown(catalog, *names.values())
    asked = NEW_ID if names["indicator"] else ""
    facts = read_new_facts(upload, Choices(), known, ["aarhus", "denmark"], asked, home)
    return checked, facts, known


def test_unknown_names_are_found_once_each_in_the_order_they_are_made(
    catalog: Catalog, built_home: Path
) -> None:
    upload = handed(
        "Nyt tal;Aarhus;Ny gruppe;2024;1;Ny kilde\n"
        "Nyt tal;Ny by;Ny gruppe;2024;1;Ny kilde\n"
        "Selvforsørgelsesgrad;Aarhus;;2024;70;\n"
    )
    names = view.unknown_names(check_file(upload, home=built_home))
    assert [(name.table, name.text, name.rows) for name in names] == [
        ("area", "Ny by", 1),
        ("population_group", "Ny gruppe", 2),
        ("source", "Ny kilde", 2),
        ("indicator", "Nyt tal", 2),
    ]


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("Kontanthjælpsmodtagere", ("1780", "1399"), ("count", "persons", "0", False)),
        ("Kontanthjælp i procent", ("2,3", "2,1"), ("proportion", "percent", "1", True)),
        ("Kontanthjælp", ("2,3 %", "2,15 %"), ("proportion", "percent", "2", True)),
        ("Andel på kontanthjælp", ("2,3", "2,1"), ("proportion", "percent", "1", False)),
        ("Andel på kontanthjælp", ("3", "2"), ("proportion", "percent", "0", False)),
        ("Dækningsgrad", ("103", "2"), ("count", "persons", "0", False)),
        ("Udgift til kurser", ("230,5", "1210,5"), ("amount", "dkk_per_year", "1", False)),
        ("Sagsbehandlingstid", ("230,5", "1210,5"), ("amount", "dkk_per_year", "1", False)),
    ],
)
def test_kind_unit_and_decimals_are_read_off_the_values(
    name: str,
    values: tuple[str, str],
    expected: tuple[str, str, str, bool],
    catalog: Catalog,
    built_home: Path,
) -> None:
    *filled, is_derived = expected
    lines = "".join(
        f"{name};{area};;2024;{value};\n"
        for area, value in zip(("Aarhus", "Hele landet"), values, strict=True)
    )
    checked, facts, _ = facts_of(handed(lines), catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    draft = new_drafts.draft_of(unknown, facts, checked, catalog)
    assert [draft.row[column] for column in ("name", "kind", "unit", "decimals")] == [name, *filled]
    assert {"kind", "unit"} <= draft.from_file or not is_derived
    assert "kind" not in draft.from_file or is_derived
    # The country is in the file, so it is what to compare with.
    assert draft.row["benchmark"] == "country"
    assert "benchmark" in draft.from_file


def test_an_area_is_placed_beside_those_that_the_figures_are_of(
    catalog: Catalog, built_home: Path
) -> None:
    upload = handed("programme_families;Langkærparken;;2025K2;22;\n")
    checked, facts, _ = facts_of(upload, catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    draft = new_drafts.draft_of(unknown, facts, checked, catalog)
    assert (draft.row["name"], draft.row["level"], draft.row["parent_id"]) == (
        "Langkærparken", "programme_area", "aarhus",
    )  # fmt: skip
    # The file does not say where it lies: Spor guesses by other figures.
    assert draft.from_file == {"name"}


@pytest.mark.some_cases
def test_rows_of_a_name_are_counted_beyond_the_problems_that_are_kept(built_home: Path) -> None:
    of_one = "".join(f"Selvforsørgelsesgrad;Sted 0;;{2000 + year};1;\n" for year in range(8))
    of_many = "".join(f"Selvforsørgelsesgrad;Sted {place};;2024;1;\n" for place in range(1, 1_020))
    checked = check_file(handed(of_many + of_one), home=built_home)
    assert len(checked.problems) < 1_100
    rows = {unknown.text: unknown.rows for unknown in view.unknown_names(checked)}
    assert (len(rows), rows["Sted 0"], rows["Sted 1019"]) == (1_020, 8, 1)


def test_a_known_area_that_is_doubted_is_not_offered_to_be_made() -> None:
    doubted = Problem("unknown_area", "fil.csv", 2, "område", "Tilst Sogn", "", "",
                      reported_as="warning")  # fmt: skip
    unknown = Problem("unknown_area", "fil.csv", 3, "område", "Bydel 7", "", "")
    checked = Checked("fil.csv", "table_csv", 2, 1, (doubted, unknown))
    assert [each.text for each in view.unknown_names(checked)] == ["Bydel 7"]


@pytest.mark.some_cases
def test_an_area_beside_known_ones_is_read_off_the_file(catalog: Catalog, built_home: Path) -> None:
    lines = "programme_families;Langkærparken;;2025K2;22;\nprogramme_families;Gellerup;;2031;2;\n"
    checked, facts, _ = facts_of(handed(lines), catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    draft = new_drafts.draft_of(unknown, facts, checked, catalog)
    assert draft.row["parent_id"] == "aarhus"
    assert draft.from_file == {"name", "level", "parent_id"}


@pytest.mark.parametrize("table", ["indicator", "area", "population_group", "source", "theme"])
def test_what_is_lacking_is_named_in_danish(catalog: Catalog, table: str) -> None:
    row = new_drafts.empty_draft(table).row
    assert new_drafts.missing(table, row, catalog)
    filled = dict.fromkeys(row, "x")
    assert new_drafts.missing(table, filled, catalog) == []


def test_a_name_that_is_taken_is_told_while_it_is_typed(catalog: Catalog) -> None:
    filled = dict.fromkeys(new_drafts.empty_draft("indicator").row, "x")
    known = next(iter(catalog.indicators.values()))
    row = filled | {"indicator_id": "", "short_name": known.short_name.upper()}
    (lacking,) = new_drafts.missing("indicator", row, catalog)
    assert lacking == (
        f"et andet kort navn (»{known.short_name.upper()}« er allerede et navn for nøgletallet "
        f"»{known.name}«)"
    )
    # It may keep its own.
    assert (
        new_drafts.missing("indicator", row | {"indicator_id": known.indicator_id}, catalog) == []
    )


@for_each(
    ("text", "is_machines"),
    [
        ("employment_rate", True), ("populationRate", True), ("fuldtid_pct pr. måned", True),
        ("OBS_VALUE", True), (" fullTime ", True), ("Ledighed", False), ("NSK-timer", False),
        ("UngAarhus", False), ("eBoks", False), ("Andel _ i alt", False), ("", False),
    ],
)  # fmt: skip
def test_what_a_machine_writes_is_no_name(text: str, is_machines: bool) -> None:
    assert is_machine_name(text) is is_machines
    (*_, lacking) = ["", *lacking_names("theme", {"theme_id": "", "name": text}, {})]
    assert ("på dansk" in lacking) is is_machines
    # What stands already may stay while something else is corrected.
    standing = {"theme_id": "a", "name": text}
    assert lacking_names("theme", standing, {"a": standing}) == []
    assert not [*machine_faults(standing, standing)]
    assert bool([*machine_faults(standing, None)]) is is_machines


@for_each(
    ("text", "is_taken"),
    [
        ("CAFÉ ÅRHUS", True), ("cafe aarhus", True), ("Café-Århus", True), ("CaféÅrhus", True),
        ("Café Aarhus 2", False), ("Cafæ Århus", False), ("Café Arhus", False),
    ],
)  # fmt: skip
def test_a_name_is_taken_however_it_is_spelled(text: str, is_taken: bool) -> None:
    known = {"cafe": {"theme_id": "cafe", "name": "Café Århus", "short_name": "Mødested"}}
    new = {"theme_id": "", "name": text}
    assert (
        [*taken_names("theme", new, None, known)] == [("name", new["name"], "Café Århus")]
    ) is is_taken


def test_fields_that_cannot_be_saved_are_named_as_on_the_page(built_home: Path) -> None:
    row = {"name": "Langkærparken", "level": "Bydel", "parent_id": "Mars"}
    with pytest.raises(RowsRefusedError) as refused:
        check_additions("area", [row], built_home)
    fields = dict(new_changes.refused_fields("area", refused.value))
    assert set(fields) == {"Slags område", "Ligger i"}
    assert fields["Ligger i"].startswith("»Mars«. Værdien findes ikke.")


@for_each(
    ("name", "aliases", "text", "expected"),
    [
        ("Kontanthjælp", "", "populationRate", "populationRate"),
        ("Kontanthjælp", "", "kontant hjælp", ""),  # the same name, written apart
        ("Kontanthjælp", "Bistand", "populationRate", "Bistand;populationRate"),
        ("Kontanthjælp", "populationRate", "populationrate", "populationRate"),
    ],
)
def test_the_files_own_spelling_becomes_a_name(
    name: str, aliases: str, text: str, expected: str
) -> None:
    row = {"name": name, "short_name": name, "aliases": aliases}
    assert new_drafts.with_spelling("indicator", row, text)["aliases"] == expected


def months(name: str, area: str, first: float) -> str:
    return "".join(
        f"{name};{area};;{year}M{month:02d};{first + step / 10:.1f};\n".replace(".", ",")
        for step, (year, month) in enumerate(
            (year, month) for year in (2025, 2026) for month in range(1, 8)
        )
    )


def test_the_card_and_chart_are_drawn_from_the_files_values_alone(
    catalog: Catalog, built_home: Path
) -> None:
    name = "Kontanthjælp i procent"
    upload = handed(months(name, "Aarhus", 2) + months(name, "Hele landet", 3))
    checked, facts, known = facts_of(upload, catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    row = new_drafts.draft_of(unknown, facts, checked, catalog).row | {
        "short_name": "Kontanthjælp", "direction": "lower_is_better", "theme_id": "employment",
    }  # fmt: skip
    preview = new_preview(row, facts, known, "aarhus")
    assert preview.card is not None
    assert preview.exhibit is not None
    assert preview.card.value.replace("\u00a0", " ") == "3,3 %"
    assert preview.card.badges[0].text == "Bedre end hele landet"
    assert preview.exhibit.title.startswith("Kontanthjælp: Aarhus ligger 1,0")
    assert [remark.is_good for remark in preview.seen] == [True]
    assert "Laveste 2,0 %, højeste 4,3 %" in preview.seen[0].text.replace("\u00a0", " ")
    # It follows what is typed.
    again = new_preview(row | {"direction": "neutral"}, facts, known, "aarhus")
    assert again.card is not None
    assert again.card.badges[0].text == "Lavere end hele landet"
    # Nothing of it is known to the store.
    assert NEW_ID not in catalog.indicators


@pytest.mark.some_cases
def test_a_file_without_the_pages_area_shows_its_own(catalog: Catalog, built_home: Path) -> None:
    upload = handed(months("Nyt tal i procent", "Odense", 2))
    _, facts, known = facts_of(upload, catalog, built_home)
    row = new_drafts.empty_draft("indicator").row
    preview = new_preview(row, facts, known, "aarhus")
    assert preview.exhibit is not None
    assert "Odense" in preview.exhibit.title


@pytest.mark.parametrize(
    ("kind", "facts", "remark"),
    [
        ("proportion", {"lowest": 1.0, "highest": 140.0}, "En andel er 0-100 %"),
        ("proportion", {"lowest": -1.0, "highest": 40.0}, "En andel er 0-100 %"),
        ("proportion", {"lowest": 0.1, "highest": 0.7, "decimals": 1}, "ganges med 100"),
        ("count", {"lowest": 1.5, "highest": 7.0, "decimals": 1}, "Et antal er et helt tal"),
        ("count", {"lowest": -2.0, "highest": 7.0, "is_whole": True}, "ikke være negativt"),
        ("mean", {"lowest": 1.25, "highest": 7.0, "decimals": 2}, "2 decimaler"),
        ("mean", {}, "ingen tal"),
    ],
)
def test_values_that_do_not_fit_the_kind_are_reported(
    kind: Kind, facts: dict[str, float], remark: str, catalog: Catalog
) -> None:
    indicator = replace(catalog.indicators["self_sufficiency_rate"], kind=kind, decimals=1)
    seen = seen_in(NewFacts(**facts), indicator)  # type: ignore[arg-type]
    assert remark in seen[0].text
    assert not seen[0].is_good


@pytest.mark.parametrize("table", ["indicator", "area", "population_group", "source", "theme"])
def test_a_current_row_is_written_as_the_tables_write_it(table: str, catalog: Catalog) -> None:
    for row_id in view.names_of(table, catalog):
        row = new_changes.row_of(table, row_id, catalog)
        assert next(iter(row.values())) == row_id
        assert all(isinstance(cell, str) for cell in row.values())


def test_breaks_are_written_as_they_are_read(catalog: Catalog) -> None:
    indicator = replace(
        catalog.indicators["self_sufficiency_rate"],
        breaks=breaks_of("2025-07-01 Kontanthjælpsreformen"),
    )
    assert indicator.breaks == (Break(indicator.breaks[0].day, "Kontanthjælpsreformen"),)


@pytest.mark.some_cases
def test_the_median_is_drawn_where_it_is_what_to_compare_with(
    catalog: Catalog, built_home: Path
) -> None:
    name = "Kontanthjælp i procent"
    cities = ("Aarhus", "Odense", "Aalborg", "Esbjerg")
    upload = handed("".join(months(name, area, 2 + step) for step, area in enumerate(cities)))
    checked, facts, known = facts_of(upload, catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    row = new_drafts.draft_of(unknown, facts, checked, catalog).row
    assert row["benchmark"] == "median"
    preview = new_preview(row, facts, known, "aarhus")
    assert preview.exhibit is not None
    assert "under medianen af de andre kommuner" in preview.exhibit.title
    assert preview.card is not None
    assert "medianen af de 3 andre kommuner" in preview.card.badges[0].text


def test_small_numbers_that_will_be_hidden_are_announced(
    catalog: Catalog, built_home: Path
) -> None:
    upload = handed("Nye sager;Aarhus;;2024;3;\nNye sager;Odense;;2024;30;\n")
    checked, facts, known = facts_of(upload, catalog, built_home)
    (unknown,) = view.unknown_names(checked)
    row = new_drafts.draft_of(unknown, facts, checked, catalog).row
    preview = new_preview(row, facts, known, "aarhus")
    assert preview.seen[-1].text == "Antal under 5 skjules, når tallene udgives."


@pytest.mark.some_cases
def test_a_new_area_is_compared_where_all_its_fellows_are(
    catalog: Catalog, built_home: Path
) -> None:
    upload = handed(
        "Familier i Opgang til Opgang;Skovby;;2025H1;30;\n"
        "Familier i Opgang til Opgang;Gellerup;;2025H1;75;\n"
    )
    checked, facts, _ = facts_of(upload, catalog, built_home)
    draft = new_drafts.draft_of(view.Unknown("area", "Skovby", 1), facts, checked, catalog)
    (together,) = catalog.sets_of("gellerup")
    assert draft.row["set_ids"] == together.set_id
    # The six cities are not what all municipalities are compared in.
    upload = handed("Elevfravær;Ny By;;2024/2025;7,1;\nElevfravær;Aarhus;;2024/2025;7,1;\n")
    checked, facts, _ = facts_of(upload, catalog, built_home)
    draft = new_drafts.draft_of(view.Unknown("area", "Ny By", 1), facts, checked, catalog)
    assert (draft.row["level"], draft.row["set_ids"]) == ("municipality", "")


@for_each(
    ("words", "kind", "unit"),
    [
        ("Population January 1st", "count", "persons"), ("Antal ledige", "count", "persons"),
        ("Folketal", "count", "persons"), ("Befolkning i procent", "proportion", "percent"),
        ("Andel personer i job", "proportion", "percent"), ("Udgift kr.", "amount", "dkk_per_year"),
        ("Trivsel", "proportion", "percent"),
    ],
)  # fmt: skip
def test_what_is_counted_is_guessed_of_words_where_no_figures_can_be_read(
    words: str, kind: str, unit: str
) -> None:
    assert new_drafts.guessed_kind(NewFacts(), words)[:2] == (kind, unit)
