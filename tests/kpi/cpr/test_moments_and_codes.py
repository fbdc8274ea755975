"""Days with their times, codes with a year, files' names and thousands: 200, and as many persons.

The look-alikes have check digits that fit, as one in eleven has by chance: only what is beside them
distinguishes them.
"""

from base64 import b64encode, urlsafe_b64encode
from datetime import date, timedelta
from itertools import islice, product

from kpi.cpr.digits import fits_check
from kpi.cpr.file_names import name_holds_number
from kpi.domain.personal import holds_personal_number, personal_numbers
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_DAYS = [date(2016, 1, 2) + timedelta(days=37 * step) for step in range(100)]
# Seven that are given of each day and time: the check digits fit.
_FITTING = (
    f"{day:%d%m%y}-{hour:02}{minute:02}"
    for day in _DAYS
    for hour, minute in product(range(7, 20), range(60))
    if fits_check(f"{day:%d%m%y}{hour:02}{minute:02}")
)
MOMENTS = [*islice(_FITTING, 0, 20 * 97, 97)]
SCHOOLS = [
    f"{town}{place:03}-{year}"
    for town in (621, 707, 730, 751, 787)
    for place in range(2, 13)
    for year in range(2009, 2026)
    if fits_check(f"{town}{place:03}{year}")
][:20]
BEFORE_MOMENTS = (
    "", "hentet {}", "kl. {}", "Opdateret: {}", "pr. {}", "udtræk_{}", "{}.csv", "rapport-{}.xlsx",
)  # fmt: skip
BEFORE_SCHOOLS = ("skolekode {}", "Institutionskode: {}", "Skole {}", "kode {}")
AMOUNTS = (
    "1.201.901.234", "1 201 901 234", "2.512.484.916", "I alt 1.201.901.234 kr.",
    "1.201.901.234,00", "-2.512.484.916",
)  # fmt: skip
FILES = tuple(
    f"{word}-{ten}"
    for word in ("export", "udtræk", "rapport", "dump", "log", "Data")
    for ten in ("1203904567", "1201901234")
)
LOOK_ALIKES = (
    *(form.format(moment) if form else moment for form in BEFORE_MOMENTS for moment in MOMENTS),
    *(form.format(school) for form in BEFORE_SCHOOLS for school in SCHOOLS),
    *AMOUNTS, *FILES,
)  # fmt: skip

PERSONS = ("251248-4916", "141256-1666", "301055-3201", "070761-2118")
BEFORE_PERSONS = (
    "{}", "hentet {}", "kl. {}", "Opdateret: {}", "pr. {}", "udtræk_{}", "{}.csv", "log-{}",
    "skolekode {}", "Institutionskode: {}", "Skole {}", "kode {}", "i alt {} kr.", "x {}", "({})",
)  # fmt: skip
SPELLINGS = ("{0}-{1}", "{0} {1}", "{2}.{3}.{4}-{1}", "{2}/{3}/{4}-{1}")
PLANTED = [
    form.format(
        spelling.format(
            person[:6], person[7:], person[:2], person[2:4], person[4:6]
        )
    )
    for form in BEFORE_PERSONS
    for person in PERSONS
    for spelling in SPELLINGS
]  # fmt: skip


def test_there_are_two_hundred_of_each() -> None:
    assert len({*LOOK_ALIKES}) >= 200
    assert len({*PLANTED}) >= 200


def test_a_look_alike_is_taken_for_none() -> None:
    assert [text for text in LOOK_ALIKES if holds_personal_number(text)] == []
    rows = [(2, ("Aarhus", text)) for text in LOOK_ALIKES]
    assert [row for row in rows if personal_numbers(("a", "note"), [row])] == []


def test_a_person_is_found_beside_the_same_words() -> None:
    assert [text for text in PLANTED if not holds_personal_number(text)] == []


@for_each(
    "text",
    [
        "født 251223-1430", "Borger 251223-1430", "cpr 251223-1430", "patient hentet 251223-1430",
        "Hansen 251223-1430", "2512231430", "251227-1432", "personkode 751012-2024",
        "skolekode 251248-4916", "export-2512484916",
    ],
)  # fmt: skip
def test_what_may_be_a_person_of_a_hundred_years(text: str) -> None:
    assert holds_personal_number(text)


