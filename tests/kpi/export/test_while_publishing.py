"""A paper that is made while others publish is of one version, whole, and the next is newer."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.paper import Paper, paper
from kpi.export.workbook import workbook
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, open_store
from kpi.store.uploads import publish

pytestmark = pytest.mark.second_look

CHOICE = Choice("aarhus", theme_ids=("employment",))
PUBLICATIONS = 2 if "SPOR_SOAK" in os.environ else 1


def published_in_a_row(home: Path) -> None:
    for number in range(PUBLICATIONS):
        text = f"nøgletal;område;periode;værdi\nemployment_rate;aarhus;2021;{74 + number}\n"
        publish(Upload("ny.csv", text.encode()), None, "Ida", f"Nr. {number}", home)


@pytest.mark.parametrize("as_of", [None, pytest.param(date(2024, 6, 26), marks=pytest.mark.soak)])
def test_what_is_made_meanwhile_is_of_one_version(home: Path, as_of: date | None) -> None:
    store = open_store(home, as_of=as_of)
    catalog = store.catalog()

    def made() -> Paper:
        return paper(store, catalog, CHOICE)

    makers: list[Callable[[], bytes]] = [
        lambda: deck(made()),
        lambda: workbook(made(), catalog),
    ]
    before = [make() for make in makers]
    with ThreadPoolExecutor(3) as pool:
        publishing = pool.submit(published_in_a_row, home)
        rounds = 0
        while not publishing.done() or rounds == 0:
            assert [future.result() for future in [pool.submit(make) for make in makers]] == before
            rounds += 1
        publishing.result()
    store.close()
    assert current_version(home) == f"{1 + PUBLICATIONS:06d}"
    newer = open_store(home, as_of=as_of)
    again = workbook(paper(newer, newer.catalog(), CHOICE), newer.catalog())
    newer.close()
    # Of an earlier day nothing is new.
    assert (again == before[1]) is (as_of is not None)
