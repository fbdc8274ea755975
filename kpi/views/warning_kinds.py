"""A file's warnings by kind, each with its worst examples, so that a tick says what was seen."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.errors import Problem, count_of
from kpi.domain.problem_codes import PROBLEM_KINDS, ProblemCode
from kpi.domain.wording import listing
from kpi.ingest.checked import Checked
from kpi.views.upload_problems import page_hint, warnings_of

# The key of the tick that they share.
FOR_THE_RECORD = "ingen-handling"
_MOST_EXAMPLES = 3


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
    by_code: dict[ProblemCode, list[Problem]] = defaultdict(list)
    record: list[Problem] = []
    for warning in warnings_of(checked):
        if PROBLEM_KINDS[warning.code].needs_action:
            by_code[warning.code].append(warning)
        else:
            record.append(warning)
    ordered = sorted(by_code.items(), key=lambda item: (-_weight(item[1]), item[0]))
    kinds = [_kind(code, warnings) for code, warnings in ordered]
    return (*kinds, *([_for_the_record(record, alone=not kinds)] if record else []))


def unseen_words(unseen: Collection[WarningKind], every: Collection[WarningKind]) -> str:
    """Which ticks are missing: `advarslen`, or by name where there are several to tick."""
    if len(every) < 2 or not unseen:
        return "advarslen" if sum(kind.count for kind in every) == 1 else "advarslerne"
    return f"advarslerne om {listing([f'»{kind.name}«' for kind in unseen])}"


def _kind(code: ProblemCode, warnings: Sequence[Problem]) -> WarningKind:
    worst = sorted(warnings, key=lambda warning: -warning.weight)
    hints = {page_hint(warning.hint) for warning in warnings}
    count = count_of(warnings)
    return WarningKind(
        code,
        PROBLEM_KINDS[code].name,
        f"Jeg har gennemgået {_noun(code, count)}",
        count,
        tuple(_example(warning) for warning in worst[:_MOST_EXAMPLES]),
        hints.pop() if len(hints) == 1 else page_hint(worst[0].hint),
    )


def _for_the_record(warnings: Sequence[Problem], alone: bool) -> WarningKind:
    counts: dict[ProblemCode, int] = defaultdict(int)
    for warning in warnings:
        counts[warning.code] += 1 + warning.more
    parts = [
        f"{PROBLEM_KINDS[code].name} ({fmt.number(count, 0)})" for code, count in counts.items()
    ]
    total = count_of(warnings)
    many = fmt.number(total, 0)
    noun = "advarslen" if total == 1 else f"de {many} advarsler"
    if not alone:
        noun = f"{'den advarsel' if total == 1 else noun}, der ikke kræver handling"
    return WarningKind(
        FOR_THE_RECORD, "Kræver ingen handling", f"Jeg har gennemgået {noun}", total,
        () if alone and total == 1 else (f"{listing(parts)}.",), "",
    )  # fmt: skip


def _noun(code: ProblemCode, count: int) -> str:
    kind = PROBLEM_KINDS[code]
    if kind.one:
        return kind.one if count == 1 else f"de {fmt.number(count, 0)} {kind.several}"
    what = "advarslen" if count == 1 else f"de {fmt.number(count, 0)} advarsler"
    return f"{what} »{kind.name}«"


def _example(warning: Problem) -> str:
    place = "" if warning.row is None else f"Række {fmt.number(warning.row, 0)}: "
    if not place and warning.column and warning.value:
        place = f"»{warning.value}«: "
    return f"{place}{warning.message}"


def _weight(warnings: Sequence[Problem]) -> float:
    return max(warning.weight for warning in warnings)
