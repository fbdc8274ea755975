"""What ordinary municipal files hold beside words: accounts, projects, schools, days with counts.

Each column is made of chance digits in one shape, so that some of its cells look like a person's
number in every way. A person's own number among them is found where it is written otherwise.
"""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from kpi.cpr.digits import fits_check
from kpi.cpr.shapes import shape_of
from kpi.domain.personal import holds_personal_number, name_holds_number, personal_numbers
from kpi.ingest.gate.column_gate import gate_columns
from kpi.ingest.table.dictionary import spelled_rows
from kpi.ingest.table.raw import RefusedError
from tests.days import today
from tests.empty_database import empty_database
from tests.tables import for_each

GIVEN = ("2512484916", "0707612061", "1412561666", "2002792063")
_CHANCE = random.Random(7)
_ROWS = 60


def digits(many: int) -> str:
    return "".join(_CHANCE.choice("0123456789") for _ in range(many))


def day(apart: str) -> str:
    parts = _CHANCE.randint(1, 28), _CHANCE.randint(1, 12), _CHANCE.randint(15, 24)
    return apart.join(f"{part:02}" for part in parts)


OTHERS: dict[str, tuple[str, Callable[[], str]]] = {
    "account": ("Kontonr", lambda: f"{digits(4)} {digits(10)}"),
    "account with a dash": ("Udbetales til", lambda: f"{digits(4)}-{digits(10)}"),
    "account in words": ("Betaling", lambda: f"Reg. {digits(4)} konto {digits(10)}"),
    "project": ("PSP-element", lambda: f"XG-{digits(10)}-{digits(5)}"),
    "short project": ("Projekt", lambda: f"XA-{digits(10)}"),
    "cost centre": ("Sted", lambda: f"1{digits(9)} Skole og bolig"),
    "posting": ("Kontering", lambda: f"{digits(6)}-{digits(4)}-{digits(3)}"),
    "posting in the middle": ("Kontering", lambda: f"{digits(4)}-{digits(6)}-{digits(4)}"),
    "journal": ("Journalnr", lambda: f"{_CHANCE.randint(0, 99):02}-{day('-')[:5]}-{digits(4)}"),
    "case of its year": ("Sag", lambda: f"{_CHANCE.randint(10, 24)}-{digits(6)}-{digits(2)}"),
    "months": ("Periode", lambda: f"20{_CHANCE.randint(10, 20)}{_CHANCE.randint(1, 12):02}-2024"),
    "day with a count": ("Tekst", lambda: f"pr. {day('.')} {digits(4)}"),
    "last day with a count": ("Status", lambda: f"31.12.{_CHANCE.randint(10, 24)} {digits(4)}"),
    "property": ("Ejendom", lambda: f"751{digits(7)}"),
    "money in words": ("Tekst", lambda: f"Budget {_CHANCE.randint(10**9, 32 * 10**8)} kr."),
}


