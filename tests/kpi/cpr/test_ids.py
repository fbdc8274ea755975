"""Ids in hexadecimal digits are no persons, though letters in them may be a month."""

import random
import uuid

from kpi.cpr.spelling import holds_personal_number
from tests.tables import for_each

_CHANCE = random.Random(4)
# `ab` is a month in some language; a letter before an id says what it is the id of.
KNOWN = (
    "d0b2ab85-6818-4f60-a2c6-fb54a8ba18b0", "463a8a24-1f48-47b8-ab57-2754d9f2ead2",
    "bb118897-1928-ab55-2be5-da8008240419", "486ef67981b553fc87052b24ab7024b4",
    "https://odense.sharepoint.com/tal.xlsx?d=wb523389d008a7d6407629174d9aec1b5&csf=1&web=1",
)  # fmt: skip


@for_each("text", KNOWN)
def test_ids_that_look_like_a_day(text: str) -> None:
    assert not holds_personal_number(text)


def test_ids_of_chance() -> None:
    ids = [str(uuid.UUID(int=_CHANCE.getrandbits(128), version=4)) for _ in range(6_000)]
    ids += [f"tal.xlsx?d=w{_CHANCE.getrandbits(128):032x}&web=1" for _ in range(2_000)]
    assert [text for text in ids if holds_personal_number(text)] == []


def test_a_month_beside_digits_is_still_one() -> None:
    for text in ("25dec1948-4916", "25ab1948-4916", "25 dec 1948-4916", "25-dec-1948-4916"):
        assert holds_personal_number(text), text
