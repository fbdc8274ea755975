"""A record that is no row of the table passes the gate too: what is reported of it repeats it."""

import pytest

from kpi.ingest.loading import load
from kpi.ingest.table.raw import RefusedError, Upload
from tests.empty_database import empty_database

TABLE = "Område;Periode;Antal\nAarhus;2023;1234\nOdense;2023;987\nRanders;2023;456\n"
# In too few cells, too many, and between the rows.
RECORDS = {
    "alone": TABLE + "{}\n",
    "between": TABLE.replace("Odense", "{}\nOdense"),
    "two cells": TABLE + "x;{}\n",
    "four cells": TABLE + "Viby;2023;3;{}\n",
}
PERSONS = (
    "Se 251248, 4916",
    "Ida Holm 251248.4916",
    "Borger 510981251, Ida Holm",
    "251248 Jens Hansen 4916",
    "4916 født 25.12.48",
    "Opgjort uden Ida (251248, 4916).",
)
OTHERS = (
    "Region Midtjylland",
    "I alt 1.234, heraf 4916 uden job",
    "Opgjort 31.12.2024, 4916 personer",
    "Tlf. 89 40 20 00",
    "J.nr. 24/012345-7",
)


@pytest.mark.parametrize("record", RECORDS)
def test_a_number_among_words_is_found_in_it(record: str) -> None:
    passed = [text for text in PERSONS if not _is_refused(RECORDS[record].format(text))]
    assert passed == []


def test_other_words_are_reported_as_before() -> None:
    refused = [
        (record, text)
        for record, table in RECORDS.items()
        for text in OTHERS
        if _is_refused(table.format(text))
    ]
    assert refused == []


def _is_refused(table: str) -> bool:
    """Whether a CPR number is seen in the file; each is read, with its broken record, or not."""
    with empty_database() as connection:
        try:
            read = load(connection, Upload("tal.csv", table.encode()))
        except RefusedError as refusal:
            return "CPR-nummer" in str(refusal)
    assert read.problems
    return False