def is_refused(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether both gates, for many rows and for few, refuse a table; they judge it alike."""
    numbered = list(enumerate(rows, start=2))
    with empty_database() as connection:
        try:
            gate_columns(connection, columns, spelled_rows(numbered, len(columns)))
            refused = False
        except RefusedError:
            refused = True
    assert bool(personal_numbers(columns, numbered)) is refused
    return refused


@pytest.mark.some_cases
@pytest.mark.parametrize("kind", OTHERS)
def test_a_column_of_other_numbers(kind: str) -> None:
    name, made = OTHERS[kind]
    rows = [(made(), str(_CHANCE.randint(1000, 9999))) for _ in range(_ROWS)]
    assert not is_refused((name, "Antal"), rows)
    for number in ("251248-4916", "25.12.48-4916", "ring til 251248-4916"):
        assert is_refused((name, "Antal"), [*rows, (number, "5")])


@for_each("shape", ["Reg. 1234 {}", "{} Ida", "A-{}-00010", "x{}-{}"])
def test_a_column_of_persons_in_the_same_shape(shape: str) -> None:
    rows = [(shape.format(ten, "7"), "5") for ten in GIVEN * 5]
    assert is_refused(("x", "Antal"), rows)


@for_each("first", ["7510", "7511", "1010", "7301"])
@for_each("right", ["Elever", "År", ""])
def test_schools_are_numbered_by_their_municipality(first: str, right: str) -> None:
    numbers = list(range(1, 60))
    # Of the case's own, whatever ran before it: three numbers might be days by chance.
    random.Random(f"{first} {right}").shuffle(numbers)
    counts = (str(2015 + n % 9) if right == "År" else str(1000 + n * 131) for n in numbers)
    rows = [(f"{first}{n:02}", count) for n, count in zip(numbers, counts, strict=True)]
    assert not is_refused(("Institutionsnr", right), rows)
    assert not is_refused(("Kode", right), rows[:3])


@for_each(
    "text",
    [
        "3627 1012451234", "Reg. 9570 Konto 0110901234", "PSP-element XG-1201901234-00010",
        "PSP-element: XG-0101904321", "P-nr: 1001234567", "31.12.20 4567", "1/7-20 4567 børn",
        "pr. 31.12.20 4567 borgere", "31.12.2020 4567", "22-03-24-1952", "Dok.nr. 22-03-24-1952",
        "Budget 2512484916 kr.", "Indtægt: 1204561230 kr", "DKK 1204561230", "ISBN 8712345678",
        "Faktura nr. 1012451234", "Fakturanr 0101901234", "Bilagsnr. 1210194567",
        "Varenummer 120145-1234", "Serienr. 120145-1234", "751 101225 5678", "0x0101901234",
        "Profitcenter 1201451234", "Omkostningssted: 1201901234", "201203-2024",
        "201912 - 2022", "23-052445-57", "1551 0012345678", "IBAN DK50 0040 0440 1162 43",
        "EAN-nr. 5798 0057 7022 0", "KLE 00.32.04-G01-123-24", "J.nr. 2019-0101-1234",
        "Matr.nr. 12ab, 1234 Aarhus", "UTM 572345 6223456", "12.10.23 08.30-16.00",
        "FI +71<012345678901234+12345678<", "uge 0124-5224",
        "https://dst.dk/nyt?cid=1203904567&ts=1710151234", "DocId: 1203904567",
        "PXVSX5U7KY3K-1203904567-123",
        "skoleåret 2021/2022-2022/2023", "Opgjort 27/05/93 4299 forløb",
        "27/05/93 4299 kontanthjælpsmodtagere", "Pr. 27/05/93 4299 og 3000 i alt",
    ],
)  # fmt: skip
def test_other_numbers_in_a_text(text: str) -> None:
    assert not holds_personal_number(text)
    assert not name_holds_number(f"{text}.csv")
    assert not personal_numbers(("a", "b"), [(2, ("Aarhus", text))])


@for_each(
    "text",
    [
        "Se borger 27/05/93 4299 for mere", "Borgeren (19/03/60 4246) er flyttet",
        "31.08.48 4952 boede der", "Vedr. 22.01.22 4556 og moderen", "12.09.1964-2073",
    ],
)  # fmt: skip
def test_what_follows_a_day_apart_is_no_count(text: str) -> None:
    """What is told of somebody counts nothing, and no period is from a day until a year."""
    assert holds_personal_number(text)


def test_no_moment_has_been_on_a_day_to_come() -> None:
    day = today() + timedelta(days=1)
    # What may be a year is taken for one.
    hours = (hour for hour in range(24) if hour not in (19, 20))
    times = [f"{hour:02}{minute:02}" for hour in hours for minute in range(60)]
    fitting = [time for time in times if fits_check(f"{day:%d%m%y}{time}")]
    assert len(fitting) > 100
    assert [time for time in fitting if not holds_personal_number(f"{day:%d/%m/%y} {time}")] == []


@for_each(
    "text",
    [
        "Sagsnr. 0101901234", "NemKonto 2512484916", "konto tilhører 251248-4916",
        "udbetalt til 2512484916 kr. 500", "den 25.12.48 4916", "født den 31.12.48 4912",
        "25.12.48 4916 er syg", "2023 2512484916", "8000 0101901234", "AB-2512484916",
        "Varenummer 251248-4916", "31/12/48 4919", "se 2512484916", "skole 251248-4916",
        "251248-49 16", "pr. brev til 251248-4916", "751 251248 4916", "010190 1234 2024",
        "https://x.dk/?id=2512484916", "https://x.dk/?cpr=1203904567", "DocId: 2512484916",
        "https://x.dk/?a=1&b=251248-4926", "PXVSX5U7KY3K-2512484916-123",
        "pnr. 2512484916", "tlf. 2512484916", "25DEC48-4916", "25DEC1948 4916", "25maj1948-4910",
    ],
)  # fmt: skip
def test_persons_beside_the_same_words(text: str) -> None:
    assert holds_personal_number(text)


@for_each(
    ("cell", "shape"),
    [("Reg. 4162 konto 0123456789", "a. 9999 a 9999999999"), ("XG-12-3", "a-99-9"),
     ("1201901234 Skole og bolig", "9999999999 a"), ("", "")],
)  # fmt: skip
def test_shapes(cell: str, shape: str) -> None:
    assert shape_of(cell) == shape


@for_each(
    ("name", "is_held"),
    [
        ("udtræk_1203904567.csv", False),  # seconds since 1970
        ("1612081234 (1).xlsx", False),
        ("export-1412561666.csv", True),  # the check digit fits
        ("0101901234.csv", True),
        ("1010901234.csv", True),  # 2002
        ("skoler_751031_2023.csv", False),
        ("skoler 751031-2023.csv", False),
        ("751031-4023.csv", True),
        ("Rapport 31.12.20 4567.csv", False),
        ("Faktura 1012451234.xlsx", False),
        ("Statistik 010124-311224.xlsx", False),
        ("barn 311220-4567.pdf", True),
    ],
)
def test_names_of_files(name: str, is_held: bool) -> None:
    assert name_holds_number(name) is is_held


@for_each("word", ["timestamp", "updated", "epoch", "hentet", "unix_time"])
def test_seconds_behind_the_word_for_a_moment(word: str) -> None:
    assert not holds_personal_number(f'{{"{word}": 1710151234, "value": [1, 2]}}')
    assert holds_personal_number(f'{{"{word}": 1412561666}}')
    assert holds_personal_number(f"{word} 171048-4926")


@pytest.mark.parametrize("mark", [",", "."])
def test_a_number_among_decimals_is_written_otherwise(mark: str) -> None:
    rows = [(f"{_CHANCE.randint(440_000, 890_000)}{mark}{digits(4)}", "5") for _ in range(_ROWS)]
    assert not is_refused(("X", "Antal"), rows)
    assert is_refused(("X", "Antal"), [*rows, ("251248-4916", "5")])


@for_each(
    "text",
    ["6d661088-6265-c191-1eda-1810e1bb9e74", "7e760856-8199-b276-302f-235536413ca3",
     "31fad6d4-ff8b-145d-b417-810999b088a7", "f887d8dec115983da76402dc5a9659bb"],
)  # fmt: skip
def test_ids_of_chance_letters_and_digits(text: str) -> None:
    assert not holds_personal_number(text)


@for_each("apart", ["\u00a0", "\u2013", "\u2011", "\u00ad-"])
@for_each("written", ["utf-8", "cp850", "mac_roman"])
def test_a_file_that_is_read_in_another_encoding(apart: str, written: str) -> None:
    raw = f"Hansen 251248{apart}4916".encode(written, "replace")
    assert holds_personal_number(raw.decode("cp1252", "replace").replace("?", "-"))


PARTED = (" ", " / ", ", ")


@for_each("apart", PARTED)
def test_a_short_column_of_two_figures_and_of_persons(apart: str) -> None:
    def refused(cells: Sequence[str]) -> bool:
        return bool(personal_numbers(("Tal",), [(at, (cell,)) for at, cell in enumerate(cells)]))

    tables = [[digits(6) + apart + digits(4) for _ in range(12)] for _ in range(200)]
    assert sum(map(refused, tables)) < len(tables) / 5
    others = [f"{first}5678{apart}4321" for first in ("45", "99", "57", "32", "48")]
    for ten in GIVEN:
        assert refused([*others, ten[:6] + apart + ten[6:]]), ten
    # A dash is a person's way to write: none of so few may begin with a birthday.
    assert refused([*(cell.replace(apart, "-") for cell in others), "251248-4917"])


@pytest.mark.parametrize("number", ["250908 8535", "251248 4917"])
def test_times_classes_and_amounts_make_no_row_of_figures(number: str) -> None:
    for around in ("kl. 10.30 {}", "kl 9 {}", "Elev {} 3.b", "{} 1.500 kr.", "{} 500 DKK"):
        assert holds_personal_number(around.format(number)), around
    for around in ("10.30 {}", "{} 3", "{} 1.500", "751 {}", "{} 500 krukker"):
        assert not holds_personal_number(around.format(number)), around


def test_a_day_that_has_been_and_a_count_of_it() -> None:
    for several in ("elever", "borgere", "besøg", "i alt"):
        assert not holds_personal_number(f"210619 4500 {several}")
        assert holds_personal_number(f"210619 4500 {several}".replace("4500", "4508"))
        assert holds_personal_number(f"251248 4917 {several}")
        assert holds_personal_number(f"barn 210619 4500 {several}")


@for_each("written", ["{}-{}-01", "{}{}-01", "01-{}{}", "{}{}/01", "{}-{}_2", "{}{}-1"])
def test_a_running_number_beside_each_persons_number_hides_none(written: str) -> None:
    """A family's children: twelve digits in groups, of which ten are each a person's."""
    cells = [written.format(given[:6], given[6:]) for given in GIVEN]
    for name in ("nr", "x", "id", "sag"):
        rows = [(line, ("Aarhus", cell)) for line, cell in enumerate(cells, 2)]
        assert len(personal_numbers(("by", name), rows)) == len(cells), name
