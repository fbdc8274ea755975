"""The problems of a file as rows to read, to filter and to take home in a spreadsheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain.errors import Problem, count_of
from kpi.domain.format import MISSING, counted, number, safe_text
from kpi.domain.vocabulary import SEVERITY_NAMES
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE
from kpi.views.upload import QUESTIONS

MOST_SHOWN = 100
_MOST_FOUND_CHARACTERS = 60

# What the kinds are called in the filter; a code without a name here keeps its first message.
_KINDS = {
    "area_ended": "Området gælder ikke i perioden",
    "ambiguous_number": "Tvetydigt tal",
    "approximate": "Omtrentligt tal",
    "big_change": "Stor ændring",
    "cell_mark": "Mærke eller gennemstregning",
    "duplicate_column": "To kolonner med samme navn",
    "duplicate_key": "Samme tal flere gange",
    "encoding": "Tegnsæt",
    "fewer_areas": "Færre områder end sidst",
    "from_zero": "0 i en serie, der ikke er nær 0",
    "future_period": "Periode i fremtiden",
    "early_period": "Periode før 1980",
    "empty_group": "Række uden gruppe",
    "head_words": "Ord i en overskrift",
    "hidden_cells": "Skjulte rækker eller kolonner",
    "ignored_area": "Område springes over",
    "ignored_column": "Kolonne læses ikke",
    "ignored_row": "Række springes over",
    "missing_column": "Kolonne mangler",
    "moved_period": "Perioden er flyttet",
    "not_a_number": "Ikke et tal",
    "not_a_table": "Ikke en tabel",
    "not_whole": "Antal med decimaler",
    "numerator_exceeds_denominator": "Tæller større end nævner",
    "out_of_range": "Tallet er uden for det mulige",
    "other_period_kind": "Periode af en anden slags",
    "outlier": "Usandsynligt tal",
    "retired": "Udgået",
    "same_value": "Samme tal i alle områder",
    "several_files": "Flere filer i en ZIP",
    "read_by_content": "Læst efter sit indhold",
    "recipe_mismatch": "Opskriften er lavet til noget andet",
    "several_measures": "Flere mål i filen",
    "scale": "Anden størrelse end ventet",
    "suppressed": "Skjult eller ikke oplyst",
    "text_words": "Teksten siger noget andet",
    "tenfold": "10 gange større eller mindre",
    "unended_line": "Sidste linje uden linjeskift",
    "unchanged_period": "Samme tal som perioden før",
    "unit_mismatch": "En anden enhed",
    "unmapped_status": "Status, som Spor ikke har",
    "unknown_area": "Ukendt område",
    "unknown_group": "Ukendt gruppe",
    "unknown_indicator": "Ukendt nøgletal",
    "unknown_period": "Ukendt periode",
    "unknown_source": "Ukendt kilde",
    "unknown_status": "Status passer ikke",
    "unlike_others": "Første tal langt fra andre områders",
    "unused_column": "Kolonne, der ikke bruges",
    "value_mismatch": "Værdi passer ikke med tæller og nævner",
}
# The core speaks of the command line's options; on the page they are choices above the table.
_ON_THE_PAGE = (
    (re.compile(r"Vælg decimaltegn: --decimal comma eller --decimal point\."),
     "Vælg filens decimaltegn ovenfor."),
    (re.compile(r"Skriv 0 eller \.\. i feltet, eller angiv i opskriften, hvad det betyder: .*"),
     "Skriv 0 eller .. i feltet, eller vælg i opskriften, hvad »-« betyder."),
    (re.compile(r"Ja, gang med ([\d.,]+): --scale [\d.e+-]+\. Er tallene ([^,]+), som de er: "
                r"--scale 1\."),
     r"Svar ovenfor: Skal tallene ganges med \1, eller er de \2, som de er?"),
    (re.compile(r"alle er af samme størrelse\. Er tallene ([^,]+), som de er: --scale 1\."),
     r"alle er af samme størrelse, eller svar ovenfor, at tallene er \1, som de er."),
    (re.compile(r"Er tallene ([^,]+), som de står i filen: --scale 1\."),
     r"Svar ovenfor, at tallene er \1, som de står i filen."),
    (re.compile(r"Vælg, hvad tallene skal ganges med: --scale 1 giver (\S+), "
                r"--scale [\d.e+-]+ giver (\S+)\."),
     r"Svar ovenfor, om tallene er, som de står (\1), eller skal ganges (\2)."),
    (re.compile(r"eller undlad at gange: scale = 1 i opskriften, eller --scale 1\."),
     "eller vælg ovenfor, at tallene er, som de står."),
    (re.compile(r"Vælg (arket|tabellen) med --sheet NAVN: "), r"Vælg \1 ovenfor: "),
    (re.compile(r"Angiv det med --indicator ID\. Vælg en opskrift: --recipe .*"),
     "Vælg en opskrift ovenfor, eller vælg nøgletallet nedenfor."),
    (re.compile(r"Angiv det med --indicator ID\. Vælg eller lav en opskrift, .*"),
     "Vælg det nedenfor."),
    (re.compile(r"Vælg en opskrift: --recipe [^.]*\.?"), "Vælg en opskrift ovenfor."),
    (re.compile(r"Lav en ny opskrift, eller brug den alligevel: --accept-recipe\."),
     "Lav en ny opskrift nedenfor, eller vælg ovenfor at bruge den alligevel."),
    (re.compile(r"Vælg ét: --measure NAVN\."), "Vælg målet ovenfor."),
    (re.compile(r"Vælg rækker under \[keep\], oversæt værdierne under \[group\] eller "
                r"\[indicator\], eller skriv kolonnen under \[ignore\] columns, hvis den er "
                r"ligegyldig\."),
     "Vælg rækker i opskriften nedenfor, eller angiv, hvad kolonnens værdier er. Er den "
     "ligegyldig, så vælg den under »Spring disse kolonner over«."),
    (re.compile(r"Oversæt kolonnen under \[group\] eller \[indicator\], eller skriv den under "
                r"\[ignore\] columns, hvis den er ligegyldig\."),
     "Angiv i opskriften nedenfor, hvad kolonnens værdier er. Er den ligegyldig, så vælg den "
     "under »Spring disse kolonner over«."),
    (re.compile(r"Angiv det med --indicator ID\. "), "Vælg det i opskriften nedenfor. "),
    (re.compile(r"Vælg eller lav en opskrift, der angiver, hvad hver kolonne indeholder\."),
     "Vælg kolonnen nedenfor."),
    (re.compile(r"så skriv (det|den) under \[constant\]\."),
     r"så vælg \1 nedenfor under »Flere valg«."),
    (re.compile(r"Er det et nyt område, så opret det: python -m kpi add area FIL\."),
     "Er det et nyt område, så opret det under »Opret eller ret nøgletal, områder, grupper, kilder "
     "og temaer«."),
    (re.compile(r"(Er \w+ nyt?, så opret de[nt]): python -m kpi add \w+ FIL\."), r"\1 ovenfor."),
    (re.compile(r"Intet af de kendte navne ligner\."),
     "Intet af de kendte navne ligner; de står i skabelonens lister."),
)  # fmt: skip
_SHEET = re.compile(r"»([^«]+)«")


@dataclass(frozen=True)
class ProblemRow:
    """A problem in words; `row` is empty where it is about the whole file.

    An error is a question where a person can answer it on the page.
    """

    row: str
    is_error: bool
    is_question: bool
    column: str
    found: str
    message: str
    hint: str


def problem_rows(problems: Sequence[Problem], most: int = MOST_SHOWN) -> list[ProblemRow]:
    """The first `most` problems as rows, in their order."""
    return [
        ProblemRow(
            MISSING if problem.row is None else str(problem.row),
            problem.severity == "error",
            problem.severity == "error" and problem.code in QUESTIONS,
            problem.column or MISSING,
            # A recipe's name stands in no file.
            MISSING if problem.code == "recipe_mismatch" else _shortened(problem.value) or MISSING,
            problem.message,
            page_hint(problem.hint),
        )
        for problem in problems[:most]
    ]


def chosen(problems: Sequence[Problem], severity: str, code: str) -> list[Problem]:
    """The problems of a severity and a kind; empty text means all."""
    return [
        problem
        for problem in problems
        if (not severity or problem.severity == severity) and (not code or problem.code == code)
    ]


def kinds(problems: Sequence[Problem]) -> dict[str, str]:
    """The kinds that occur, most frequent first: code to `Ukendt område (12)`."""
    counts = Counter[str]()
    for problem in problems:
        counts[problem.code] += 1 + problem.more
    return {code: f"{kind_name(code)} ({count})" for code, count in counts.most_common()}


def shown_words(problems: Sequence[Problem]) -> str:
    """How many of the problems are shown, and where the others are."""
    count = count_of(problems)
    first = f"Viser de første {MOST_SHOWN} af {number(count, 0)}."
    if count == len(problems):
        return f"{first} Resten står i CSV-filen."
    return (
        f"{first} CSV-filen har op til {number(MOST_OF_A_CODE, 0)} af hver slags og tæller resten."
    )


def kind_name(code: str) -> str:
    """What a kind of problem is called on the page."""
    return _KINDS.get(code, code.replace("_", " "))


def page_hint(hint: str) -> str:
    """The remedy as the page gives it, where the command line would name an option."""
    for pattern, words in _ON_THE_PAGE:
        hint = pattern.sub(words, hint)
    return hint


def sheets_named(problems: Sequence[Problem]) -> tuple[str, ...]:
    """The sheets that a refusal asks to choose between; empty where it does not."""
    hints = [
        problem.hint
        for problem in problems
        if problem.code == "not_a_table" and "--sheet" in problem.hint
    ]
    return tuple(name for hint in hints for name in _SHEET.findall(hint))


def problems_csv(problems: Sequence[Problem]) -> bytes:
    """Every problem as CSV for a Danish Excel: UTF-8 mark, semicolons, no text run as a formula.

    Problems that are counted and not kept share a line.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ("Række", "Type", "Kolonne", "I filen står", "Problem", "Det kan du gøre", "Kode")
    )
    for problem in problems:
        severity = SEVERITY_NAMES[problem.severity]
        writer.writerow(
            ["" if problem.row is None else problem.row, severity]
            + [safe_text(text) for text in (problem.column, problem.value, problem.message)]
            + [safe_text(page_hint(problem.hint)), problem.code]
        )
        if problem.more:
            further = f"Yderligere {counted(problem.more, 'problem', 'problemer')} af samme slags."
            writer.writerow(["", severity, "", "", further, "", problem.code])
    return out.getvalue().encode("utf-8-sig")


def _shortened(text: str | None) -> str:
    if text is None or len(text) <= _MOST_FOUND_CHARACTERS:
        return text or ""
    return text[:_MOST_FOUND_CHARACTERS].rstrip() + "…"
