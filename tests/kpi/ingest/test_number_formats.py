"""What Excel's screen shows of a number by its format code."""

from datetime import date

import pytest

from kpi.ingest.readers.number_formats import (
    replaces_numbers,
    shown_instead,
    shown_period,
    shown_scale,
    shows_month_or_year,
    shows_percent_sign,
    words_shown,
)
from kpi.ingest.table.raw import TYPED, UNREADABLE
from tests.tables import for_each

DAY = date(2025, 1, 15)


@for_each(
    ("number_format", "period"),
    [
        ("mmm-yy", "2025M01"),
        (r"mmm\-yy", "2025M01"),
        (r"[$-406]mmm\-yy;@", "2025M01"),
        ("[$-F800]mmmm yyyy", "2025M01"),
        ("mmmm yyyy", "2025M01"),
        ("mm/yyyy", "2025M01"),
        ("yyyy-mm", "2025M01"),
        (r"yyyy\Mmm", "2025M01"),
        ("mmmm", "2025M01"),
        ("MMM YY", "2025M01"),
        ("yyyy", "2025"),
        ("yy", "2025"),
        ('"1. kvartal "yyyy', "1. kvartal 2025"),
        ('yyyy"K1"', "2025K1"),
        ('"uge 3, "yyyy', "uge 3, 2025"),
        ("yyyy-mm-dd", None),
        ("d. mmmm yyyy", None),
        (r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", None),
        ("d-mmm", None),
        ("h:mm", None),
        ("[h]:mm:ss", None),
        ("mm:ss", None),
        ("mm/yyyy h:mm", None),
        ("General", None),
        ('0 "måneder"', None),
        ("", None),
    ],
)
def test_dates_shown_as_a_month_or_year(number_format: str, period: str | None) -> None:
    shown = shown_period(number_format, DAY) if shows_month_or_year(number_format) else None
    # Written-out months are understood as the others are.
    assert shown == period


@for_each(
    ("number_format", "scale"),
    [
        ("0,", 1000),
        ("#,##0,", 1000),
        ("#,##0,,", 1e6),
        ("#,##0.0,", 1000),
        ("0,.0", 1000),
        ("#,##0,_);(#,##0,)", 1000),
        ('0.0 "mio."', 1e-6),
        ('#,##0 "t.kr."', 1e-3),
        ('#,##0 "1.000 kr."', 1e-3),
        ('0 "mia. kr."', 1e-9),
        ('0 "‰"', 10),
        # The words say what the commas take away: the cell's number is what is shown.
        ('0.0,,"mio."', 1),
        ('0,"k"', 1),
        ('#,##0, "tusind"', 1),
        ("#,##0", 1),
        ("0.00", 1),
        ("#,##0.00_);(#,##0.00)", 1),
        (r'#,##0\ "kr."', 1),
        ("[$kr.-406] #,##0", 1),
        ("0.00E+00", 1),
        ("# ?/?", 1),
        ("General", 1),
        ("yyyy", 1),
        ('0 "kommuner"', 1),
        ('0"."00', 100),  # a mark that is only text: 7591 is shown as 75.91
        ("0\\,0", 10),
        ('0"."000', 1),
        ("", 1),
    ],
)
def test_shown_scale(number_format: str, scale: float) -> None:
    assert shown_scale(number_format) == pytest.approx(scale)


@for_each(
    ("number_format", "number", "text"),
    [
        ('[<5]"<5";0', 3, "<5"),
        ('[<5]"<5";0', 5, None),
        ('[<5]"skjult";[>=1000]#,##0;0', 4, "skjult"),
        ('0;-0;".."', 0, ".."),
        ('0;-0;".."', 7, None),
        ("0;-0;", 0, ""),
        (";;;", 3, ""),
        (";;;", -3, ""),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, None),
        ('#,##0;-#,##0;"-"', 0, "-"),
        ("0;[Red]0", -3, None),
        ("0.0%", 0.1, None),
        ("@", 3, None),
        ("General", 0, None),
        ('"ca. "0', 3, f"{TYPED}ca. 3"),
        ('"ca. "0.0', 3.25, f"{TYPED}ca. 3.2"),
        ('"ca. "0.000', 75.912, f"{TYPED}ca. 75.912"),  # never thousands
        ('"ca. "0.0%', 0.759, f"{TYPED}ca. 75.9%"),
        ('"ca. "0.0"%"', 75.91, f"{TYPED}ca. 75.9%"),
        ('"max "0', 5, f"{TYPED}max 5"),
        ('"<"0', 5, f"{TYPED}< 5"),
        ('"≥ "0', 5, f"{TYPED}≥ 5"),
        ('"op til "0', 5, f"{TYPED}op til 5"),
        ('0"+"', 30, f"{TYPED}30+"),
        ('0"000"', 5, f"{TYPED}5000"),
        ('0" 000 kr."', 5, f"{TYPED}5 000 kr."),
        ('0" 1.000 kr."', 5, None),
        ('"<5"', 3, "<5"),  # words alone are what a person sees, of every number
        ('"skjult"', 3, "skjult"),
        ('"0"0', 5, None),
        ('0"*"', 5, None),
        ('"1"0.0', 74.6, f"{TYPED}174.6"),
        ('"10"0', 5, f"{TYPED}105"),
        ('"1. "0', 5, None),
        ('0.0"p"', 74.6, f"{TYPED}74.6p"),
        # Words by which it is none that was counted, and a sign that it does not have.
        ('0" (foreløbig)"', 75, f"{UNREADABLE}75 (foreløbig)"),
        ('"foreløbig: "0.0', 75.91, f"{UNREADABLE}foreløbig: 75,9"),
        ('0.0" (budget)"', 75.91, f"{UNREADABLE}75,9 (budget)"),
        ('"prognose "0', 75, f"{UNREADABLE}prognose 75"),
        ('"måltal: "0', 75, f"{UNREADABLE}måltal: 75"),
        ('"-"0.0', 75.91, f"{UNREADABLE}-75,9"),
        ('"("0.0")"', 75.91, f"{UNREADABLE}(75,9)"),
        ("0.0_);(0.0)", -75.91, None),
        ('0" t"', 5, None),
        ('0" personer"', 5, None),
        ('"kr. "#,##0', 5, None),
        ('"ca. "0', 1_234_567_890, None),
    ],
)
def test_text_shown_instead_of_a_number(
    number_format: str, number: float, text: str | None
) -> None:
    assert shown_instead(number_format, number) == text
    assert replaces_numbers(number_format) or text is None