def test_a_number_of_a_workbook_is_an_amount_where_the_register_gives_none_such() -> None:
    assert not personal_numbers(("værdi",), [(2, ("\x021201901234",)), (3, ("\x025",))])
    assert personal_numbers(("værdi",), [(2, ("1201901234",)), (3, ("5",))])
    assert personal_numbers(("værdi",), [(2, ("\x022512484916",)), (3, ("\x025",))])


PACKED = [
    packed
    for person in PERSONS
    for text in (person, person.replace("-", ""), f"Hansen {person}", f"nr. {person};x")
    for packed in (
        b64encode(text.encode()).decode(), b64encode(text.encode()).decode().rstrip("="),
        urlsafe_b64encode(text.encode()).decode(), text.encode().hex(), text.encode().hex().upper(),
    )
]  # fmt: skip


@for_each("around", ["{}", "x {} y", "id={}"])
def test_a_number_in_base64_or_hexadecimal_digits(around: str) -> None:
    texts = [around.format(packed) for packed in PACKED]
    assert [text for text in texts if not holds_personal_number(text)] == []
    assert [text for text in texts if not is_refused(("a", "b"), [(text, "x")])] == []


@for_each("zeros", ["00", "0000", "0000000000"])
def test_a_number_that_zeros_are_before(zeros: str) -> None:
    for person in PERSONS:
        assert holds_personal_number(zeros + person.replace("-", ""))
        assert is_refused(("a", "b"), [(zeros + person.replace("-", ""), "x")])


def test_other_numbers_that_zeros_are_before() -> None:
    texts = [
        "001012345678",
        "004512345678",
        "00012345678905",
        "varenr. 002512484916",
        "0012,2512484916",
    ]
    assert [text for text in texts if holds_personal_number(text)] == []
    orders = [f"00{1_000_000_000 + step * 104_729_561}" for step in range(30)]
    assert not is_refused(("Ordre", "b"), [(order, "x") for order in orders])
    assert not holds_personal_number(b64encode(b"en helt anden tekst 2024").decode())
    assert not holds_personal_number("d2f1b6f0a3c4e5968778695a4b3c2d1e")
    assert not holds_personal_number("BOO1048574")


def test_a_column_with_the_serials_first() -> None:
    """It is found as a cell of it is; other codes of four and six stay codes."""
    days = (date(1948, 1, 3) + timedelta(days=37 * step) for step in range(200))
    births = [
        next(ten for serial in range(2400, 2900) if fits_check(ten := f"{day:%d%m%y}{serial}"))
        for day in days
    ]
    columns = {
        name: [f"{order[0]}-{order[1]}" for order in orders]
        for name, orders in {
            "fits": [(ten[6:], ten[:6]) for ten in births],
            "does not": [(f"{(int(ten[6:]) + 1):04}", ten[:6]) for ten in births],
            "no birthday": [(ten[6:], f"{int(ten[:2]) + 40}{ten[2:6]}") for ten in births],
        }.items()
    }
    for name, cells in columns.items():
        for count in (2, 5, len(cells)):
            rows = [(at, (cell,)) for at, cell in enumerate(cells[:count], 2)]
            numbers = personal_numbers(("a",), rows)
            assert len(numbers) == (count if name == "fits" else 0), (name, count)


def test_serials_first_of_those_who_have_no_check_digit() -> None:
    """Children and those of a first of January; counters with their days are codes."""
    days = [date(2007, 3, 4) + timedelta(days=1301 * step % 5900) for step in range(40)]
    cells = [
        (f"{serial:04}", f"{day:%d%m%y}")
        for step, day in enumerate(days)
        for serial in [4000 + step * 2617 % 5900]
        if not fits_check(f"{day:%d%m%y}{serial:04}")
    ]
    assert len(cells) > 30
    for mark in ("", "-", " "):
        for count in (10, len(cells)):
            rows = [(at, (mark.join(cell),)) for at, cell in enumerate(cells[:count], 2)]
            assert len(personal_numbers(("elev",), rows)) == count
            assert len(personal_numbers(("journalnr",), rows)) < 5
            rising = sorted(rows, key=lambda row: row[1])
            assert len(personal_numbers(("elev",), rising)) < 5
            low = [
                (at, (f"{int(cell[0]) - 4000:04}{mark}{cell[1]}",))
                for at, cell in enumerate(cells[:count], 2)
            ]
            assert len(personal_numbers(("elev",), low)) < 5


