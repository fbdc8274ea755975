"""What is looked through for few persons is the same by the numbers of a check as by ids."""

from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kpi.store import added_rows, concerned
from kpi.store.figures_by_number import by_number, keep_places_of_added
from kpi.suppression.screening import Figures
from tests.kpi.store.test_implied_elsewhere import made, put_out

pytestmark = pytest.mark.second_look

AREAS = ("aarhus", "odense", "randers", "denmark")
GROUPS = ("all", "job_ready")
# Counts and shares with both their numbers, of two years.
PLAIN = 2 * 2 * len(AREAS) * len(GROUPS)


def rows_of(more: int) -> str:
    """Counts, and shares with and without both their numbers, none of few persons."""
    rows = []
    for place, (area, group, year) in enumerate(
        (area, group, year) for area in AREAS for group in GROUPS for year in (2023, 2024)
    ):
        having, of_all = 100 + 7 * place + more, 1000 + 11 * place
        share = f"{100 * having / of_all:.1f}".replace(".", ",")
        rows.append(f"people;{area};{group};{year};{having};;\n")
        rows.append(f"share;{area};{group};{year};{share};{having};{of_all}\n")
        rows.append(f"bare;{area};{group};{year};{share};;{of_all if place % 2 else ''}\n")
    return "".join(rows)


Read = list[Counter[tuple[float, ...]]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The figures that were read, each time; those of no row there as -1."""
    every: Read = []

    def noted(columns: dict[str, Any]) -> Any:
        cells = [np.nan_to_num(columns[name].astype(float), nan=-1) for name in sorted(columns)]
        every.append(Counter(map(tuple, np.array(cells).T.tolist())))
        return by_number(columns)

    monkeypatch.setattr(concerned, "by_number", noted)
    return every


def test_by_number_they_are_those_by_ids(
    home: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a first publication, and of one that puts other figures in the place of some."""
    made(home, people="count", share="proportion", bare="proportion")
    monkeypatch.setattr(added_rows, "MANY", 1)
    are_at_hand = []

    def both_ways(connection: Any, batch_id: int | None) -> bool:
        assert keep_places_of_added(connection, batch_id)
        (ids,) = connection.execute(
            "SELECT list(indicator_id ORDER BY indicator_id) FROM several"
        ).fetchone()
        connection.execute(concerned._CHOSEN, {"ids": ids})
        ends = {"first": ids[0], "last": ids[-1]}
        by_ids = connection.execute(concerned._FIGURES, ends).fetchnumpy()
        vars(concerned)["by_number"](by_ids)
        are_at_hand.append(batch_id)
        return True

    monkeypatch.setattr("kpi.store.concerned.keep_places_of_added", both_ways)
    put_out(home, rows_of(0))
    put_out(home, rows_of(3))
    by_ids, by_numbers = read[::2], read[1::2]
    assert len(are_at_hand) == len(by_ids) == 2
    assert by_ids == by_numbers
    assert by_ids[0].total() >= PLAIN
    assert by_ids[1].total() >= 2 * PLAIN


@pytest.mark.parametrize("length", [1, 300])
def test_an_indicator_has_its_figures_in_their_order(length: int) -> None:
    """Whether they lie together, or those of several take turns."""
    numbers = np.repeat([3, 0, 3, 1, 0, 0], length).astype(np.int32)
    rows = np.arange(numbers.size)
    columns = {each.name: rows for each in fields(Figures)}
    looked_through = {
        number: figures.persons for number, figures in by_number({"indicator": numbers, **columns})
    }
    assert list(looked_through) == [0, 1, 3]
    for number, persons in looked_through.items():
        assert persons.tolist() == rows[numbers == number].tolist()
