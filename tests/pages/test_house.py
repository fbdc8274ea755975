"""What holds for the source of every page: metadata drives it, so it knows no indicator by name."""

import csv
import re
from pathlib import Path

import pytest

from tests.pages.visit import REPOSITORY

SOURCES = sorted([*REPOSITORY.glob("pages/*.py"), *REPOSITORY.glob("ui/**/*.py")])

with (REPOSITORY / "data" / "indicator.csv").open(encoding="utf-8", newline="") as _table:
    INDICATOR_IDS = {row["indicator_id"] for row in csv.DictReader(_table)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_page_names_an_indicator(source: Path) -> None:
    assert len(INDICATOR_IDS) == 35
    words = set(re.findall(r"\w+", source.read_text(encoding="utf-8")))
    assert words & INDICATOR_IDS == set()
