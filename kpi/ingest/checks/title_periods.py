"""The periods that a table's title names, compared with those of its rows: last year's table.

A title may also name part of a year over whole years: `1. halvår 2022`, `januar-marts 2022`.
"""

import re
from collections.abc import Iterable

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.period import Period
from kpi.domain.vocabulary import PERIOD_KIND_PLURALS, PeriodKind
from kpi.domain.wording import listing
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import ABOVE, ASIDE, FILE, NAME, SHEET, UNDER, Beside, RawTable
from kpi.ingest.turning.title_year import years_named
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.title_words import ELSEWHERE, WRITTEN, called
from kpi.ingest.words.written_periods import period_of

_SHORT = 120
_YEAR = r"(?:19|20)\d\d"
# Lines under a table that say which period its figures are of.
_OF_FIGURES = re.compile(
    r"(?:obs!?|nb!?|bemærk:?|note:?|\*)?\s*(?:alle\s)?(?:tal(?:lene|let)?|data|opgørelsen|tabellen|perioden"
    r"|omfatter|dækker|gælder|opgjort for)\b",
    re.IGNORECASE,
)
# A note that is nothing but a year: `fra 2023`, `2024-tal`.
_OF_YEAR = re.compile(
    r"(?:(?:er|tal|kun|fra|for|gælder)\s)*(?:år(?:et)?\s|skoleåret\s)?(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?"
    r"(?:-?\s?tal)?\W*",
    re.IGNORECASE,
)
# A line below that says so of some of them: `Tallet for Randers er fra 2024`.
_SAID_BELOW = re.compile(
    r"\b(?:tal(?:lene|let)?|data|værdi(?:en|erne)?|figures?)\b[^.;]{0,60}?\s"
    r"(?:er|stammer|gælder|dækker|vedrører|are|is)\s(?:alle\s)?(?:fra|for|from)?\s?"
    r"(?:år(?:et|ene)?\s)?((?:19|20)\d\d)\b"
    r"|(?:^|[:*=)]\s?|\b(?:er|har|viser)\s)(?:(?:kun|tal)\s(?:fra|for)\s)?"
    r"((?:19|20)\d\d)(?:[- ]tal(?:lene)?)?\W*$",
    re.IGNORECASE,
)
_UNDERSCORES = re.compile(r"[_+]+")
_YEAR_ALONE = re.compile(
    r"(?:år|året|data|tal|ark)?\s*(?:19|20)\d\d(?:\s*(?:data|tal))?", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-zæøå]*\.?"
_TO = r"\s*(?:-|–|—|til og med|t\.?o\.?m\.?|til)\s*"
# Less than a year: halves, quarters, some months, the year to date.
_PART = re.compile(
    rf"(?<![\w.])(?:[12]\.\s?halvår\b|(?:[1-4]\.?{_TO})?[1-4]\.\s?(?:kvartal|kvt)\b"
    rf"|(?:første|andet|tredje|fjerde)\s(?:halvår|kvartal)\b|[hkq][1-4]\s?{_YEAR}\b"
    rf"|{_YEAR}\s?[hkq][1-4]\b|(?:år|aar) til dato\b|åtd\b|aatd\b|ytd\b|hittil i (?:år|aar)\w*"
    rf"|(?:til og med|t\.?o\.?m\.?|frem til) (?!dec){_MONTH})",
    re.IGNORECASE,
)
SOME_MONTHS = re.compile(
    rf"(?<![\w.])(?<!\d\s){_MONTH}(?:\s{_YEAR})?{_TO}{_MONTH}(?:\s{_YEAR})?", re.IGNORECASE
)
# One part of a year, with its year.
_ONE_PART = re.compile(
    rf"(?<![\w./-])(?:{_MONTH}\s{_YEAR}|[1-4]\.\s?(?:kvartal|kvt\.?)\s{_YEAR}|[12]\.\s?halvår\s{_YEAR}"
    rf"|uge\s?\d{{1,2}},?\s{_YEAR}|[hkq][1-4]\s?{_YEAR}|{_YEAR}\s?[hkqmu]\d{{1,2}}"
    rf"|(?:0?[1-9]|1[0-2])/{_YEAR})(?![\w/-])",
    re.IGNORECASE,
)
# Days, and texts that begin so, say when people were counted or the table was made.
_MADE = re.compile(
    rf"\d{{1,2}}\.\s?{_MONTH}\s{_YEAR}"
    rf"|\b(?:ultimo|ult\.|primo|udgangen af|end(?: of)?)\s\S+\s{_YEAR}",
    re.IGNORECASE,
)
# Twelve months that end with each period.
_ROLLING = re.compile(
    r"\b(?:rullende|løbende (?:år|12)|seneste (?:12|tolv) måneder|12[- ]måneders)\w*", re.IGNORECASE
)


# What may be added up to the year to date, or to twelve months.
_PARTS: frozenset[PeriodKind] = frozenset(("month", "quarter", "half", "week"))
_ADDED_UP = re.compile(
    r"^(?:(?:år|aar) til dato|åtd|aatd|ytd|hittil|rullende|løbende|seneste|12)", re.IGNORECASE
)