@for_each(
    ("number_format", "number", "words"),
    [
        ('0"*"', 5, "*"), ('0.0"¹"', 5, "¹"), ('0" 1)"', 5, "1)"), ('0.0" (a)"', 5, "(a)"),
        ('"*"0.0', 5, "*"), ('0.0" *)"', 5, "*)"), ('0.0"a"', 5, "a"), ('0.0"1"', 5, "1"),
        ('0.0"/100"', 5, "/100"), ('0" / 1.000"', 5, ""), ('0.0"?"', 5, "?"),
        ('0.0" (usikkert)"', 5, "(usikkert)"), ('"ekskl. "0.0', 5, "ekskl."), ("+0.0;-0.0", 5, "+"),
        ('0" t"', 5, "t"), ('0" kommuner"', 5, "kommuner"), ('0" *";-0', 5, "*"),
        # Units, scales and the signs of negative numbers are read elsewhere.
        ('0" *";-0', -5, ""), ('0" personer"', 5, ""), ('#,##0.00 "kr."', 5, ""), ('0.0"%"', 5, ""),
        ('0.0 "mio."', 5, ""), ("#,##0_);(#,##0)", -5, ""), ("0;-0", -5, ""), ("0%", 0.5, ""),
        ('_-* #,##0.00 "kr."_-;-* #,##0.00 "kr."_-', -5, ""), ("# ?/?", 5, ""), ("0.00E+00", 5, ""),
        ("#\\ ##0", 5, ""), ('yyyy"*"', 5, ""), ("General", 5, ""), ("", 5, ""),
    ],
)  # fmt: skip
def test_words_that_a_format_writes_beside_a_number(
    number_format: str, number: float, words: str
) -> None:
    assert words_shown(number_format, number) == words
    assert replaces_numbers(number_format) or not words


@for_each(
    ("number_format", "shown"),
    [('0.0"%"', True), (r"0\%", True), ("0%", False), ("0.0_%", False), ("0", False)],
)
def test_percent_sign_after_the_number_as_it_is(number_format: str, shown: bool) -> None:
    assert shows_percent_sign(number_format) is shown
