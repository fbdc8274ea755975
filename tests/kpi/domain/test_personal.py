"""What a CPR number looks like in a text, and what only looks like one."""

from calendar import monthrange
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.dk import cpr

from kpi.cpr.digits import (
    birth_date,
    fits_check,
    is_clock_of_our_time,
    is_hardly_chance,
    may_be_issued,
)
from kpi.cpr.messages import without_personal_numbers
from kpi.domain.errors import KpiError
from kpi.domain.personal import (
    holds_personal_number,
    name_holds_number,
    personal_numbers,
)
from tests.tables import for_each

SEPARATORS = ("", "-", " ", "\u00a0", "–", "—", "−", "\u2011", " - ", " – ", "\u00a0−\u00a0", "  ")


@st.composite
def serials_with_birth_date(draw: st.DrawFn) -> str:
    """Ten digits of a CPR number: a day in the century that the seventh digit gives."""
    year_in_century, serial = draw(st.integers(0, 99)), draw(st.integers(0, 9999))
    seventh = serial // 1000
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 1900 if year_in_century >= 37 else 2000
    else:
        century = 1800 if year_in_century >= 58 else 2000
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, monthrange(century + year_in_century, month)[1]))
    substitute = draw(st.sampled_from((0, 60)))
    return f"{day + substitute:02}{month:02}{year_in_century:02}{serial:04}"


@settings(max_examples=300)
@given(
    serials_with_birth_date(),
    st.sampled_from(SEPARATORS),
    st.sampled_from(("", "cpr", "cprnr.", "CPR: ", "Hansen, ", "(", "\x02", "a", "id=", "\\n")),
    st.sampled_from(("", ".", ", Hansen", ")", "a", " 2024", "-", "\n", ".0", "/1")),
)
def test_every_number_is_found(digits: str, separator: str, before: str, after: str) -> None:
    # A month and a later year: `201101-2020`.
    assume(not (digits[:2] in ("19", "20") and digits[:4] <= digits[6:] <= "2100"))
    # A municipality's number and a year: `751018-2021`.
    assume(not (separator and digits[0] > "5" and "1990" <= digits[6:] <= "2040"))
    # A day and the time of it: `071020-1500`, where the register gives no such number.
    is_time = separator and is_clock_of_our_time(digits[:6], digits[6:])
    assume(not is_time or may_be_issued(digits))
    assert holds_personal_number(f"{before}{digits[:6]}{separator}{digits[6:]}{after}")


@given(st.integers(0, 30), st.data())
def test_digits_of_another_length_are_not(length: int, data: st.DataObject) -> None:
    if length == 10:
        return
    digits = data.draw(st.text("0123456789", min_size=length, max_size=length))
    assert not holds_personal_number(digits)


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 2359))
def test_dates_with_clock_times_are_not(day: date, clock: int) -> None:
    time = f"{clock // 100:02}{clock % 60:02}"
    # Before files had moments, the check digit tells: tests/kpi/cpr/test_early_days.py.
    if day.year >= 1990 or not fits_check(f"{day:%d%m%y}{time}"):
        assert not holds_personal_number(f"{day:%d.%m.%Y} {time}")
    assert not holds_personal_number(f"{day:%Y-%m-%d} {time}")
    if day.year >= 1990 or not is_hardly_chance(f"{day:%d%m%y}{time}"):
        assert not holds_personal_number(f"{day:%Y%m%d}-{time}")