def title_periods(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, file: str = ""
) -> list[Problem]:
    """Asks about the first title, sheet or file whose years contain none of the file's periods.

    So about the head of the figures, and about notes that say which other year they are of.

    Expects the file's distinct periods in word_period. Nothing is said of a title without a year,
    or with words that a year may belong to (`efter reformen i 2019`).
    """
    return (
        _other_years(connection, table)
        or _other_years_of_names(connection, table, file)
        or _other_year_of_head(connection, table, plan)
        or _other_year_of_notes(connection, table, plan)
        or _other_year_below(connection, table)
        or _parts_of_years(connection, table)
        or _other_parts(connection, table)
    )


def _other_years(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    titles = [text for text in table.beside if text.where in (NAME, ABOVE)]
    named = [
        (title, years)
        for title in titles
        if len(title.text) <= _SHORT and not ELSEWHERE.search(without_price_levels(title.text))
        and (years := years_named(title.text))
    ]  # fmt: skip
    if not named:
        return []
    years_of_rows = known_years(connection)
    if not years_of_rows or any(
        min(years) <= year <= max(years) for _, years in named for year in years_of_rows
    ):
        return []
    return _asked_years("Titlen", *named[0], years_of_rows)


def _other_years_of_names(
    connection: duckdb.DuckDBPyConnection, table: RawTable, file: str
) -> list[Problem]:
    """Asks about a sheet, a folder or a file that is called by other years than those of its rows.

    A year after the rows' own is as often the one the file was made in; only a sheet or a folder
    that is called by nothing but a year says whose figures it has.
    """
    names = [("Arkets navn", text) for text in table.beside if text.where == SHEET]
    *folders, last = plain_name(file).split("/")
    names += [("Mappens navn", Beside(FILE, folder)) for folder in folders]
    names.append(("Filens navn", Beside(FILE, last)))
    for subject, text in names:
        years = years_named(text.text)
        if not years or len(text.text) > _SHORT or ELSEWHERE.search(text.text):
            continue
        years_of_rows = known_years(connection)
        is_earlier = bool(years_of_rows) and max(years) < min(years_of_rows)
        is_later = bool(years_of_rows) and min(years) > max(years_of_rows)
        is_year_alone = subject != "Filens navn" and _YEAR_ALONE.fullmatch(text.text.strip())
        if is_earlier or (is_later and is_year_alone):
            return _asked_years(subject, text, years, years_of_rows)
    return []


def _other_year_of_head(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """Asks about a head of figures with years (`værdi 2023`) that are none of the rows'."""
    if "value" not in plan.columns or table.is_wide:
        return []
    head = table.columns[plan.columns["value"]]
    years = years_named(head)
    if not years or ELSEWHERE.search(head):
        return []
    years_of_rows = known_years(connection)
    if not years_of_rows or years & years_of_rows:
        return []
    return _asked_years("Overskriften", Beside("head", head), years, years_of_rows)


def _other_year_of_notes(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """Asks about the first note that says its figure is of a year which its row's period is not."""
    if "note" not in plan.columns:
        return []
    # Most files have no note with a year, and then no row is looked at.
    dated = [spelling for (spelling,) in connection.execute(_WITH_YEAR).fetchall()]
    if not dated:
        return []
    name = table.columns[plan.columns["note"]]
    for text, line, first, last in connection.execute(_DATED_NOTES, {"dated": dated}).fetchall():
        years = years_named(text)
        is_of_figure = _OF_FIGURES.match(text) or _OF_YEAR.fullmatch(text.strip())
        if not is_of_figure or not years or ELSEWHERE.search(text):
            continue
        if max(years) < first or min(years) > last:
            return [
                Problem(
                    "text_words", "", line, name, text[:60],
                    f"Noten siger {listing([str(year) for year in sorted(years)])}, men tallets "
                    f"periode er fra {listing([str(year) for year in sorted({first, last})])}.",
                    "Kontrollér perioden, og ret noten eller rækken.",
                )
            ]  # fmt: skip
    return []


def _other_year_below(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    """Asks about the first line under the table that says figures are of a year no row is of."""
    said = [
        (text, int(match[1] or match[2]))
        for text in table.beside
        if text.where in (UNDER, ASIDE) and not ELSEWHERE.search(text.text)
        and (match := _SAID_BELOW.search(text.text))
    ]  # fmt: skip
    if not said:
        return []
    years_of_rows = known_years(connection)
    other = next((each for each in said if each[1] not in years_of_rows), None)
    if not years_of_rows or other is None:
        return []
    text, year = other
    return _asked_years(called(text), text, [year], years_of_rows)


def plain_name(file: str) -> str:
    """A file's name with its folders, in words and without its ending."""
    return _UNDERSCORES.sub(" ", file.rpartition(".")[0] or file)


def period_kinds(connection: duckdb.DuckDBPyConnection) -> set[PeriodKind]:
    """The kinds of the file's periods. Expects word_period."""
    return {kind for (kind,) in connection.execute(_KINDS).fetchall()}


def known_years(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """The years of the file's periods. Expects word_period."""
    rows = connection.execute(YEARS_OF_ROWS).fetchall()
    return {year for years in rows for year in years if year is not None}


def _asked_years(
    subject: str, text: Beside, years: Iterable[int], years_of_rows: Iterable[int]
) -> list[Problem]:
    named = sorted(years)
    shown = [str(year) for year in sorted({named[0], named[-1]})]
    of_rows = sorted(years_of_rows)
    return asked(
        text,
        f"{subject} siger {'-'.join(shown)}, men tallenes perioder er fra "
        f"{listing([str(year) for year in sorted({of_rows[0], of_rows[-1]})])}.",
        "Kontrollér perioderne, og at det er den rigtige tabel.",
    )


def _parts_of_years(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    """Asks about the first title that says another stretch of time than all rows are of.

    That is part of a year over whole years, or the year to date and twelve months over months.
    """
    titles = [
        (text, words)
        for text in table.beside
        if (text.where in (ABOVE, SHEET) or (text.where == UNDER and _OF_FIGURES.match(text.text)))
        and len(text.text) <= _SHORT
        and not ELSEWHERE.search(text.text) and (words := part_of_year_named(text.text))
    ]  # fmt: skip
    if not titles:
        return []
    kinds = period_kinds(connection)
    if kinds and kinds <= _PARTS:
        # Months are part of a year themselves; such a title says that several are added up.
        titles = [(text, words) for text, words in titles if _ADDED_UP.search(words)]
        whole = listing([PERIOD_KIND_PLURALS[kind] for kind in sorted(kinds & _PARTS)])
    elif kinds and kinds <= {"year", "school_year"}:
        whole = "hele skoleår" if kinds == {"school_year"} else "hele år"
    else:
        return []
    if not titles:
        return []
    title, words = titles[0]
    return asked(
        title,
        f"{called(title)} siger »{words}«, men tallene gemmes som tal for {whole}.",
        "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen.",
    )


def _other_parts(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    """Asks about the first title with one month, quarter, half-year or week that no row is of.

    A title may say when people were counted (`ultimo november 2022`), or when it was written.
    """
    for title in table.beside:
        if title.where not in (ABOVE, SHEET, NAME) or len(title.text) > _SHORT:
            continue
        if ELSEWHERE.search(title.text) or WRITTEN.search(title.text):
            continue
        named = parts_named(title.text)
        if len(named) != 1:
            continue
        ((words, period),) = named.items()
        rows = connection.execute(
            _ROWS_WITHIN, {"first": period.start, "last": period.end}
        ).fetchone()
        if rows and rows[0] and not rows[1]:
            return asked(
                title,
                f"{called(title)} siger »{words}«, men ingen af tallene gemmes som tal for "
                f"{period.name()}.",
                "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen.",
            )
    return []


def parts_named(text: str) -> dict[str, Period]:
    """The months, quarters, half-years and weeks with their years that a title names."""
    plain = _MADE.sub(" ", " ".join(text.split()))
    parts = {}
    for match in _ONE_PART.finditer(plain):
        period = period_of(match[0])
        if period is not None and period.kind in ("month", "quarter", "half", "week"):
            parts[match[0]] = period
    return parts


def asked(title: Beside, message: str, to_do: str) -> list[Problem]:
    """The question about a text beside a table."""
    return [Problem("text_words", "", title.row, None, title.text[:60], message, to_do)]


def part_of_year_named(text: str) -> str:
    """The words by which a title says that its figures are of no whole calendar or school year.

    Twelve months in a row are a year, and a day or a month alone says when people were counted.
    """
    plain = " ".join(text.split())
    if match := _PART.search(plain) or _ROLLING.search(plain):
        return match[0]
    if match := SOME_MONTHS.search(plain):
        first, last = (_MONTHS.index(month.casefold()) for month in match.groups())
        return "" if (last + 1) % 12 == first else match[0]
    return ""


_WITH_YEAR = """
SELECT spelling FROM spelled_note
WHERE length(text) BETWEEN 4 AND 120 AND regexp_matches(text, '(19|20)[0-9][0-9]')
LIMIT 2000
"""
_DATED_NOTES = """
SELECT text, min(candidate.line) AS line, min(year(start_date)), max(year(end_date))
FROM (SELECT unnest($dated) AS spelling) AS dated
JOIN spelled_note USING (spelling)
JOIN candidate ON candidate.note = dated.spelling
JOIN parsed_row USING (record)
JOIN known_period ON known_period.number = parsed_row.period
GROUP BY text
ORDER BY line
"""
_KINDS = """
SELECT DISTINCT known_period.kind::VARCHAR
FROM word_period JOIN known_period USING (number)
"""
_ROWS_WITHIN = """
SELECT count(*), count(*) FILTER (start_date >= $first AND end_date <= $last)
FROM word_period JOIN known_period USING (number)
"""
YEARS_OF_ROWS = """
SELECT DISTINCT year(start_date), year(end_date)
FROM word_period JOIN known_period USING (number)
"""
