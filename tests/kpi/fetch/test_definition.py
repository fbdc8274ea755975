"""Definitions: what they may say, and what is told of one that is faulty."""

from pathlib import Path

import pytest

from kpi.fetch.definition import (
    DefinitionError,
    definition_paths,
    parse_definition,
    read_definition,
)
from kpi.ingest.mapping.recipe import find_recipe
from tests.conftest import DATA
from tests.kpi.fetch.ras200 import DEFINITION, write_definition
from tests.kpi.fetch.sources import TOKEN
from tests.tables import for_each

JOBINDSATS = """
title = "Kontanthjælp"
source = "jobindsats"
recipe = "y60a02"
every = "week"
publish = "ask"
[query]
table = "y60a02"
period_type = "M"
periods = "latest:24"
measures = "*"
[query.hierarchies]
_nykom = "*"
_oprinda = ["/", "/4/"]
"""
UVM = """
title = "Fravær"
source = "uddannelsesstatistik"
recipe = "uvm_absence_api"
every = "month"
publish = "when_clean"
[query]
omraade = "GS"
emne = "ELEVFRAV"
underemne = "FRAVAAR"
noegletal = ["Gennemsnitligt fravær per skoleår"]
detaljering = ["[Tid].[Skoleår]"]
[query.filtre]
"[Klassetrin].[Skoletrin]" = ["Mellemtrin"]
"""
URL = """
title = "Egne tal"
source = "url"
recipe = "egne"
every = "never"
publish = "ask"
[query]
url = "http://127.0.0.1:1/tal.csv"
"""


@for_each(
    ("text", "table"),
    [
        (DEFINITION, "RAS200"), (JOBINDSATS, "y60a02"), (UVM, "GS ELEVFRAV FRAVAAR"),
        (URL, "127.0.0.1"),
    ],
)  # fmt: skip
def test_each_kind_of_source_is_read(text: str, table: str) -> None:
    definition = parse_definition(text, "prøve".replace("ø", "o"))
    assert definition.table == table
    assert parse_definition(text + "\n", "prove").digest != definition.digest


@for_each(
    ("text", "change", "to", "named"),
    [
        (DEFINITION, "title =", "titel =", "»titel«"),
        (DEFINITION, 'every = "day"', 'every = "hour"', "»hour«"),
        (DEFINITION, 'publish = "when_clean"', 'publish = "yes"', "»yes«"),
        (DEFINITION, 'source = "statbank"', 'source = "statbanken"', "statbank"),
        (DEFINITION, 'recipe = "try_ras200"', "", "»recipe«"),
        (DEFINITION, 'table = "RAS200"', "", "»table«"),
        (DEFINITION, 'table = "RAS200"', 'tabel = "RAS200"', "»tabel«"),
        (DEFINITION, 'table = "RAS200"', 'table = "RAS200/../x?a=1"', "»table«"),
        (DEFINITION, 'table = "RAS200"', 'table = "RAS200"\nlang = "de"', "»lang«"),
        (DEFINITION, "[query.variables]", "[query.variable]", "»variable«"),
        (DEFINITION, 'ALDER = ["16-64"]', "ALDER = [16]", "»ALDER«"),
        (DEFINITION, 'ALDER = ["16-64"]', "ALDER = []", "»ALDER«"),
        (DEFINITION, "overdue_after = 400", "overdue_after = 0", "»overdue_after«"),
        (DEFINITION, "overdue_after = 400", "overdue_after = true", "»overdue_after«"),
        (DEFINITION, "overdue_after = 400", 'released = "CPR 251248-4916"', "CPR"),
        (JOBINDSATS, "[query.hierarchies]", "[query.variables]", "»variables«"),
        (JOBINDSATS, 'measures = "*"', "", "»measures«"),
        (UVM, 'emne = "ELEVFRAV"\n', "", "»emne«"),
        (URL, "http://127.0.0.1:1/tal.csv", "https://evil.example/tal.csv", "evil.example"),
        (URL, "http://127.0.0.1:1/tal.csv", "http://api.statbank.dk/tal.csv", "https"),
        (URL, "[query]", '[query]\ntoken = "a b"', "»token«"),
    ],
)
def test_a_fault_is_reported_with_its_name(text: str, change: str, to: str, named: str) -> None:
    assert change in text
    with pytest.raises(DefinitionError) as refused:
        parse_definition(text.replace(change, to, 1), "prove")
    assert named in refused.value.message


def test_a_fault_of_a_line_is_reported_with_the_line() -> None:
    with pytest.raises(DefinitionError, match="Linje 5"):
        parse_definition(DEFINITION.replace('"day"', '"hour"'), "prove")


def test_a_table_without_its_variables_is_refused() -> None:
    text = DEFINITION.partition("[query.variables]")[0]
    with pytest.raises(DefinitionError, match=r"\[query\.variables\]"):
        parse_definition(text, "prove")


def test_a_definition_that_holds_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_TOKEN_JOBINDSATS", TOKEN)
    with pytest.raises(DefinitionError) as refused:
        parse_definition(f"# {TOKEN}\n{JOBINDSATS}", "prove")
    assert TOKEN not in str(refused.value)
    assert "Linje 1: " in str(refused.value)


@for_each("name", ["Ras200", "2ras", "ras-200", "ras 200", "æble", "a" * 61])
def test_a_name_is_plain(name: str) -> None:
    with pytest.raises(DefinitionError):
        parse_definition(DEFINITION, name)


def test_the_store_goes_before_the_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_DATA", str(DATA))
    assert read_definition("ras200", home).table == "RAS200"
    write_definition(home, "ras200", URL)
    assert read_definition("ras200", home).table == "127.0.0.1"


def test_every_shipped_definition_has_its_recipe(home: Path) -> None:
    names = [path.stem for path in (DATA / "fetch").glob("*.toml")]
    assert names
    for name in names:
        definition = parse_definition((DATA / "fetch" / f"{name}.toml").read_text("utf-8"), name)
        recipe = find_recipe(definition.recipe, [DATA / "recipes"])
        assert recipe.source_id


def test_a_definition_that_is_no_text_is_reported(home: Path) -> None:
    write_definition(home)
    (home / "fetch" / "try_ras200.toml").write_bytes(b"\xff\xfe\x00")
    assert "try_ras200" in definition_paths(home)
    with pytest.raises(DefinitionError, match="UTF-8"):
        read_definition("try_ras200", home)
