"""A file's warnings by kind, each with its worst examples, so that a tick says what was seen."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.errors import Problem, count_of
from kpi.domain.wording import listing
from kpi.ingest.checking import Checked
from kpi.views.upload import warnings_of
from kpi.views.upload_problems import kind_name, page_hint

# What is told for the record: nobody has to do anything about it.
NO_ACTION = frozenset(
    ("ignored_area", "ignored_column", "ignored_row", "suppressed", "approximate", "unused_column")
)
# The key of the tick that they share.
FOR_THE_RECORD = "ingen-handling"
_MOST_EXAMPLES = 3
# A kind in a sentence: one, several. The others are told by the name they have in the filter.
_NOUNS = {
    "big_change": ("den store ændring", "store ændringer"),
    "cell_mark": ("det mærkede tal", "mærkede tal"),
    "from_zero": ("tallet, der er 0", "tal, der er 0"),
    "early_period": ("den tidlige periode", "tal i meget tidlige perioder"),
    "future_period": ("den fremtidige periode", "tal i fremtidige perioder"),
    "empty_group": ("rækken uden gruppe", "rækker uden gruppe"),
    "unended_line": ("den sidste linje uden linjeskift", "sidste linjer uden linjeskift"),
    "head_words": ("ordet i overskriften", "ord i overskrifter"),
    "text_words": ("det, teksten ved tabellen siger", "steder, hvor teksten siger noget andet"),
    "not_whole": ("antallet med decimaler", "antal med decimaler"),
    "other_period_kind": ("perioden af en anden slags", "perioder af en anden slags"),
    "outlier": ("det usandsynlige tal", "usandsynlige tal"),
    "tenfold": (
        "tallet, der er mange gange større eller mindre",
        "tal, der er mange gange større eller mindre",
    ),
    "unlike_others": ("det usædvanlige første tal", "usædvanlige første tal"),
}


@dataclass(frozen=True)
class WarningKind:
    """Warnings that one tick is for.

    `label` is the tick's, `name` what a locked button calls it. `examples` are the worst ones in
    words, `hint` what to do about them.
    """

    key: str
    name: str
    label: str
    count: int
    examples: tuple[str, ...]
    hint: str


def warning_kinds(checked: Checked) -> tuple[WarningKind, ...]:
    """The kinds of warnings, most serious first; those that need no action together, last."""
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for warning in warnings_of(checked):
        by_code[FOR_THE_RECORD if warning.code in NO_ACTION else warning.code].append(warning)
    record = by_code.pop(FOR_THE_RECORD, [])
    ordered = sorted(by_code.items(), key=lambda item: (-_weight(item[1]), item[0]))
    kinds = [_kind(code, warnings) for code, warnings in ordered]
    return (*kinds, *([_for_the_record(record, alone=not kinds)] if record else []))


def unseen_words(unseen: Collection[WarningKind], every: Collection[WarningKind]) -> str:
    """Which ticks are missing: `advarslen`, or by name where there are several to tick."""
    if len(every) < 2 or not unseen:
        return "advarslen" if sum(kind.count for kind in every) == 1 else "advarslerne"
    return f"advarslerne om {listing([f'»{kind.name}«' for kind in unseen])}"


def _kind(code: str, warnings: Sequence[Problem]) -> WarningKind:
    worst = sorted(warnings, key=lambda warning: -warning.weight)
    hints = {page_hint(warning.hint) for warning in warnings}
    count = count_of(warnings)
    return WarningKind(
        code,
        kind_name(code),
        f"Jeg har gennemgået {_noun(code, count)}",
        count,
        tuple(_example(warning) for warning in worst[:_MOST_EXAMPLES]),
        hints.pop() if len(hints) == 1 else page_hint(worst[0].hint),
    )


def _for_the_record(warnings: Sequence[Problem], alone: bool) -> WarningKind:
    counts: dict[str, int] = defaultdict(int)
    for warning in warnings:
        counts[warning.code] += 1 + warning.more
    parts = [f"{kind_name(code)} ({fmt.number(count, 0)})" for code, count in counts.items()]
    total = count_of(warnings)
    many = fmt.number(total, 0)
    what = "advarslen" if total == 1 else f"de {many} advarsler"
    if not alone:
        what = f"{'den advarsel' if total == 1 else what}, der ikke kræver handling"
    return WarningKind(
        FOR_THE_RECORD, "Kræver ingen handling", f"Jeg har gennemgået {what}", total,
        () if alone and total == 1 else (f"{listing(parts)}.",), "",
    )  # fmt: skip


def _noun(code: str, count: int) -> str:
    if code in _NOUNS:
        one, several = _NOUNS[code]
        return one if count == 1 else f"de {fmt.number(count, 0)} {several}"
    what = "advarslen" if count == 1 else f"de {fmt.number(count, 0)} advarsler"
    return f"{what} »{kind_name(code)}«"


def _example(warning: Problem) -> str:
    place = "" if warning.row is None else f"Række {fmt.number(warning.row, 0)}: "
    if not place and warning.column and warning.value:
        place = f"»{warning.value}«: "
    return f"{place}{warning.message}"


def _weight(warnings: Sequence[Problem]) -> float:
    return max(warning.weight for warning in warnings)
