"""Faults within one row as they are reported; what they are is in fault_rules.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.wording import listing
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE, RawTable
from kpi.ingest.turning.wide import PERIOD
from kpi.ingest.words.number_hints import number_hint
from kpi.ingest.words.statuses import status_to_write

# Rows that get a warning each; no real file has more.
MOST_PROBLEMS = 100_000
# So many values outside what is possible, and half of the file's, are one question and not many.
_FEWEST_OUTSIDE, _SHOWN, _THOUSAND = 10, 3, 1000


@dataclass(frozen=True)
class Fault:
    """A fault within a row: how it is reported, in words and with the remedy."""

    code: ProblemCode
    message: str
    hint: str


_NO_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({})
REPORTED_AS: Mapping[str, Fault] = {
    "not_a_number": Fault(
        "not_a_number", "Feltet er ikke et tal.", "Skriv tallet med cifre og ét decimaltegn."
    ),
    "ambiguous_number": Fault(
        "ambiguous_number",
        "Tallet kan læses på to måder (komma eller punktum).",
        "Vælg decimaltegn: --decimal comma eller --decimal point.",
    ),
    "mixed_marks": Fault(
        "ambiguous_number",
        "Kolonnen har tal med komma og tal med punktum som decimaltegn.",
        "Skriv alle kolonnens tal med det samme decimaltegn.",
    ),
    "percent_scaled": Fault(
        "scale",
        "Feltet har selv procenttegn, men alle værdier skal ganges.",
        "Fjern procenttegnet, eller undlad at gange: scale = 1 i opskriften, eller --scale 1.",
    ),
    "summed_twice": Fault(
        "duplicate_key",
        "Værdien, der skal lægges sammen, står flere gange for samme område og periode.",
        "Vælg rækker under [keep], så hver værdi kun tælles én gang.",
    ),
    "not_summable": Fault(
        "out_of_range",
        "Tallet kan ikke lægges sammen med andre: Det er hverken et antal eller en andel med "
        "tæller og nævner.",
        "Hent tallet for hele gruppen, eller tag tæller og nævner med.",
    ),
    "out_of_range": Fault(
        "out_of_range",
        "Tallet ligger uden for det mulige.",
        "En andel skal være 0-100 %, og et antal kan ikke være negativt.",
    ),
    "numerator_exceeds_denominator": Fault(
        "numerator_exceeds_denominator",
        "Tælleren er større end nævneren.",
        "Ret tallene, eller byt dem om.",
    ),
    "share_of_nobody": Fault(
        "value_mismatch",
        "Nævneren er 0, og ingen kan have en andel.",
        "Skriv .. i værdien, hvis der ingen er, eller ret nævneren.",
    ),
    "of_nobody": Fault(
        "from_zero",
        "Nævneren er 0, og en andel af ingen kan ikke beregnes.",
        "Skriv .. i værdien, hvis der ingen er, eller ret nævneren.",
    ),
    "unknown_status": Fault(
        "unknown_status",
        "Status og tal passer ikke sammen.",
        "Slet tallet, eller ret status.",
    ),
    "missing_number": Fault(
        "not_a_number",
        "Værdien mangler.",
        f"Skriv tallet, eller skriv {status_to_write('missing')} i status.",
    ),
    "suppressed": Fault(
        "suppressed",
        "Værdien er skjult eller ikke oplyst.",
        f"Den vises som {status_to_write('suppressed')} eller »–« (ikke oplyst), aldrig som 0.",
    ),
    "approximate": Fault(
        "approximate",
        "Kilden oplyser tallet omtrentligt.",
        "Det vises med »ca.« og åben markør.",
    ),
    "limit": Fault(
        "approximate",
        "Kilden oplyser kun en grænse.",
        "Den vises med kildens ord og sammenlignes ikke.",
    ),
    "limits_do_not_fit": Fault(
        "unknown_status",
        "Status og grænser passer ikke sammen.",
        f"Skriv {status_to_write('range')} med lav og høj og uden værdi, eller "
        f"{status_to_write('at_least')} eller {status_to_write('at_most')} med værdi og "
        "uden lav, høj og tæller. Andre tal har ingen grænser.",
    ),
    "limits_turned": Fault(
        "out_of_range", "Den lave grænse skal være mindre end den høje.", "Ret grænserne."
    ),
    "value_outside": Fault(
        "value_mismatch",
        "Værdien ligger uden for sine egne grænser.",
        "Ret tallene. Et interval har ingen værdi.",
    ),
    "words_contradict": Fault(
        "unknown_status",
        "Status og ord siger hver sit.",
        "Ret status, eller ret ordene, så de siger det samme.",
    ),
    "since_a_day": Fault(
        "unknown_value",
        "En dag kan ikke være opgjort »siden«.",
        "Skriv »på dato«, eller skriv hele perioden.",
    ),
    "ignored_row": Fault(
        "ignored_row",
        "Rækken har ingen værdi.",
        f"Skriv {status_to_write('suppressed')} i status, hvis værdien er skjult.",
    ),
    "counts_alone": Fault(
        "ignored_row",
        "Rækken har tæller og nævner, men ingen værdi, og springes over.",
        "Skriv værdien, hvis rækken skal udgives.",
    ),
    "same_row": Fault(
        "ignored_row",
        "Rækken står to gange med samme indhold.",
        "Den første bruges; slet den anden.",
    ),
    "future_period": Fault(
        "future_period",
        "Perioden er ikke begyndt endnu.",
        "Kontrollér, at den er skrevet rigtigt. Er det en fremskrivning eller et budget, så skriv "
        "det i nøgletallets navn. Siderne nævner tallet, men viser det først som det nyeste, når "
        "perioden er begyndt.",
    ),
    "early_period": Fault(
        "early_period",
        "Perioden ligger før 1980.",
        "Kontrollér, at den er skrevet rigtigt. Et regneark viser 2023 som 1905, hvor cellen har "
        "datoformat.",
    ),
}


def row_problems(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    own_words: Mapping[str, tuple[str, str]] = _NO_WORDS,
) -> list[Problem]:
    """The faults in `problem` in words, with the cell as the file has it.

    `own_words` (fault: message and remedy) are said instead of what is reported of an upload.
    """
    if not connection.table("problem").limit(1).fetchone():
        return []
    problems = []
    rows = connection.execute(_WORDED, {"most": MOST_OF_A_CODE}).fetchall()
    outside = [
        (shown(texts[0]) or "", more) for _, role, fault, more, texts in rows
        if (role, fault) == ("value", "out_of_range")
    ]  # fmt: skip
    count = len(outside) + sum(more for _, more in outside)
    is_all_outside = (
        not own_words  # in data/ each row is mended
        and count >= _FEWEST_OUTSIDE
        and 2 * count >= _count_of_values(connection)
    )
    for line, role, fault, more, texts in rows:
        if is_all_outside and (role, fault) == ("value", "out_of_range"):
            if outside:  # at the first of them
                highest = _highest_value(connection)
                problems.append(
                    _outside(line, plan, table, count, [t for t, _ in outside], highest)
                )
                outside = []
            continue
        known = REPORTED_AS[fault]
        message, hint = own_words.get(fault) or (known.message, known.hint)
        name = plan.name_of(role, table)
        shown_texts = dict(zip(_SHOWN_ROLES, texts, strict=True))
        text = shown_texts.get(role)
        if role in ("low", "high") and plan.has_ranges:  # both are in the value's cell
            text = f"{shown_texts.get('low')}-{shown_texts.get('high')}"
        if fault == "not_a_number" and text and fault not in own_words:
            message, hint = number_hint(shown(text) or "") or (message, hint)
        if table.is_wide and role == "value":  # a person finds it under its period, or its area
            head = shown_texts.get("period" if table.columns[-2] == PERIOD else "area_id")
            name = shown(head) or name
        problems.append(Problem(known.code, "", line, name, shown(text), message, hint, more=more))
    return problems


def _count_of_values(connection: duckdb.DuckDBPyConnection) -> int:
    (count,) = connection.execute(
        "SELECT count(*) FROM parsed_row WHERE value IS NOT NULL"
    ).fetchall()[0]
    return int(count)


def _highest_value(connection: duckdb.DuckDBPyConnection) -> float | None:
    """The highest value of the file; None where one is negative, or none is known."""
    lowest, highest = connection.execute(
        "SELECT min(value), max(value) FROM parsed_row"
    ).fetchall()[0]
    return None if lowest is None or lowest < 0 else float(highest)


def _outside(
    line: int | None,
    plan: Plan,
    table: RawTable,
    count: int,
    texts: Sequence[str],
    highest: float | None,
) -> Problem:
    """Most values of a file that no share or count can have: they are of something else.

    Where they are multiplied, the factor is named; a person sees only what the file has.
    """
    examples = listing([f"»{text}«" for text in dict.fromkeys(texts)][:_SHOWN])
    what = f"{fmt.number(count, 0)} tal ligger uden for det mulige"
    scale = plan.scale or 1
    if scale != 1:
        what += f", når de ganges med {scale:.12g}".replace(".", ",")
        hint = "Er tallene rigtige, som de står i filen: --scale 1."
    else:
        hint = (
            "En andel skal være 0-100 %, og et antal kan ikke være negativt. Er tallene antal "
            "eller indekstal, så vælg det nøgletal, de er opgjort som."
        )
        if highest is not None and highest <= _THOUSAND:
            hint += " Er de promille, så gang dem: --scale 0.1."
    return Problem(
        "out_of_range", "", line, plan.name_of("value", table), texts[0] or None,
        f"{what}, for eksempel {examples}.", hint,
    )  # fmt: skip


def shown(text: str | None) -> str | None:
    """A cell as a person sees it in the file."""
    plain = None if text is None else text.removeprefix(TYPED).removeprefix(UNREADABLE)
    return "null" if plain == HIDDEN else plain


_SHOWN_ROLES = (
    "value", "numerator", "denominator", "period", "status", "low", "high", "measured", "area_id",
)  # fmt: skip
# The first of each fault, the last of them with the number of those after it.
_WORDED = """
WITH counted AS (
    SELECT role, fault, count(*) AS total, min(record, $most) AS first_ones
    FROM problem
    GROUP BY role, fault
),
first_problem AS (
    SELECT role, fault, unnest(first_ones) AS record,
        if(generate_subscripts(first_ones, 1) = len(first_ones), total - len(first_ones), 0) AS more
    FROM counted
)
SELECT candidate.line, role, fault, more,
    [
        spelled_value.text, spelled_numerator.text, spelled_denominator.text, spelled_period.text,
        spelled_status.text, spelled_low.text, spelled_high.text,
        spelled_measured.text, spelled_area_id.text
    ]
FROM first_problem
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
LEFT JOIN spelled_numerator ON spelled_numerator.spelling = candidate.numerator
LEFT JOIN spelled_denominator ON spelled_denominator.spelling = candidate.denominator
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
LEFT JOIN spelled_status ON spelled_status.spelling = candidate.status
LEFT JOIN spelled_low ON spelled_low.spelling = candidate.low
LEFT JOIN spelled_high ON spelled_high.spelling = candidate.high
LEFT JOIN spelled_measured ON spelled_measured.spelling = candidate.measured
LEFT JOIN spelled_area_id ON spelled_area_id.spelling = candidate.area_id
ORDER BY record
"""
