"""A slip of any name in data/ is never taken for another thing's name alone."""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.domain.errors import choices_hint

DATA = Path(__file__).parents[3] / "data"
NAMES = {
    "indicator": ("name", "short_name"), "area": ("name",), "population_group": ("name",),
    "theme": ("name",),
}  # fmt: skip
LETTERS = "abcdefghijklmnoprstuvyæøå"


def _slips(name: str, chance: random.Random) -> Iterator[str]:
    """One letter changed, one left out, two that changed places, and each word left out."""
    for _ in range(2):
        at = chance.randrange(len(name))
        yield name[:at] + chance.choice(LETTERS) + name[at + 1 :]
        yield name[:at] + name[at + 1 :]
        yield name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
    words = name.split()
    yield from (" ".join(words[:at] + words[at + 1 :]) for at in range(len(words)))


@pytest.mark.soak
def test_a_slip_of_a_name_is_not_taken_for_another_thing() -> None:
    """Of two that are as near both are named: »Veje« may be Vejle or Vejen."""
    chance, wrong, right = random.Random(1), [], 0
    for table, columns in NAMES.items():
        with (DATA / f"{table}.csv").open(encoding="utf-8") as file:
            rows = [
                [row[column] for column in columns if row[column]] for row in csv.DictReader(file)
            ]
        names = list(dict.fromkeys(name for own in rows for name in own))
        for own in rows:
            for slip in (slip for name in own for slip in _slips(name, chance)):
                hint = choices_hint(slip, names)
                named = re.findall("»([^«]+)«", hint) if hint.startswith("Mente du") else []
                right += bool({*named} & {*own})
                if slip not in names and len(named) == 1 and named[0] not in own:
                    wrong.append((slip, own[0], named[0]))
    assert not wrong
    assert right > 300, "hardly any slip is known for what it is"
