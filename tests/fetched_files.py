"""Fetched files that wait for a person, put there as a fetch does, without asking any source."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kpi.fetch.queue import Waiting, wait_for_person
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import parse_recipe
from kpi.ingest.table.raw import Upload
from kpi.store.uploads import check_file
from tests.kpi.fetch.ras200 import DEFINITION, RECIPE, write_definition

TITLE = "RAS200: beskæftigelsesfrekvens"
HEADER = "OMRÅDE;HERKOMST;ALDER;KØN;BEREGNING;TID;INDHOLD"


def let_wait(
    home: Path, name: str = "try_ras200", title: str = TITLE, values: Sequence[float] = (70.1, 29.2)
) -> Waiting:
    """A file of Aarhus' figures from 2022 on, which waits: the second is unlike the others."""
    write_definition(home, name, DEFINITION.replace(TITLE, title).replace("try_ras200", name))
    rows = [
        f"751;00;16-64;TOT;BFK;{year};{value:.1f}".replace(".", ",")
        for year, value in enumerate(values, 2022)
    ]
    upload = Upload("RAS200.csv", "\r\n".join([HEADER, *rows, ""]).encode())
    checked = check_file(upload, Choices(parse_recipe(RECIPE, name)), home)
    waiting = Waiting(
        upload.sha256, name, title, "RAS200", upload.name, name, None,
        datetime.now(UTC).isoformat(timespec="seconds"), "2026-10-28T08:00:00", checked.rows_read,
        checked.new, checked.changed, checked.problems,
    )  # fmt: skip
    wait_for_person(home, waiting, upload)
    return waiting
