"""Every code that a problem of a file can have, and how its kind is reported.

Message and remedy stand where the problem is found. A new code has its row in PROBLEM_KINDS, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kpi.domain.vocabulary import Severity

ProblemCode = Literal[
    "empty_file",
    "not_a_table",
    "several_files",
    "too_large",
    "personal_data",
    "encoding",
    "missing_column",
    "missing_value",
    "duplicate_column",
    "duplicate_key",
    "unknown_indicator",
    "unknown_area",
    "unknown_group",
    "unknown_source",
    "unknown_period",
    "unknown_status",
    "unknown_value",
    "not_a_number",
    "ambiguous_number",
    "scale",
    "unit_mismatch",
    "out_of_range",
    "numerator_exceeds_denominator",
    "head_words",
    "unused_column",
    "recipe_mismatch",
    "several_measures",
    "value_mismatch",
    "ignored_area",
    "ignored_row",
    "ignored_column",
    "cell_mark",
    "unmapped_status",
    "hidden_cells",
    "merged_cell",
    "read_by_content",
    "text_words",
    "one_label",
    "left_out_label",
    "big_change",
    "tenfold",
    "from_zero",
    "unlike_others",
    "not_whole",
    "rounded",
    "same_change",
    "same_value",
    "unchanged_period",
    "swapped",
    "other_series",
    "fewer_areas",
    "begun_period",
    "area_ended",
    "retired",
    "outlier",
    "moved_period",
    "older_figure",
    "withdrawn_figure",
    "other_source",
    "other_area_kind",
    "other_period_kind",
    "future_period",
    "unfinished_period",
    "early_period",
    "empty_group",
    "unended_line",
    "undeclared_whom",
    "suppressed",
    "approximate",
]


@dataclass(frozen=True)
class ProblemKind:
    """What is said of all problems with a code; docs/problem_codes.md says what they are.

    `severity` is theirs in an upload where the problem itself says nothing else (`reported_as`).
    `name` is the Danish name in the filter, `one` and `several` the nouns of a sentence, empty
    where the name is used there. `is_question`: an error that a person can answer on the page.
    `needs_action` is False for what is reported for the record.
    """

    severity: Severity
    name: str
    one: str = ""
    several: str = ""
    is_question: bool = False
    needs_action: bool = True


PROBLEM_KINDS: Mapping[ProblemCode, ProblemKind] = {
    "empty_file": ProblemKind("error", "Tom fil"),
    "not_a_table": ProblemKind("error", "Ikke en tabel"),
    "several_files": ProblemKind("error", "Flere filer i en ZIP"),
    "too_large": ProblemKind("error", "For stor fil"),
    "personal_data": ProblemKind("error", "CPR-nummer"),
    "encoding": ProblemKind("error", "Tegnsæt"),
    "missing_column": ProblemKind("error", "Kolonne mangler"),
    "missing_value": ProblemKind("error", "Celle mangler"),
    "duplicate_column": ProblemKind("error", "To kolonner med samme navn"),
    "duplicate_key": ProblemKind("error", "Samme tal flere gange"),
    "unknown_indicator": ProblemKind("error", "Ukendt nøgletal"),
    "unknown_area": ProblemKind("error", "Ukendt område"),
    "unknown_group": ProblemKind("error", "Ukendt gruppe"),
    "unknown_source": ProblemKind("error", "Ukendt kilde"),
    "unknown_period": ProblemKind("error", "Ukendt periode"),
    "unknown_status": ProblemKind("error", "Status passer ikke"),
    "unknown_value": ProblemKind("error", "Ukendt værdi"),
    "not_a_number": ProblemKind("error", "Ikke et tal"),
    "ambiguous_number": ProblemKind("error", "Tvetydigt tal"),
    "scale": ProblemKind("error", "Anden størrelse end ventet", is_question=True),
    "unit_mismatch": ProblemKind("error", "En anden enhed", is_question=True),
    "out_of_range": ProblemKind("error", "Tallet er uden for det mulige"),
    "numerator_exceeds_denominator": ProblemKind("error", "Tæller større end nævner"),
    "head_words": ProblemKind(
        "error", "Ord i en overskrift", "ordet i overskriften", "ord i overskrifter"
    ),
    "unused_column": ProblemKind("error", "Kolonne, der ikke bruges", needs_action=False),
    "recipe_mismatch": ProblemKind(
        "error", "Opskriften er lavet til noget andet", is_question=True
    ),
    "several_measures": ProblemKind("error", "Flere mål i filen", is_question=True),
    "value_mismatch": ProblemKind("error", "Værdi passer ikke med tæller og nævner"),
    "ignored_area": ProblemKind("warning", "Område springes over", needs_action=False),
    "ignored_row": ProblemKind("warning", "Række springes over", needs_action=False),
    "ignored_column": ProblemKind("warning", "Kolonne læses ikke", needs_action=False),
    "cell_mark": ProblemKind(
        "warning", "Mærke eller gennemstregning", "det mærkede tal", "mærkede tal"
    ),
    "unmapped_status": ProblemKind("warning", "Status, som Spor ikke har"),
    "hidden_cells": ProblemKind("warning", "Skjulte rækker, kolonner eller ark"),
    "merged_cell": ProblemKind(
        "warning", "Tal i en flettet celle", "tallet i den flettede celle", "tal i flettede celler"
    ),
    "read_by_content": ProblemKind("warning", "Læst efter sit indhold"),
    "text_words": ProblemKind(
        "warning",
        "Teksten siger noget andet",
        "det, teksten ved tabellen siger",
        "steder, hvor teksten siger noget andet",
    ),
    "one_label": ProblemKind(
        "warning",
        "Kun én værdi i en kolonne, der ikke læses",
        "kolonnen, der kun har én værdi",
        "kolonner, der kun har én værdi",
    ),
    "left_out_label": ProblemKind(
        "warning",
        "Ny værdi, der springes over",
        "den nye værdi, der springes over",
        "kolonner med nye værdier, der springes over",
    ),
    "big_change": ProblemKind("warning", "Stor ændring", "den store ændring", "store ændringer"),
    "tenfold": ProblemKind(
        "warning",
        "10 gange større eller mindre",
        "tallet, der er mange gange større eller mindre",
        "tal, der er mange gange større eller mindre",
    ),
    "from_zero": ProblemKind(
        "warning", "0 i en serie, der ikke er nær 0", "tallet, der er 0", "tal, der er 0"
    ),
    "unlike_others": ProblemKind(
        "warning",
        "Første tal langt fra andre områders",
        "det usædvanlige første tal",
        "usædvanlige første tal",
    ),
    "not_whole": ProblemKind(
        "warning", "Antal med decimaler", "antallet med decimaler", "antal med decimaler"
    ),
    "rounded": ProblemKind("warning", "Mere afrundet end de udgivne tal"),
    "same_change": ProblemKind("warning", "Alle udgivne tal ændres ens"),
    "same_value": ProblemKind("warning", "Samme tal i alle områder"),
    "unchanged_period": ProblemKind("warning", "Samme tal som en anden periode eller gruppe"),
    "swapped": ProblemKind(
        "warning", "Tal, der er byttet om", "de ombyttede tal", "steder med ombyttede tal"
    ),
    "other_series": ProblemKind("warning", "Tal, der ligner dem i en anden serie"),
    "fewer_areas": ProblemKind("warning", "Færre områder end sidst"),
    "begun_period": ProblemKind("warning", "Ny periode med få områder"),
    "area_ended": ProblemKind("warning", "Området gælder ikke i perioden"),
    "retired": ProblemKind("warning", "Udgået"),
    "outlier": ProblemKind(
        "warning", "Usandsynligt tal", "det usandsynlige tal", "usandsynlige tal"
    ),
    "moved_period": ProblemKind("warning", "Perioden er flyttet"),
    "older_figure": ProblemKind("warning", "Ældre end det udgivne tal"),
    "withdrawn_figure": ProblemKind("warning", "Fortrudte tal kommer igen"),
    "other_source": ProblemKind("warning", "Udgivne tal får en anden kilde"),
    "other_area_kind": ProblemKind(
        "warning",
        "Område af en anden slags",
        "området af en anden slags",
        "områder af en anden slags",
    ),
    "other_period_kind": ProblemKind(
        "warning",
        "Periode af en anden slags",
        "perioden af en anden slags",
        "perioder af en anden slags",
    ),
    "future_period": ProblemKind(
        "warning", "Periode i fremtiden", "den fremtidige periode", "tal i fremtidige perioder"
    ),
    "unfinished_period": ProblemKind(
        "warning",
        "Periode, der ikke er slut",
        "perioden, der ikke er slut",
        "perioder, der ikke er slut",
    ),
    "early_period": ProblemKind(
        "warning", "Periode før 1980", "den tidlige periode", "tal i meget tidlige perioder"
    ),
    "empty_group": ProblemKind(
        "warning", "Række uden gruppe", "rækken uden gruppe", "rækker uden gruppe"
    ),
    "unended_line": ProblemKind(
        "warning",
        "Sidste linje uden linjeskift",
        "den sidste linje uden linjeskift",
        "sidste linjer uden linjeskift",
    ),
    "undeclared_whom": ProblemKind(
        "warning",
        "Der står ikke, hvem tallet er af",
        "tallet, hvor der ikke står, hvem det er af",
        "nøgletal, hvor der ikke står, hvem de er af",
    ),
    "suppressed": ProblemKind("warning", "Skjult eller ikke oplyst", needs_action=False),
    "approximate": ProblemKind("warning", "Omtrentligt tal", needs_action=False),
}
PROBLEM_CODES: tuple[ProblemCode, ...] = get_args(ProblemCode)

# What follows of a code where it is named here. One that is not is the careful way round: about a
# figure, which is not quoted where it may be hidden, and looked at by a person.

# They doubt the period of the row that they name, and no figure.
OF_PERIODS: frozenset[ProblemCode] = frozenset(
    ("future_period", "unfinished_period", "early_period", "other_period_kind", "unended_line")
)
# They quote names and periods of a file, and none of its figures, unless they are about a column of
# figures.
OF_NAMES: frozenset[ProblemCode] = OF_PERIODS | frozenset((
    "empty_file", "several_files", "too_large", "personal_data", "encoding", "missing_column",
    "duplicate_column", "unknown_indicator", "unknown_area", "unknown_group", "unknown_source",
    "unknown_period", "ignored_area", "left_out_label", "begun_period", "area_ended", "retired",
    "other_area_kind", "withdrawn_figure",
))  # fmt: skip
# What every answer of a source may have, and how exactly it writes its figures: it is published by
# itself all the same.
HARMLESS_WHEN_FETCHED: frozenset[ProblemCode] = frozenset(
    ("suppressed", "approximate", "ignored_row", "ignored_column", "unused_column", "rounded")
)
# An answer that is no table of figures at all: nothing that a person could approve.
NO_ANSWER: frozenset[ProblemCode] = frozenset(
    ("empty_file", "not_a_table", "too_large", "encoding")
)