@for_each(
    ("text", "is_personal"),
    [
        ("0101901234", True),
        ("Notat om 010190-1234, se sag", True),
        ("0101901234a", True),
        ("0101901234,0202902345", True),
        ("1,0101901234,5", True),  # a line that was not split
        ("Aarhus,3112901234,55", True),
        ("5;3112901234,55", True),
        ("3112901234.0", True),  # a whole number, as programs write it
        ("290200-4234", True),  # 2000 was a leap year
        ("610190-1234", True),  # substitute number
        ("19481225-1623", True),  # no program wrote moments then
        ("1948-12-25-1623", True),
        ("Notat om 19480101-1234", True),
        ("Udtræk 1966-10-10-1796", True),  # no clock shows 17.96
        ("Udtræk 1948-12-25-1623", False),
        ("\u202e6194842152\u202c", True),  # shown as 2512484916
        ("\u202e6194849952\u202c", False),
        ("19481225-1624", False),
        ("19950503-0009", False),  # a moment, though its check digit fits
        ("19481225 1623", False),
        ("19481225-0000", False),
        ("målt 19481225-1623", False),
        ("19480101 1234", False),
        ("19481225-1949", False),
        ("20240531-1623", False),
        ("2024-05-31-1200", False),
        ("٠١٠١٩٠١٢٣٤", True),  # digits all the same
        ("290200-1234", False),  # 1900 was not
        ("310290-1234", False),
        ("010013-1234", False),
        ("010090-1234", False),
        ("70.2512484916", False),
        ("12,0101901234", False),
        ("\x0212.0101901234", False),
        ("3112901234,55", False),  # an amount
        ("2024-05-31", False),
        ("31.05.2024 1200", False),
        ("+45 12 34 56 78", False),
        ("+4512345678", False),
        ("2024-123456", False),
        ("24/012345", False),
        ("010190\n1234", True),  # a cell of two lines
        ("010190\t1234", True),
        ("010190;1234", False),
        ("https://aarhus.dk/sag/20240101901234", False),
        ("f47ac10b-58cc-4372-a567-0e0101901234", False),
        ("0a112290-1234-4abc-8def-0123456789ab", False),
        ("12345678-1234-1234-1234-010190123412", False),
        ("9f86d0818840101901234d659a2feaa0c55ad015a3bf4f1b", False),
        ("ab0101901234cd", False),
        ("a0101901234a", True),  # too short for an id
        ("", False),
    ],
)
def test_what_is_a_personal_number(text: str, is_personal: bool) -> None:
    assert holds_personal_number(text) is is_personal


SPELLINGS = (
    "25.12.48-4916", "25-12-48-4916", "25/12/48 4916", "25/12/48-4916", "25121948-4916",
    "25.12.1948-4916", "251248/4916", "251248 / 4916", "251248–4916", "251248_4916",
    "251248--4916", "251248\r\n4916", "25/12/48\t4916", "251248\u20284916", "25.12.48\u2013 4916",
    "251248\u200d4916", "2\u200d5\u200d1248-4916", "25\ufe0f1248\u20604916",
    "２５１２４８－４９１６",
    "251248&#45;4916", "251248&#x2D;4916", "251248&amp;#45;4916", "251248&ndash;4916",
    "251248&nbsp;4916", "251248%2D4916", "251248%252D4916", "%32%35%31%32%34%38%2D4916",
    "251248\\u002d4916", "251248_x002D_4916", "251248\\n4916", "25 12 48 4916",
    "25\u00a012\u00a048-4916", "5/1-48-4916", "5.1.48-4916", "CPR 101901234",
    "cpr-nr.: 10190-1234", "25121948 4916", "25 12 48\n4916", "251248<br>4916",
    "25<b>1248</b>-4916", "251248=2D4916", "251248+4916", "25.12.1948\u200b4916",
    "010190'1234", "010190 (1234)", "010190:1234", "01.01.90/1234", "0101-90-1234",
    "010190.1234", "0101 90 1234", "01 01 1990-1234",
    "01.01.90.1234", "010190---1234", "251248<!-- x -->4916", "251248&shy;4916",
    "<p>251248</p>\n<p>4916</p>", "CPR nr. er 101901234", "101901234 (cpr)", "CPR_NR=101901234",
    "CPR-nr for Ida Hansen: 101901234", "cpr: 2.512.484.916", "cpr 2,512484916E9",
    "født 010190, sidste fire 1234", "den 1/1 1990, cpr 1234", "251248\u301c4916",
    "251248\u05be4916", "251248\u02d74916", "251248\u30fb4916", "5. jan. 1948-4916",
    "251248'4916", "251248\u20264916", "251248\u21924916",
    "\U0001d7d0\U0001d7d31248-4916", "\\u0032\\u00351248-4916",
)  # fmt: skip
# Only where a text is nothing else.
ALONE = (
    "0 1 0 1 9 0 1 2 3 4", "01 01 90 12 34", "010190,1234", "251248-49 16", "2,512484916E9",
)  # fmt: skip
NO_NUMBERS = (
    "201101-2020", "201101/2020", "200812 - 2012", "01.01.2020-2021", "01.01.1990-1995",
    "31.12.2023 - 2024", "1. kvartal 2011 - 2020", "010120-311220", "202401-202412",
    "2020-12-21", "31.05.24 1200", "31/05/24 2359", "2024-05-31 1200", "20121112-1200",
    "2024-12-21T21:06:43", "kl. 12.30-14.00", "12.10-14.30 2024", "201124_1200.csv",
    "sagsnr. 1608584803", "J.nr. 1608584803", "24/012345", "16.0.14420.20204", "20.10.12.1234",
    "12345.678901", "251248.4916", "12 25 12 48 4916", "0101-2020",
    "071020-1500", "011224-1600", "01.12.24-1600", "12-05-2024 10", "12-05-24-13-15", "251248,4916",
    "2.512.484.916", "pr. 31.12.1990: 1234 borgere", "pr. 1. januar 1990 steg 1234",
    "Kilde: CPR-registeret pr. 01.01.2020: 1234 borgere", "112290 (1234)", "192.168.10.12",
    "Antal med dansk cpr-nr. pr. 01.01.2010: 4567 borgere", "født 01.01.2010: 4500 børn",
    '"011100","0112"', "2010/2011-12", "10 12 14 16 18", "P-nr. 1012345678", "EAN 5798000123456",
    "DK50 0040 0440 1162 43", "27.36.04-G01-1-24", "10.11.12.1314", "55.676098, 12.568337",
    "2008-226418", "2011/264753", "SAG-2003-155547", "2007-123456", "1505-218586", "8401-973512",
    "16/10-15 - 8/2-14", "8908 6625 65", "81-12 52 2622",
    "LBK nr. 1112 af 12/10/2010", "20240131-120000", "#112233 #445566", "x/2024/01/12/1234",
)  # fmt: skip


