"""What holds for the source of every page: metadata drives it, so it knows no indicator by name."""

import csv
import re

from tests.pages.visit import REPOSITORY

SOURCES = (*REPOSITORY.glob("pages/*.py"), *REPOSITORY.glob("ui/**/*.py"))

with (REPOSITORY / "data" / "indicator.csv").open(encoding="utf-8", newline="") as _table:
    INDICATOR_IDS = {row["indicator_id"] for row in csv.DictReader(_table)}


def test_no_page_names_an_indicator() -> None:
    assert INDICATOR_IDS
    assert [
        (source.name, word)
        for source in SOURCES
        for word in re.findall(r"\w+", source.read_text(encoding="utf-8"))
        if word in INDICATOR_IDS
    ] == [], "metadata drives display: ask the indicator for a property"
