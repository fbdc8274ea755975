"""Messages and remedies for a cell that should be a period and is not."""

import re
from datetime import date, timedelta

from kpi.domain.period import parse_period, rolling_year
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.cell_faults import name_fault
from kpi.ingest.words.telling_words import TITLE, telling_words
from kpi.ingest.words.written_periods import period_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}", re.ASCII)
_TWO_YEARS = re.compile(r"(\d{4}|\d{2})\s?[-–/]\s?(\d{4}|\d{2})", re.ASCII)
# Excel counts days from 30 December 1899; these are of 1980 to 2079.
_SERIAL = re.compile(r"(29[2-9]\d{2}|[3-5]\d{4}|6[0-5]\d{3})(?:[.,]0+)?", re.ASCII)
_EXCEL_BEGINS = date(1899, 12, 30)
# SAS and Stata count days from 1960; these are of 1990 to 2039.
_SAS_SERIAL = re.compile(r"(109[6-9]\d|1[1-9]\d{3}|2[0-8]\d{3})", re.ASCII)
_SAS_BEGINS = date(1960, 1, 1)
_TWO_DIGITS = re.compile(r"['’]?(\d{2})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})\s?[-/]\s?['’]?(\d{2})", re.ASCII)
_MONTH_OF_SHORT_YEAR = re.compile(r"(\d{2})(0[1-9]|1[0-2])", re.ASCII)
_WEEKS = re.compile(
    r"(?<![^\W\d_])(?:uger|uge|weeks|week|w|u)\.?\s?-?(\d{1,2})(?:\s?[-–]\s?(\d{1,2}))?\b"
)
_AT_BEGINNING = re.compile(r"\b(?:primo|pri\.|begyndelsen af|starten af)\b")
_IN_MIDDLE = re.compile(r"\b(?:medio|midten af|midt i)\b")
_DAY = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
_TWO_DAYS = re.compile(rf"({_DAY})\s*(?:-|–|til)\s*({_DAY})", re.ASCII)
_SHORT_DAY = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{2}", re.ASCII)
# The beginning of a year in words that do not say where it ends, or not whether it is all before.
_PART_OF_YEAR = re.compile(
    r"\b(?:t\.? ?o\.? ?m\.?|til og med|frem til|delår|hidtil|(?:en )?del af)(?!\w)"
    r"|\b(?P<count>\d{1,2})\.? (?:mdr|md|måneder)\b\.?"
)
# Four months here, three in other countries.
_TERTIAL = re.compile(r"t\s?([1-3])[\s/-]?\s?(\d{4})|(\d{4})[\s/-]?\s?t\s?([1-3])", re.ASCII)
_ROLLING = re.compile(r"\b(?:rullende|glidende|løbende|rolling|moving)\b")
_FORECASTS = ("prognose", "budget", "mål")
_KNOWN_AS = "Perioden kendes ikke."

# Message and remedy.
MessageAndRemedy = tuple[str, str]


def period_problem(text: str) -> MessageAndRemedy:
    """The message for a text that is no period: what it may be, and how to write it."""
    plain = " ".join(text.removeprefix(TYPED).casefold().split())
    if (fault := name_fault(text)) is not None:
        return fault
    for hint_for in (
        _serial,
        _sas_serial,
        _forecast,
        _beginning,
        _weeks,
        _tertial,
        _rolling,
        _part_without_year,
        _part_of_year,
        _days,
        _short_years,
        _year_and_month,
    ):
        if (problem := hint_for(plain)) is not None:
            return problem
    return _KNOWN_AS, period_hint(text)


def period_hint(text: str) -> str:
    """How periods are written, with the year that the text has."""
    years = [int(year) for year in _YEAR.findall(text)]
    year = years[0] if years else 2024
    two = _TWO_YEARS.fullmatch(text.removeprefix(TYPED).strip())
    if not years and two and _follows(two):
        year = 2000 + int(two[1])
    if len(years) > 1 or two:
        return (
            f"Skriv {year}/{year + 1} for et skoleår, eller {year}:{max((year + 1, *years))} for "
            "årene under ét."
        )
    return (
        f"Skriv {year} for året, {year}H1 for halvåret, {year}K1 for kvartalet, {year}M05 for "
        f"måneden, {year}M05D31 for dagen eller {year}/{year + 1} for skoleåret."
    )


def serial_day(text: str) -> date | None:
    """The day that a text is as Excel counts days (`45777`); None where it is no such number."""
    match = _SERIAL.fullmatch(text.removeprefix(TYPED).strip())
    return _EXCEL_BEGINS + timedelta(days=int(match[1])) if match else None