def test_every_spelling_is_found() -> None:
    for text in SPELLINGS:
        assert holds_personal_number(text), text
        assert holds_personal_number(f"Ring til {text}, tak"), text
        rows = [(2, ("Aarhus", text)), (3, ("Odense", "17,5 %"))]
        assert [place.row for place in personal_numbers(("a", "b"), rows)] == [2], text


@for_each("text", ALONE)
def test_a_text_that_is_nothing_but_a_number(text: str) -> None:
    assert holds_personal_number(text)
    assert not holds_personal_number(f"Fra {text} og til 5.")


def test_times_periods_and_case_numbers_are_not() -> None:
    for text in NO_NUMBERS:
        assert not holds_personal_number(text), text
        assert not holds_personal_number(f"Se {text}."), text
        assert not personal_numbers(("a", "b"), [(2, ("Aarhus", text))]), text


@for_each(
    ("name", "is_personal"),
    [
        ("udtræk_0212231211.csv", False),
        ("udtræk_220120-1945.csv", False),
        ("udtræk 14-06-17_0108.csv", False),
        ("udtræk 14.06.17 kl. 0108.csv", False),
        ("251248-4916.csv", True),
        ("udtræk_2512484916_v2.csv", True),
        ("udtræk_220120-1945 (251248-4916).csv", True),
        ("010120-1234.csv", True),
        ("220120-4945.csv", True),
        ("220120-1965.csv", True),
    ],
)
def test_a_file_may_be_named_by_its_moment(name: str, is_personal: bool) -> None:
    assert name_holds_number(name) is is_personal


@for_each(
    ("text", "is_personal"),
    [("25.12.1948 4916", True), ("25-12-1948\n4916", True), ("25.12.1948 1200", False),
     ("25.12.1948 2020", False), ("Pr. 25.12.1948 4916 borgere", False),
     ("25.12.2024 4916 borgere", False), ("<td>251248</td><td>4916</td>", False)],
)  # fmt: skip
def test_four_digits_after_a_full_date(text: str, is_personal: bool) -> None:
    assert holds_personal_number(text) is is_personal


