"""Texts of a file by which it says itself that rows are missing: a page of several, a limit."""

import re

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.table.raw import ABOVE, ASIDE, UNDER, RawTable

_MOST_CHARACTERS = 300
_LEFT_OUT = re.compile(
    r"\bnot all (?:rows|data|records) (?:are|is|were|was|could be) "
    r"(?:export|show|display|return|includ)\w+"
    r"|\bexceed\w* the\b[^.]{0,30}\blimit|\btruncated\b|\boverskr\w+ den tilladte\b"
    r"|\bikke alle (?:rækker|data|poster|linjer)(?:ne)? (?:(?:er|blev|kunne|bliver) )?"
    r"(?:med\b|vis|eksport|hent|læst|udtrukket)\w*"
    r"|\b(?:nogle|flere|resten af) (?:data|rækker(?:ne)?|poster)\b[^.]{0,40}"
    r"\b(?:udeladt|afkortet|ikke med)\b"
    r"|\b(?:data|listen|tabellen|udtrækket|resultatet) (?:er|blev) afkortet\b",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:viser|showing|rækker?|poster|linjer|rows?|records?|entries|results?)\s+(?:rækker?\s)?"
    r"(?P<first>\d+)\s*(?:-|–|—|til|to)\s*(?P<last>\d+)\s+(?:af|of|ud af)\s+(?P<all>\d[\d.\s]*)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(?:side|page)\s+(?P<page>\d+)\s*(?:af|of|/)\s*(?P<pages>\d+)", re.IGNORECASE)


# A line that is nothing but a count of what is in the table, as programs and people end one.
_UNITS = {
    "rækker": r"rækker|poster|linjer|observationer|records|rows|entries|datarækker",
    "kommuner": r"kommuner|municipalities",
    "områder": r"områder|areas",
}
_COUNTED = re.compile(
    r"(?:(?:i alt|antal|total(?:t|e)?|number of|der er|tabellen (?:har|indeholder)|filen (?:har"
    r"|indeholder)|viser)\W+)*(?:"
    + "|".join(
        rf"(?:{words})(?:(?: i alt| total| i tabellen)?\s?[:=]\s?| i alt | total )"
        rf"(?P<after_{at}>\d[\d.]*)"
        rf"|(?P<before_{at}>\d[\d.]*) (?:{words})(?: i alt| total| in total| i tabellen| i filen)?"
        for at, words in enumerate(_UNITS.values())
    )
    + r")\W*",
    re.IGNORECASE,
)
_MOST_OF_A_COUNT = 60


def fewer_than_counted(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    """Asks about the first line that counts more rows, or areas, than the file has.

    A single area is an extract of its own, whatever the table was. Expects `parsed_row`.
    """
    for text in table.beside:
        counted = counted_in(text.text) if text.where in (ABOVE, UNDER, ASIDE) else None
        if counted is None:
            continue
        unit, count = counted
        sql = _ROWS if unit == "rækker" else _AREAS if unit == "områder" else _MUNICIPALITIES
        ((present,),) = connection.execute(sql).fetchall()
        if present < count and (present > 1 or unit == "rækker"):
            return [
                Problem(
                    "text_words", "", text.row, None, text.text[:60],
                    f"Filen siger selv, at der er {fmt.number(count, 0)} {unit}, men der er læst "
                    f"{fmt.number(present, 0)}.",
                    "Hent hele tabellen. Rækker, der ikke er i filen, er hverken 0 eller slettet.",
                )
            ]  # fmt: skip
    return []


def counted_in(text: str) -> tuple[str, int] | None:
    """What a line counts, and how many it says: `Antal rækker: 98`; None for other texts."""
    plain = " ".join(text.split())
    match = _COUNTED.fullmatch(plain) if len(plain) <= _MOST_OF_A_COUNT else None
    if match is None:
        return None
    for at, unit in enumerate(_UNITS):
        if digits := match[f"after_{at}"] or match[f"before_{at}"]:
            return unit, int(digits.replace(".", ""))
    return None


# Rows that are left out are there, too; a wide table has several figures on a line.
_ROWS = "SELECT greatest(count(*), count(DISTINCT line)) FROM raw"
_AREAS = "SELECT count(DISTINCT area) FROM parsed_row"
_MUNICIPALITIES = """
SELECT count(DISTINCT area) FROM parsed_row
JOIN known_area ON known_area.number = area AND level = 'municipality'
"""


def part_of_file(table: RawTable) -> list[Problem]:
    """Asks about the first text that says that not all rows are in the file."""
    for text in table.beside:
        if text.where not in (ABOVE, UNDER, ASIDE) or len(text.text) > _MOST_CHARACTERS:
            continue
        words = words_of_part(text.text, is_printed=text.where == ASIDE)
        if words:
            return [
                Problem(
                    "text_words", "", text.row, None, text.text[:60],
                    f"Filen siger selv, at der er flere rækker: »{words}«.",
                    "Hent hele tabellen. Rækker, der ikke er i filen, er hverken 0 eller slettet.",
                )
            ]  # fmt: skip
    return []


def words_of_part(text: str, is_printed: bool = False) -> str:
    """The words by which a text says that rows are missing; empty where it does not.

    Pages that were printed (`is_printed`, in a footer) are all in the file.
    """
    plain = " ".join(text.split())
    if match := _LEFT_OUT.search(plain):
        return match[0]
    if match := _SHOWS.search(plain):
        count = int(re.sub(r"\D", "", match["all"]))
        shown = int(match["last"]) - int(match["first"]) + 1
        return match[0].strip() if 0 < shown < count else ""
    match = None if is_printed else _PAGE.search(plain)
    return match[0] if match and int(match["pages"]) > 1 else ""
