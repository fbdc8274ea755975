"""The problems of a file as rows to read, to filter and to save as a spreadsheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain.errors import Problem, count_of
from kpi.domain.format import MISSING, counted, number, safe_text
from kpi.domain.problem_codes import PROBLEM_KINDS, ProblemCode
from kpi.domain.vocabulary import SEVERITY_NAMES
from kpi.ingest.checked import Checked
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE

MOST_SHOWN = 100
# More warnings than so many are shown by their kinds, the first of each.
_MANY_WARNINGS, _MOST_OF_KIND = 20, 3
_MOST_FOUND_CHARACTERS = 60

# The core names the command line's options; on the page they are choices above the table.
_ON_THE_PAGE = (
    (re.compile(r"Skal rækkerne med, så skriv værdien under \[keep\] eller \[group\] i opskriften, "
                r"ellers under \[made_from\.left_out\]\."),
     "Skal rækkerne med, så vælg værdien i opskriften; ellers gem opskriften igen."),
    (re.compile(r"så skriv værdien med de andre under \[sum\] eller \[share\] i opskriften, ellers "
                r"under \[made_from\.left_out\]\."),
     "så vælg værdien sammen med de andre i opskriften; ellers gem opskriften igen."),
    (re.compile(r"Ellers ret \[keep\] i opskriften\."), "Ellers vælg dem i opskriften."),
    (re.compile(r"Skal det vises igen, så slet datoen under »udgået«\."),
     "Skal det vises igen, så vælg »Tag ud af brug« under »Opret eller ret«, hvor det kan tages i "
     "brug igen."),
    (re.compile(r"Vælg decimaltegn: --decimal comma eller --decimal point\."),
     "Vælg filens decimaltegn ovenfor."),
    (re.compile(r"så vælg decimaltegn: --decimal (?:comma|point)\."),
     "så vælg filens decimaltegn ovenfor."),
    (re.compile(r"Skriv 0 eller \.\. i feltet, eller angiv i opskriften, hvad det betyder: .*"),
     "Skriv 0 eller .. i feltet, eller vælg i opskriften, hvad »-« betyder."),
    (re.compile(r"Ja, gang med ([\d.,]+): --scale [\d.e+-]+\. Er tallene ([^,]+), som de er: "
                r"--scale 1\."),
     r"Svar ovenfor: Skal tallene ganges med \1, eller er de \2, som de er?"),
    (re.compile(r"alle er af samme størrelse\. Er tallene ([^,]+), som de er: --scale 1\."),
     r"alle er af samme størrelse, eller svar ovenfor, at tallene er \1, som de er."),
    (re.compile(r"hent dem i nøgletallets enhed\. Er tallene ([^,]+), som de er: --scale 1\."),
     r"hent dem i nøgletallets enhed. Eller svar ovenfor, at tallene er \1, som de er."),
    (re.compile(r"Er tallene ([^,]+), som de står i filen: --scale 1\."),
     r"Svar ovenfor, at tallene er \1, som de står i filen."),
    (re.compile(r"Er de promille, så gang dem: --scale 0\.1\."),
     "Er de promille, så svar ovenfor, at de skal ganges med 0,1."),
    (re.compile(r"Vælg, hvad tallene skal ganges med: --scale 1 giver (\S+), "
                r"--scale [\d.e+-]+ giver (\S+)\."),
     r"Svar ovenfor, om tallene er, som de står (\1), eller skal ganges (\2)."),
    (re.compile(r"eller undlad at gange: scale = 1 i opskriften, eller --scale 1\."),
     "eller vælg ovenfor, at tallene er, som de står."),
    (re.compile(r"Vælg (arket|tabellen) med --sheet NAVN: "), r"Vælg \1 ovenfor: "),
    (re.compile(r"Angiv det med --indicator ID\. Vælg en opskrift: --recipe [^.]*\."),
     "Vælg en opskrift ovenfor, eller vælg nøgletallet nedenfor."),
    (re.compile(r"Angiv det med --indicator ID\. Vælg eller lav en opskrift, [^.]*\."),
     "Vælg det nedenfor."),
    (re.compile(r"Vælg en opskrift: --recipe [^.]*\.?"), "Vælg en opskrift ovenfor."),
    (re.compile(r"Lav en ny opskrift, eller brug den alligevel: --accept-recipe\."),
     "Lav en ny opskrift nedenfor, eller vælg ovenfor at bruge den alligevel."),
    (re.compile(r"så brug den alligevel: --accept-recipe\. Med filens titel under \[made_from\] i "
                r"opskriften spørges der ikke igen\."),
     "så vælg ovenfor at bruge den alligevel."),
    (re.compile(r"Vælg ét: --measure NAVN\."), "Vælg målet ovenfor."),
    (re.compile(r"så vælg det: --measure NAVN\."), "så vælg det ovenfor."),
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
    (re.compile(r"så angiv (det|den) med --(?:area|period|group) [A-ZÅ]+\."),
     r"så vælg \1 nedenfor under »Flere valg«."),
    (re.compile(r"Er det et nyt område, så opret det: python -m kpi add area FIL\."),
     "Er det et nyt område, så opret det under »Opret eller ret nøgletal, områder, grupper, kilder "
     "og temaer«."),
    (re.compile(r"(Er nøgletallet nyt, så opret det) først: python -m kpi add indicator FIL\."),
     r"\1 nedenfor."),
    (re.compile(r"Opret dem: python -m kpi add \w+ FIL\."),
     "Opret dem under »Opret eller ret nøgletal, områder, grupper, kilder og temaer«."),
    (re.compile(r"(Er \w+ nyt?, så opret de[nt]): python -m kpi add \w+ FIL\."), r"\1 ovenfor."),
    (re.compile(r"(Skal tallene med, så opret gruppen): python -m kpi add group FIL\."),
     r"\1 under »Opret eller ret nøgletal, områder, grupper, kilder og temaer«."),
    (re.compile(r"(der ikke kan forveksles): python -m kpi add area FIL\."),
     r"\1, under »Opret eller ret nøgletal, områder, grupper, kilder og temaer«."),
    (re.compile(r"eller angiv perioden for hele filen med --period (\S+)\."),
     r"eller vælg perioden \1 i opskriften nedenfor under »Flere valg«."),
    (re.compile(r"Undlad --period\b"), "Vælg ingen periode under »Flere valg«"),
    (re.compile(r"Undlad --indicator\b"), "Vælg intet nøgletal nedenfor"),
    (re.compile(r"Undlad --measure\b"), "Vælg intet mål ovenfor"),
    (re.compile(r"i en opskrift under \[constant\]"), "i opskriften nedenfor under »Flere valg«"),
    (re.compile(r"rækker(ne)? (?:i en opskrift )?under \[keep\]"),
     r"rækker\1 i opskriften nedenfor"),
    (re.compile(r"oversæt (kolonnen|værdierne) under \[group\](?: eller \[indicator\])?"),
     r"angiv i opskriften nedenfor, hvad \1 er"),
    (re.compile(r"værdierne under \[(?:keep|group)\](?: i opskriften)?"),
     "værdierne i opskriften nedenfor"),
    (re.compile(r"skriv den under \[ignore\] \w+"), "spring den over i opskriften nedenfor"),
    (re.compile(r"de andre under \[group\]"), "de andre grupper i opskriften nedenfor"),
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


def problem_rows(problems: Sequence[Problem]) -> list[ProblemRow]:
    """The first MOST_SHOWN problems as rows, in their order."""
    return [
        ProblemRow(
            MISSING if problem.row is None else str(problem.row),
            problem.severity == "error",
            problem.severity == "error" and PROBLEM_KINDS[problem.code].is_question,
            problem.column or MISSING,
            # A recipe's name is in no file.
            MISSING if problem.code == "recipe_mismatch" else _shortened(problem.value) or MISSING,
            problem.message,
            page_hint(problem.hint),
        )
        for problem in problems[:MOST_SHOWN]
    ]


def chosen(problems: Sequence[Problem], severity: str, code: str) -> list[Problem]:
    """The problems of a severity and a kind; empty text means all."""
    return [
        problem
        for problem in problems
        if (not severity or problem.severity == severity) and (not code or problem.code == code)
    ]


def first_of_each_kind(problems: Sequence[Problem]) -> list[Problem]:
    """Every error, and of many warnings of several kinds the first of each, kind by kind.

    A hundred of the first kind would hide the others.
    """
    errors = [problem for problem in problems if problem.severity == "error"]
    by_kind: dict[ProblemCode, list[Problem]] = {}
    for problem in problems:
        if problem.severity != "error":
            by_kind.setdefault(problem.code, []).append(problem)
    if len(problems) - len(errors) <= _MANY_WARNINGS or len(by_kind) == 1:
        return list(problems)
    return errors + [problem for of in by_kind.values() for problem in of[:_MOST_OF_KIND]]


def kinds(problems: Sequence[Problem]) -> dict[str, str]:
    """The kinds that occur, most frequent first: code to `Ukendt område (12)`."""
    counts = Counter[ProblemCode]()
    for problem in problems:
        counts[problem.code] += 1 + problem.more
    return {code: f"{PROBLEM_KINDS[code].name} ({count})" for code, count in counts.most_common()}


def shown_words(problems: Sequence[Problem]) -> str:
    """How many of the problems are shown, and where the others are."""
    count = count_of(problems)
    first = f"Viser de første {MOST_SHOWN} af {number(count, 0)}."
    if count == len(problems):
        return f"{first} Resten står i CSV-filen."
    return (
        f"{first} CSV-filen har op til {number(MOST_OF_A_CODE, 0)} af hver slags og tæller resten."
    )


def first_words(problems: Sequence[Problem]) -> str:
    """What is said under a table of the first problems of each kind."""
    return (
        f"Viser de første {_MOST_OF_KIND} af hver slags advarsel, {number(count_of(problems), 0)} "
        "i alt. Vælg en slags ovenfor for at se flere; resten står i CSV-filen."
    )


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


# Errors that are a name Spor does not know: it may be made on the page.
_UNKNOWN = {"unknown_area", "unknown_group", "unknown_source", "unknown_indicator"}


def errors_of(checked: Checked) -> list[Problem]:
    """The problems that stop a publication."""
    return [problem for problem in checked.problems if problem.severity == "error"]


def warnings_of(checked: Checked) -> list[Problem]:
    """The problems that a person must have seen."""
    return [problem for problem in checked.problems if problem.severity != "error"]


def asks_only(checked: Checked) -> bool:
    """Whether the only errors of the file are questions that a person can answer."""
    wrong = errors_of(checked)
    return bool(wrong) and all(PROBLEM_KINDS[problem.code].is_question for problem in wrong)


def has_personal_data(checked: Checked) -> bool:
    """Whether the file was refused because it contains CPR numbers."""
    return any(problem.code == "personal_data" for problem in checked.problems)
