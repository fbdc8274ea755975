"""A CPR number in two columns, wherever they stand; dates beside other figures are none."""

from datetime import date, timedelta

from kpi.cpr.digits import fits_check
from kpi.domain.personal import personal_numbers
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

# What the register gives: check digits fit.
GIVEN = ("2512484916", "0707612061", "1412561666", "2002792063")


def is_found(columns: str, *rows: str) -> bool:
    """Whether a table of semicolons holds one."""
    cells = [(line, tuple(row.split(";"))) for line, row in enumerate(rows, start=2)]
    return bool(personal_numbers(columns.split(";"), cells))


@for_each(
    ("columns", "row"),
    [
        ("fødselsdato;løbenr", "10190;1234"),  # the first zero is lost
        ("fødselsdato;løbenr", "010190;34"),
        ("fødselsdato;navn;løbenr", "10190;Ida;1234"),
        ("løbenr;fødselsdato", "1234;010190"),
        ("løbenr;x;y;fødselsdato", "1234;a;b;01-01-1990"),
        ("fødselsdato;sidste 4", "17892;4916"),  # the day as Excel counts it
        ("cpr;x", "1948-12-25;4916"),
        ("foed;loeb", "10190;1234"),
        ("fødselsdato;løbenr", "19481225;4916"),
        ("fødselsdato;løbenr", "25121948;4916"),
        ("fødselsdato;løbenr", "12/25/1948;4916"),
        ("fødselsdato;løbenr", "25DEC1948;4916"),  # as SAS writes it
        ("fødselsdato;løbenr", "13-Oct-48;4916"),
        ("cpr;løb", "251248-xxxx;4916"),
        ("cpr;løb", "251248-****;4916"),
        ("fdato;lbnr", "\x0210190;\x02234"),
        ("fødselsdato;løbenr", "'251248;'4917"),  # as Excel keeps a text
        ("fødselsdato;løbenr", '="251248";="4917"'),
        ("fødselsdato;cpr", "25-12-1948;xxxxxx-4917"),  # the day masked, and stated beside
        ("fødselsdato;cpr", "25-12-1948;******4917"),
        ("cpr;x", "002512484917;a"),  # filled up with zeros
    ],
)
def test_columns_that_are_named(columns: str, row: str) -> None:
    assert is_found(columns, row)


@for_each("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
@for_each("lost", [False, True])
def test_columns_without_names(order: tuple[int, ...], lost: bool) -> None:
    rows = []
    for ten in GIVEN:
        halves = ten[:6], "x", ten[6:]
        cells = [half.lstrip("0") if lost else half for half in halves]
        rows.append(";".join(cells[place] for place in order))
    assert is_found("a;b;c", *rows)


DAYS = range(1, 28)
TIMES = [f"{day:02}{1 + day % 12:02}{day * 7 % 30:02};{day * 97 % 24:02}15" for day in DAYS]


@for_each(
    ("columns", "rows"),
    [
        ("født;døde", [f"{12045 + day};{9876 + day}" for day in DAYS]),
        ("dag;kl", TIMES),
        ("dag;x", TIMES),
        ("dato;løbenr", [f"{day:02}-{1 + day % 12:02}-2024;{1000 + day}" for day in DAYS]),
        ("dato;løbenr", [f"{day:02}{1 + day % 12:02}24;{1000 + day}" for day in DAYS]),
        ("kode;antal", [f"{day:02}{day % 90 + 10}{day:02};{3 * day}" for day in DAYS]),
        ("cpr-registrerede;kode", [f"{day:02}-{1 + day % 12:02}-1992;{900 + day}" for day in DAYS]),
        ("løbenr;født", [f"{184 + day};{22261 + 1000 * day}" for day in DAYS]),
        ("løbenr;dato", [f"{1000 + day};{day:02}-{1 + day % 12:02}-2024" for day in DAYS]),
    ],
)  # fmt: skip
def test_dates_beside_other_figures(columns: str, rows: list[str]) -> None:
    assert not is_found(columns, *rows)


def test_births_in_parts_of_numbers_without_check_digit() -> None:
    """Heads that name day, month and year of a birth suffice for those born since 2007."""
    rows = [("4", "2", "2008", "4567"), ("13", "11", "2009", "5678"), ("30", "6", "2014", "7013")]
    tens = [f"{int(day):02}{int(month):02}{year[2:]}{four}" for day, month, year, four in rows]
    assert not any(map(fits_check, tens))
    named = ("Fødselsdag", "Fødselsmåned", "Fødselsår")
    for serial in ("Sidste fire", "Løbenr", "Kontrolcifre"):
        for years in (rows, [(day, month, year[2:], four) for day, month, year, four in rows]):
            assert is_refused((*named, serial), years), serial
            assert is_refused((*named, "Navn", serial), [(*row[:3], "x", row[3]) for row in years])
        # A day of accounts with a line of a journal is written so.
        assert not is_refused(("Dag", "Måned", "År", serial), rows), serial
    lines = [(day, month, year, str(line)) for line, (day, month, year, _) in enumerate(rows, 1)]
    assert not is_refused((*named, "Løbenr"), lines)
    assert not is_refused((*named, "Antal"), rows)


@for_each("form", ["%d-%m-%y", "%d.%m.%y", "%d%m%y"])
@for_each("names", ["dato;kode", "Dato;Kommunekode", "sagsdato;afdeling"])
def test_days_of_two_digit_years_beside_codes_with_zeros(names: str, form: str) -> None:
    """All such rows may be births; of persons the check digits fit as well."""
    days = [date(2000, 1, 9) + timedelta(days=step * 3571 % 9000) for step in range(40)]
    codes = [f"{step * 2617 % 9000:04}" for step in range(40)]
    assert any(code.startswith("0") for code in codes)
    for count in (5, 12, 40):
        rows = [f"{day:{form}};{code}" for day, code in zip(days, codes, strict=True)]
        assert not is_found(names, *rows[:count]), count
    given = [f"{ten[:2]}-{ten[2:4]}-{ten[4:6]};{ten[6:]}" for ten in (*GIVEN, "0305950009")]
    assert is_found("a;b", *given)
