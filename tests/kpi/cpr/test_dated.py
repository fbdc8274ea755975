"""A number whose day is written as letters and forms are dated, in every way to part its parts."""

from itertools import product

import duckdb
import pyarrow as arrow

from kpi.cpr.dated import with_plain_days
from kpi.cpr.digits import fits_check
from kpi.cpr.spelling import holds_personal_number
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from kpi.ingest.gate.likely_texts import likely_texts
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

# `m` is the month in digits, `w` and `a` its word and the short one.
DAYS = (
    "{d}/{m}-{y}", "{d}/{m} {y}", "{d}/{m}/{y}", "{d}/{m} - {y}", "{d} / {m} - {y}", "{d}/{m}-'{y}",
    "{d}.{m}.{y}", "{d}. {m}. {y}", "{d}.{m} {y}", "{d}.{m}.'{y}", "{d}-{m}-{y}", "{d} - {m} - {y}",
    "{d}. {w} {y}", "{d} {w} {y}", "{d}.{w}.{y}", "{d}. {w}, {y}", "{d}. {a}. {y}", "{d}/{a}-{y}",
    "{d}-{a}-{y}", "{d}{a}{y}", "{d}. {w} '{y}",
)  # fmt: skip
JOINTS = ("-", " - ", "/", " / ", "–", " – ", "-\n", "- ", " -")
BORN = ((9, 3, 73), (19, 12, 48), (9, 12, 52), (19, 3, 61))
WORDS = {3: ("marts", "mar"), 12: ("december", "dec")}


def spellings(day: str, joint: str) -> list[str]:
    """A person's number with its day written so: both lengths of the year, with zeros and without.

    Of each day a serial that is no time of day, and one that might be.
    """
    spelled = []
    for (born, month, year), first in product(BORN, (1000, 2400)):
        six = f"{born:02}{month:02}{year}"
        serial = next(
            number for number in range(first, 4000)
            if fits_check(f"{six}{number}") and not 1900 <= number <= 2100
        )  # fmt: skip
        word, short = WORDS[month]
        for century, width in product(("", "19"), ("1", "02")):
            date = day.format(
                d=f"{born:{width}}", m=f"{month:{width}}", w=word, a=short, y=f"{century}{year}"
            )
            if not (century and "'" in date):
                spelled.append(f"{date}{joint}{serial}")
    return spelled


@for_each("day", DAYS)
def test_is_found_however_its_day_is_dated(day: str) -> None:
    for joint in JOINTS:
        for number in spellings(day, joint):
            assert holds_personal_number(number), number
            assert text_holds_number(f"Ida {number} er på listen"), number
            assert typed_holds_number(number), number


@for_each("joint", JOINTS)
def test_is_found_in_a_cell(joint: str) -> None:
    for day in DAYS:
        number = spellings(day, joint)[0]
        assert is_refused(
            ("Område", "Note"), [("Aarhus", ""), ("Odense", number), ("Vejle", "")]
        ), number


def test_many_texts_are_left_by_the_database() -> None:
    """So many that the database looks at them first."""
    planted = [
        number for day, joint in product(DAYS, JOINTS) for number in spellings(day, joint)[:9:2]
    ]
    with duckdb.connect() as connection:
        likely = likely_texts(connection, arrow.array(planted), None)
    assert {*planted} - {text for _, text in likely} == set()


@for_each(
    "text",
    (
        "12/11 2021-1030", "fra 9/3 - 12/4 2024", "9/3 - 12/4 1973", "1/2 - 3/4 2020-2023",
        "9/3 1973-1980", "9/3 1973: 1200 elever", "d. 9/3 2024 kl. 1030", "9/3 - 24 1200 borgere",
        "5 / 10 - 50 2400 sager", "9. marts, 2024, 1234 elever", "1/3 - 2/3 2500",
        "3/4-5/6 70-1234",
    ),
)  # fmt: skip
def test_other_days_and_figures_are_none(text: str) -> None:
    assert not holds_personal_number(text)
    assert not text_holds_number(text)


def test_a_day_without_a_serial_stays_as_it_is() -> None:
    for text in ("9/3 - '73", "9 / 3 - 73, 12", "9 / 3 - 73\x1f2407", "3/4 af 12-2407"):
        assert with_plain_days(text) == text
