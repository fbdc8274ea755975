"""A column of persons' numbers is refused however their day is written and what parts the serial.

What a column's cells look like may say that they are codes: never where all of them fit.
"""

from datetime import date, timedelta
from random import Random

from kpi.cpr.digits import fits_check
from kpi.cpr.texts import text_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each
from tests.tiers import some

DAYS = (
    "%d%m%y", "%d%m%Y", "%y%m%d", "%Y%m%d", "%d.%m.%y", "%d-%m-%y", "%d/%m-%y", "%d/%m/%y",
    "%d %m %y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m %Y", "%d/%m-%Y", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d",
    "%d. %m. %Y", "%y-%m-%d", "%d%m %y", "%d %m%y",
)  # fmt: skip
JOINTS = ("-", " ", "/", " - ", ".", "_", "", " / ", "–", ":")
HEADS = ("note", "Sagsnr", "id", "kunde")


def numbers(chance: Random, count: int, day: str, joint: str) -> list[str]:
    """Persons of the last century whose check digits fit, written so."""
    written: list[str] = []
    while len(written) < count:
        born = date(1940, 1, 1) + timedelta(chance.randrange(20_000))
        serial = chance.randint(2400, 3999)
        if fits_check(f"{born:%d%m%y}{serial}"):
            written.append(f"{born.strftime(day)}{joint}{serial}")
    return written


@for_each("day", DAYS)
def test_a_column_of_persons(day: str) -> None:
    chance = Random(day)
    passed = []
    for place, joint in enumerate(some(JOINTS, 3)):
        for count in (7, 25):
            column = numbers(chance, count, day, joint)
            head = HEADS[(place + count) % len(HEADS)]
            rows = [(f"område {number}", cell) for number, cell in enumerate(column)]
            if not is_refused(("Område", head), rows):
                passed.append((head, count, column[0]))
    assert passed == []


@for_each(
    "moment",
    (
        "{0:%Y-%m-%d}T{1:02}:{2:02}:{3:02}.{4:03}Z", "{0:%Y-%m-%d} {1:02}:{2:02}:{3:02}.{4:03}Z",
        "{0:%Y-%m-%d}T{1:02}:{2:02}:{3:02}Z", "{0:%d-%m-%Y} {1:02}:{2:02}:{3:02},{4:03}",
        "{0:%d.%m.%y} {1:02}.{2:02}.{3:02}.{4:03}", "{0:%Y%m%d}T{1:02}{2:02}{3:02}.{4:03}Z",
        "{0:%d/%m/%Y} kl. {1:02}:{2:02}:{3:02}.{4:03}", "{0:%Y%m%d}{1:02}{2:02}{3:02}{4:03}",
    ),
)  # fmt: skip
def test_moments_of_programs_are_none(moment: str) -> None:
    chance = Random(moment)
    written = [
        moment.format(
            date(2019, 1, 1) + timedelta(chance.randrange(2_500)), chance.randrange(24),
            chance.randrange(60), chance.randrange(60), chance.randrange(1_000),
        )
        for _ in range(400)
    ]  # fmt: skip
    assert [text for text in written if text_holds_number(text)] == []