@for_each(
    ("message", "masked"),
    [
        ("Tallet »010190-1234« findes ikke (2024).", "Tallet »(skjult)« findes ikke (2024)."),
        ("'010190-1234' er ikke 'a4'", "'(skjult)' er ikke 'a4'"),
        ("a 2024\nb 010190-1234 c 5", "a 2024\nb xxxxxx-xxxx c x"),
        ("Der er 12 tal.", "Der er 12 tal."),
        # What nobody may type, no message repeats.
        ("Mødet »251248og4916« findes ikke.", "Mødet »(skjult)« findes ikke."),
        ("ukendt tilvalg: --251248;4916", "ukendt tilvalg: --xxxxxx;xxxx"),
        # By itself it is a number, and so it was typed; among words figures stand so.
        ("Nøglen »05 07 2003 9006« findes ikke.", "Nøglen »(skjult)« findes ikke."),
        ("»25 12 1948 4916« og 'x'", "»(skjult)« og 'x'"),
        ('Navnet »="251248"&"-"&"4916"« er nyt.', "Navnet »(skjult)« er nyt."),
        # Its letters are the number.
        ("Ida bor her\nlæst MjUxMjQ4LTQ5MTY= 2", "Ida bor her\n(skjult)"),
        ("læst ²⁵¹²⁴⁸⁴⁹¹⁶", "(skjult)"),
        ("»251248;4917« er ikke et tal", "»251248;4917« er ikke et tal"),
    ],
)  # fmt: skip
def test_a_message_does_not_repeat_a_number(message: str, masked: str) -> None:
    assert without_personal_numbers(message) == masked
    assert KpiError("x", message).message == masked


@given(serials_with_birth_date())
def test_the_century_is_that_of_the_register(digits: str) -> None:
    plain = f"{int(digits[:2]) % 60:02}{digits[2:]}" if int(digits[:2]) > 60 else digits
    assert birth_date(digits[:6], digits[6:]) == cpr.get_birth_date(plain)


@for_each("number", ["251248-4917", "070761-2062"])
@for_each(
    "written",
    ["{0}+IBM-{1}", "{0}+AKA-{1}", "{0}+AC0-{1}", "{0}\\055{1}", "{0}\\302\\240{1}",
     "{0} bindestreg {1}", "{0} streg {1}", '=IF(A1="";"{0}"&"-"&"{1}";"x")',
     '=CONCATENATE("{0}","-","{1}")', '=SAMMENKÆDNING("{0}";"-";"{1}")',
     '=TEXTJOIN("-",TRUE,"{0}","{1}")', '="{0}"&CHAR(45)&"{1}"', '="{0}"&TEGN(45)&"{1}"'],
)  # fmt: skip
def test_texts_that_a_codec_or_a_formula_parts(written: str, number: str) -> None:
    assert holds_personal_number(written.format(*number.split("-")))


@for_each(
    "text",
    ["født 25.12.1948 (sidste fire cifre: 4917)", "De fire sidste er 4917. Født 25/12 1948.",
     "Født den 25/12-48, kontrolcifre 4917", "f. 25.12.48 lbnr. 4917",
     "Fødselsdato: 25.12.1948\nLøbenummer: 4917"],
)  # fmt: skip
def test_four_digits_that_are_named_beside_a_day(text: str) -> None:
    assert holds_personal_number(text)


@for_each(
    "text",
    ['=IF(A1="120345","4567","5678")', '=HVIS(A1="";"201101";"2020")',
     "Sag oprettet 25.12.23, løbenr. 4917",
     '=A1&"-"&B1', '="2023"&"-"&"2024"', '=TEKST(A1;"ddmmåå")&"-"&B1', "+4589402000",
     "A+ABC-2024", "C:\\2024\\012\\fil.csv", "linje 12, streg 1234", "løbenr. 1234 af 01.02.2023",
     "Udtræk fra CPR: 25-12-2023 14:30", "de sidste fire år 31.12.2019: 2020",
     "Fødselsdata pr. 31.12.2023, løbenummer 4567", "sidste fire kvartaler 31.12.2019: 4567"],
)  # fmt: skip
def test_formulas_paths_and_lines_of_a_file_are_none(text: str) -> None:
    assert not holds_personal_number(text)