def short_year(text: str) -> int | None:
    """The year that two digits most likely are (`22`, `'22`); None where a text is not that."""
    match = _TWO_DIGITS.fullmatch(text.removeprefix(TYPED).strip())
    return 2000 + int(match[1]) if match else None


def is_other_day(text: str) -> bool:
    """Whether a text is a period's beginning or middle (`primo 2023`): none of its figures."""
    return _beginning(" ".join(text.casefold().split())) is not None


def is_unread_period(text: str) -> bool:
    """Whether a text means a period but cannot be read as one: `45777`, `22`, `primo 2023`."""
    month = _MONTH_AND_YEAR.fullmatch(text.strip()) if "/" in text else None
    is_month = month is not None and 1 <= int(month[1]) <= 12 and not _follows(month)
    is_number = serial_day(text) is not None or short_year(text) is not None
    return is_number or is_month or is_other_day(text) or is_part_of_a_year(text)


def is_part_of_a_year(text: str) -> bool:
    """Whether a text is a year and words for its beginning: `2025 t.o.m. maj`, `2025 (9 mdr.)`."""
    return _part_of_year(" ".join(text.casefold().split())) is not None


def _serial(text: str) -> MessageAndRemedy | None:
    day = serial_day(text)
    if day is None:
        return None
    shown = parse_period(_written_day(day)).name()
    return (
        f"»{text}« er et tal. Som Excel tæller dage, er det {shown}.",
        f"Giv cellerne et datoformat i regnearket, og gem igen, eller skriv {day.year} for året, "
        f"{day.year}M{day.month:02d} for måneden eller {day.year}M{day.month:02d}D{day.day:02d} "
        "for dagen.",
    )


def _sas_serial(text: str) -> MessageAndRemedy | None:
    match = _SAS_SERIAL.fullmatch(text)
    if match is None:
        return None
    day = _SAS_BEGINS + timedelta(days=int(match[1]))
    shown = parse_period(_written_day(day)).name()
    return (
        f"»{text}« er et tal. Som SAS og Stata tæller dage fra 1960, er det {shown}.",
        f"Giv variablen et datoformat, og gem igen, eller skriv {day.year} for året, "
        f"{day.year}M{day.month:02d} for måneden eller {day.year}M{day.month:02d}D{day.day:02d} "
        "for dagen.",
    )


def _forecast(text: str) -> MessageAndRemedy | None:
    words = [
        telling_word.word
        for telling_word in telling_words(text, TITLE)
        if telling_word.meaning in _FORECASTS
    ]
    if re.fullmatch(r".*\d\s*\(?f\)?", text):
        words.append("f")
    if re.fullmatch(r"b\s?(?:20)?\d{2}", text):
        words.append("b")
    if not words:
        return None
    years = _YEAR.findall(text)
    meaning = {"f": "en fremskrivning", "b": "et budget"}.get(words[0], f"»{words[0]}«")
    of_year = f" for {years[0]}" if years else ""
    itself = (
        f" Er nøgletallet selv et budget, så skriv {years[0]}."
        if years and words[0] != "f" and "budget" in meaning
        else ""
    )
    return (
        f"Perioden siger, at tallet er {meaning}, og det er ikke et opgjort tal.",
        f"Slet rækken, eller indlæs de opgjorte tal{of_year}.{itself}",
    )


def _beginning(text: str) -> MessageAndRemedy | None:
    place = _AT_BEGINNING.search(text) or _IN_MIDDLE.search(text)
    if place is None:
        return None
    period = period_of((text[: place.start()] + text[place.end() :]).strip(" ,.()"))
    if period is None:
        return None
    if _IN_MIDDLE.search(text):
        return (
            f"»{place[0]}« siger ikke, hvilken dag tallet er opgjort.",
            f"Skriv dagen, for eksempel {_written_day(period.start)}, eller {period.text}, hvis "
            "tallet gælder hele perioden.",
        )
    before = period.previous()
    return (
        f"»{place[0]}« er begyndelsen af {period.name()} og slutningen af {before.name()}.",
        f"Skriv {_written_day(period.start)} for dagen, {before.text}, hvis tallet er opgjort ved "
        f"udgangen af {before.name()}, eller {period.text}, hvis det gælder "
        f"{period.name()}.",
    )


