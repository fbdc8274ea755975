"""The imitation of the sources, one for all tests of a process, and a store that asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kpi.fetch.sources import TOKEN, Sources, running_sources

RECIPE = """
title = "RAS200"
source_id = "ras200"
indicator_id = "employment_rate"
area = "OMRÅDE"
period = "TID"
value = "INDHOLD"
decimal = "comma"

[keep]
ALDER = "16-64"
"KØN" = "TOT"
BEREGNING = "BFK"

[group]
column = "HERKOMST"
"00" = "all"

[ignore]
areas = ["Christiansø"]
"""
DEFINITION = """
title = "RAS200: beskæftigelsesfrekvens"
source = "statbank"
recipe = "try_ras200"
every = "day"
publish = "when_clean"
overdue_after = 400

[query]
table = "RAS200"
[query.variables]
"OMRÅDE" = "*"
HERKOMST = ["00"]
ALDER = ["16-64"]
"KØN" = ["TOT"]
BEREGNING = ["BFK"]
Tid = "*"
"""


@pytest.fixture(scope="session")
def served_sources() -> Iterator[Sources]:
    """One server for all tests of this process."""
    with running_sources() as sources:
        yield sources


@pytest.fixture
def sources(served_sources: Sources, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """The services as they are at first, asked by every definition."""
    address = served_sources.address
    served_sources.__init__(address)  # type: ignore[misc]
    monkeypatch.setenv("KPI_STATBANK_URL", f"{address}/v1")
    monkeypatch.setenv("KPI_JOBINDSATS_URL", f"{address}/v3")
    monkeypatch.setenv("KPI_UDDANNELSESSTATISTIK_URL", f"{address}/Api/v1")
    monkeypatch.setenv("KPI_TOKEN_JOBINDSATS", TOKEN)
    monkeypatch.setenv("KPI_TOKEN_UDDANNELSESSTATISTIK", TOKEN)
    return served_sources


def write_definition(home: Path, name: str = "try_ras200", text: str = DEFINITION) -> None:
    """Puts a definition and its recipe into a store."""
    for folder, content in (("fetch", text), ("recipes", RECIPE)):
        (home / folder).mkdir(exist_ok=True)
        (home / folder / f"{name}.toml").write_text(content, encoding="utf-8")
