"""A definition of a fetch and its source, from the first file to an ordinary new year."""

from datetime import datetime
from pathlib import Path

from kpi.fetch.fetching import Fetched, fetch
from kpi.fetch.http import Client, Limits
from tests.kpi.fetch.sources import AREAS, WHOLES, Sources

NAME = "try_ras200"


def fetch_once(home: Path, is_trial: bool = False, now: datetime | None = None) -> Fetched:
    """What becomes of a fetch of the definition; no time passes between its tries."""
    return fetch(NAME, home, is_trial, _client, now)


def _client() -> Client:
    return Client(Limits(most_bytes=20_000_000), sleep=lambda _: None)


def make_realistic(sources: Sources) -> None:
    """Each area moves in its own way, as real ones do."""
    for place, area in enumerate(AREAS):
        for year in range(2019, 2025):
            since = year - 2019
            own = (
                (place % 11) * 0.37
                + since * (place % 5 - 2) * 0.13
                + (place * place + year) % 7 / 9
            )
            # The country and its regions lie among their parts.
            sources.bump[area, "00", str(year)] = 2.0 if area in WHOLES else own


def new_year(sources: Sources) -> None:
    """The source has one year more, under a later stamp."""
    sources.years.append(str(int(sources.years[-1]) + 1))
    sources.updated = f"{int(sources.updated[:4]) + 1}{sources.updated[4:]}"


def doubtful_year(sources: Sources) -> None:
    """The source has one year more, in which a figure is unlike all others: its file waits."""
    new_year(sources)
    sources.bump["751", "00", "2022"] = -30.0


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


def write_definition(home: Path, name: str = "try_ras200", text: str = DEFINITION) -> None:
    """Puts a definition and its recipe into a store."""
    for folder, content in (("fetch", text), ("recipes", RECIPE)):
        (home / folder).mkdir(exist_ok=True)
        (home / folder / f"{name}.toml").write_text(content, encoding="utf-8")
