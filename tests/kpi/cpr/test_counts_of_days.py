"""A day of our time and how many there were on it: a count, in whatever it is counted."""

import random

from kpi.cpr.digits import fits_check
from kpi.cpr.typed import typed_holds_number
from tests.tables import for_each

_CHANCE = random.Random(31)
COUNTED = (
    "rækker", "svar", "besvarelser", "registreringer", "ydelser", "familier", "dage", "kr.", "tkr.",
    "pct.", "forløb", "klager", "tilbud", "ansatte", "årsværk", "underretninger", "lejemål",
    "virksomheder", "fakturaer", "helårspersoner", "elever", "borgere", "ledige", "kroner", "mio.",
)  # fmt: skip
FORMS = (
    "Fil af {}, {} {}", "Udtræk {} ({} {})", "{}: {} {}", "{} {} {}", "Pr. {} {} {}",
    "Hentet {} - {} {}", "KSD {}, {} {}",
)  # fmt: skip


def of_our_time() -> tuple[str, str]:
    """A day since 2010 and a count whose digits do not fit."""
    while True:
        day, month = _CHANCE.randint(1, 28), _CHANCE.randint(1, 12)
        six = f"{day:02}{month:02}{_CHANCE.randint(10, 25)}"
        if not fits_check(six + (count := f"{_CHANCE.randint(4000, 9999)}")):
            return six, count


@for_each(("form", "counted"), [(form, counted) for form in FORMS for counted in COUNTED])
def test_what_is_counted_on_a_day(form: str, counted: str) -> None:
    for _ in range(20):
        text = form.format(*of_our_time(), counted)
        assert not typed_holds_number(text), text


@for_each("form", FORMS)
def test_a_day_long_ago_is_one_of_birth(form: str) -> None:
    for counted in ("mangler", "har fået hjælp", ""):
        assert typed_holds_number(form.format("251248", "4916", counted)), form