def _weeks(text: str) -> MessageAndRemedy | None:
    match = _WEEKS.search(text)
    if match is None:
        return None
    years = _YEAR.findall(text)
    year, week = (years or ["2024"])[0], int(match[1])
    if match[2]:
        return (
            "Flere uger under ét er ikke en periode i Spor.",
            f"Skriv hver uge for sig, for eksempel {year}U{week:02d}, eller måneden eller "
            "kvartalet.",
        )
    if years and period_of(f"{year}U{week:02d}") is not None:
        return _KNOWN_AS, f"Skriv {year}U{week:02d} for uge {week} i {year}."
    if years:
        last = 52 if period_of(f"{year}U53") is None else 53
        if week != last + 1:
            return f"Der er ingen uge {week} i {year}.", f"Skriv for eksempel {year}U05 for uge 5."
        return (
            f"Der er ingen uge {week} i {year}, som har {last} uger.",
            f"Skriv {year}U{last}, eller {int(year) + 1}U01 for den første uge i {int(year) + 1}. "
            "Regneark tæller danske uger med ISOUGE.NR, ikke med UGE.NR.",
        )
    return "Ugen mangler sit år.", f"Skriv både år og uge, for eksempel {year}U{week:02d}."


def _tertial(text: str) -> MessageAndRemedy | None:
    match = _TERTIAL.fullmatch(text)
    if match is None:
        return None
    number, year = int(match[1] or match[4]), match[2] or match[3]
    four = parse_period(f"{year}M{4 * number - 3:02d}:{year}M{4 * number:02d}")
    three = parse_period(f"{year}K{number}")
    return (
        f"»{text.upper()}« kan være fire måneder (tertial) eller tre (trimester).",
        f"Skriv {four.text} for {four.name()} eller {three.text} for {three.name()}.",
    )


def _rolling(text: str) -> MessageAndRemedy | None:
    if not _ROLLING.search(text):
        return None
    year = int((_YEAR.findall(text) or ["2024"])[0])
    example = rolling_year(year, 9)
    return (
        "Perioden er et rullende år, og det er ikke sikkert, hvilken måned den slutter med.",
        f"Skriv året med dets sidste måned, for eksempel {example.text} for {example.name()}.",
    )


def _part_without_year(text: str) -> MessageAndRemedy | None:
    if _YEAR.search(text) or not any(map(str.isalpha, text)):
        return None
    period = period_of(f"{text} 2024")
    if period is None or period.kind not in ("month", "quarter", "half"):
        return None
    return "Perioden mangler sit år.", f"Skriv også året, for eksempel {period.text}."


def _part_of_year(text: str) -> MessageAndRemedy | None:
    years = _YEAR.findall(text)
    match = _PART_OF_YEAR.search(text)
    if match is None or len(set(years)) != 1 or period_of(text) is not None:
        return None
    year, rest = years[0], text.replace(match[0], " ").strip(" ,.()")
    month = period_of(" ".join(rest.replace("(", " ").replace(")", " ").split()))
    count = int(match["count"] or 0)
    if month is not None and month.kind == "month":
        count = month.start.month
    last = count if 1 < count < 12 else 5
    example = parse_period(f"{year}M01:{year}M{last:02d}")
    return (
        f"»{text}« er en del af {year}, og det er ikke sikkert, hvilken.",
        f"Skriv de måneder, tallet gælder, for eksempel {example.text} for {example.name()}.",
    )


def _days(text: str) -> MessageAndRemedy | None:
    match = _TWO_DAYS.fullmatch(text)
    if match is None:
        return None
    return (
        "Perioden går ikke fra den første dag i en måned til den sidste i en anden.",
        "Skriv de måneder, tallet gælder, for eksempel 2024M01:2024M06.",
    )


def _short_years(text: str) -> MessageAndRemedy | None:
    if (year := short_year(text)) is not None:
        return "Årstallet har kun to cifre.", f"Skriv det med fire cifre: {year}."
    if _SHORT_DAY.fullmatch(text):
        return (
            "Datoen kan læses på flere måder: årstallet har kun to cifre.",
            "Skriv året med fire cifre, for eksempel 2024M05D31.",
        )
    match = _MONTH_AND_YEAR.fullmatch(text)
    if match is None or _follows(match) or not 1 <= int(match[1]) <= 12:
        return None
    number, year = int(match[1]), 2000 + int(match[2])
    return (
        f"»{text}« kan læses på flere måder: årstallet har kun to cifre.",
        f"Skriv {year}M{number:02d}, hvis det er en måned.",
    )


def _year_and_month(text: str) -> MessageAndRemedy | None:
    match = _MONTH_OF_SHORT_YEAR.fullmatch(text)
    if match is None:
        return None
    month = parse_period(f"20{match[1]}M{match[2]}")
    return "Det ligner år og måned i ét.", f"Skriv {month.text}, hvis det er {month.name()}."


def _follows(match: re.Match[str]) -> bool:
    return len(match[1]) == 2 and (int(match[1]) + 1) % 100 == int(match[2])


def _written_day(day: date) -> str:
    return f"{day.year}M{day.month:02d}D{day.day:02d}"