@for_each(
    ("text", "is_number"),
    [
        ("Ida 1948-12-25 00:00:00-4185", True),
        ("1948-12-25T00:00:00-4185", True),
        ("1948-12-25T00:00:00Z 4185", True),
        ("1948-12-25 00:00:00.000, 4185", True),
        ("25-12-1948 00:00 4185", True),
        ("25-12-1948 kl. 00.00 - 4185", True),
        ("25-12-1948 00:00:004185", True),
        ("12/25/1948 00:00:00-4185", True),
        ("12/25/1948 12:00:00 AM 4185", True),
        ("1948-12-25T00:00:00+01:00 4185", True),
        ("født 25-12-1948 00:00 nr. 4185", True),
        # What follows is a time zone, a year, another moment or what was counted that day.
        ("1948-12-25 00:00:00-0500", False),
        ("25.12.1948 00:00 - 1990", False),
        ("2024-01-15T00:00:00+0100", False),
        ("2024-01-15T00:00:00+01:00", False),
        ("den 1. mai 2024 kl. 00.00 1234", False),
        ("2024-01-15 00:00:00 1234 elever", False),
        ("2024-01-15 00:00:00 - 2024-02-15 00:00:00", False),
        ("1948-12-25 12:30:00-4185", False),
    ],
)
def test_a_day_of_birth_that_a_program_wrote_with_its_first_moment(
    text: str, is_number: bool
) -> None:
    assert holds_personal_number(text) is is_number


@for_each(
    ("name", "is_number"),
    [
        ("1948-12-25T000000-4185.csv", True),
        ("1948-12-25 00-00-00 4185.csv", True),
        ("udtræk_2024-01-15T000000-1234.csv", False),
        ("2024-01-15_0000_1234.csv", False),
    ],
)
def test_a_file_named_by_a_day_of_birth_and_its_first_moment(name: str, is_number: bool) -> None:
    assert name_holds_number(name) is is_number


@for_each(
    "text",
    [
        "25th December 1948-4185", "25th of December 1948, 4185", "25. Dezember 1948 4185",
        "25 décembre 1948-4185", "25. desember 1948-4185", "CPR 25th December 1948, 4185",
    ],
)  # fmt: skip
def test_months_as_neighbours_name_them(text: str) -> None:
    assert holds_personal_number(text)


# Born 1948 to 1987; the check digits fit, and no serial is a time of day.
_PEOPLE = [
    next(
        f"{day:%d%m%y}{serial}" for serial in range(2561, 4000)
        if fits_check(f"{day:%d%m%y}{serial}")
    )
    for day in (date(1948, 12, 25) + timedelta(days=823 * step) for step in range(18))
]  # fmt: skip


@for_each("count", [1, 2, 3, 6, 18])
@for_each(
    "written",
    [
        "19{2}-{1}-{0}-{3}", "19{2}-{1}-{0} 00:00:00-{3}", "19{2}-{1}-{0}T00:00:00 {3}",
        "{0}-{1}-19{2} 00:00:00-{3}",
    ],
)  # fmt: skip
def test_a_column_of_days_and_serials(written: str, count: int) -> None:
    """However many rows, and wherever the year stands: all check digits fit."""
    rows = [
        ["Aarhus", str(at), written.format(ten[:2], ten[2:4], ten[4:6], ten[6:])]
        for at, ten in enumerate(_PEOPLE[:count])
    ]
    assert is_refused(["sted", "antal", "note"], rows)


def test_codes_that_begin_with_a_day_are_none() -> None:
    """Cases by their day and a number: one check digit in eleven fits."""
    rows = [
        ["Aarhus", str(at), f"{date(2015, 1, 2) + timedelta(days=53 * at)}-{37 * at + 11:04}"]
        for at in range(60)
    ]
    assert not is_refused(["sted", "antal", "note"], rows)
