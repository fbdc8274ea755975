"""Whatever is added, corrected, retired and withdrawn in any order: a plain model agrees."""

import os
import random
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kpi.additions.model import catalog_rows
from kpi.domain.errors import KpiError
from kpi.store import init, open_store
from kpi.store.adding import add
from kpi.store.withdrawing_entries import withdraw_entry
from kpi.tables.spec import Row
from tests.kpi.store.test_crashes import EACH_STEP, STRIDE, Case, kill

STEPS = 14 if "SPOR_SOAK" in os.environ else 9


def areas_of(home: Path) -> dict[str, Row]:
    store = open_store(home)
    catalog = store.catalog()
    store.close()
    return catalog_rows("area", catalog)


@dataclass
class Model:
    """What areas there are: those of data/, and the rows of the entries that count."""

    base: Mapping[str, Row]
    entries: dict[int, Row] = field(default_factory=dict)

    def areas(self, without: int | None = None) -> dict[str, Row]:
        """Of each id the newest row."""
        rows = [row for number, row in self.entries.items() if number != without]
        return {**self.base, **{row["area_id"]: row for row in rows}}

    def is_needed(self, entry: int) -> bool:
        """Whether the entry cannot be withdrawn: corrected later, or another area lies there."""
        row = self.entries[entry]
        later = [r for n, r in self.entries.items() if n > entry and r["area_id"] == row["area_id"]]
        left = self.areas(without=entry)
        return bool(later) or any(r["parent_id"] not in {"", *left} for r in left.values())


def step(chance: random.Random, model: Model, home: Path, number: int) -> None:
    """Does one thing to the store and the model."""
    kind = chance.choice(["add", "add", "rename", "retire", "undo", "undo"])
    if kind == "undo" and model.entries:
        entry = chance.choice(list(model.entries))
        needed = model.is_needed(entry)
        try:
            withdraw_entry(entry, "Bo", "Fejl", home)
            assert not needed
            del model.entries[entry]
        except KpiError:
            assert needed
        return
    areas = model.areas()
    if kind == "add":
        level, parents = chance.choice([
            ("Boligområde", ["aarhus", "odense"]),
            ("Skole", [area_id for area_id, row in areas.items()
                       if row["level"] == "housing_area"]),
        ])  # fmt: skip
        row = {"name": f"Nyt sted {number}", "level": level,
               "parent_id": chance.choice(parents or ["aarhus"])}  # fmt: skip
    elif kind == "retire":
        leaves = set(areas) - {r["parent_id"] for r in areas.values()}
        row = {"area_id": chance.choice(sorted(leaves)), "retired": f"2025-06-{number + 1:02}"}
    else:
        row = {"area_id": chance.choice(sorted(areas)), "name": f"Nyt navn {number}"}
    done = add("area", [row], "Anna", home)
    assert done.entry_id is not None
    (change,) = done.changes
    model.entries[done.entry_id] = change.row


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20 if "SPOR_SOAK" in os.environ else 1))
def test_a_plain_model_agrees(seed: int, spor: Path, tiny: Path) -> None:
    chance = random.Random(seed)
    model = Model(areas_of(spor))
    for number in range(STEPS):
        step(chance, model, spor, number)
        assert areas_of(spor) == model.areas()
        if number % 5 == 4:
            init(spor, tiny)
            assert areas_of(spor) == model.areas()
    # Withdrawn from the newest on, nothing is left.
    for entry in sorted(model.entries, reverse=True):
        withdraw_entry(entry, "Bo", "Forfra", spor)
    assert areas_of(spor) == model.base


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_before_each_step_the_old_or_the_new_name_is_current(
    spor: Path, tmp_path: Path
) -> None:
    file = tmp_path / "navn.area"
    file.write_text("Gellerup Nord", "utf-8")
    steps = kill(EACH_STEP, tmp_path / "killed", Case(spor, file, None, None), str(STRIDE))
    names = [
        areas_of(tmp_path / "killed" / str(place))["gellerup"]["name"]
        for place in range(0, steps + 1, STRIDE)
    ]
    assert set(names) == {"Gellerup", "Gellerup Nord"}
    assert names == sorted(names)
    add("area", [{"area_id": "gellerup", "name": "Ny"}], "A", tmp_path / "killed" / "4")
    assert areas_of(tmp_path / "killed" / "4")["gellerup"]["name"] == "Ny"
