"""What `check`, `publish` and `withdraw` answer: one JSON object, and the same in Danish text."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kpi.additions.model import ADDED_BY_PROBLEM
from kpi.domain.errors import Problem, also_in, folded
from kpi.domain.format import counted, number
from kpi.domain.wording import listing
from kpi.ingest.checked import Change, Checked
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE
from kpi.views.upload_counts import rounded_line

# Errors are mended one by one; of warnings of a kind more examples say no more.
_SHOWN, _SHOWN_OF_WARNINGS = 200, 10
REATTRIBUTED_WORDS = "samme tal, ny kilde"
HIDDEN_WORDS = "skjult, kan ikke sammenlignes"
_SEVERITIES = {"error": "FEJL", "warning": "advarsel"}


def check_answer(checked: Checked) -> dict[str, Any]:
    """What is reported of a file for `check --json`; `publish --json` adds batch and version."""
    diff: dict[str, Any] = {
        "new": checked.new,
        "changed": checked.changed,
        "unchanged": checked.unchanged,
        "changes": [_change_answer(change) for change in checked.changes],
    }
    if checked.reattributed:
        diff["reattributed"] = checked.reattributed
    if checked.hidden:
        diff["hidden"] = checked.hidden
    if checked.rounded:
        diff["rounded"] = checked.rounded
    if checked.truncated:
        diff["truncated"] = True
    return {
        "file": checked.file,
        "format": checked.format,
        "rows_read": checked.rows_read,
        "observations": checked.observations,
        "publishable": checked.publishable,
        "kept_without": list(checked.left_out),
        "problems": [problem_answer(problem) for problem in checked.problems],
        "problem_counts": counts_answer(checked.problems),
        "diff": diff,
    }


def counts_answer(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """How many problems of each code and severity there are, those included that are not listed."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for problem in problems:
        counts[problem.code, problem.severity] += 1 + problem.more
    return [
        {"code": code, "severity": severity, "count": count}
        for (code, severity), count in counts.items()
    ]


def problem_answer(problem: Problem) -> dict[str, Any]:
    """A problem for --json, as docs/answers.md says."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "hint": problem.hint,
    }


def _change_answer(change: Change) -> dict[str, Any]:
    return {
        "indicator_id": change.indicator_id,
        "area_id": change.area_id,
        "group_id": change.group_id,
        "period": change.period,
        "old": change.old,
        "new": change.new,
    } | (
        {"hidden": HIDDEN_WORDS} if change.is_hidden
        else {"reattributed": change.new_source} if change.is_reattributed else {}
    )  # fmt: skip


def check_text(checked: Checked) -> str:
    """A check as text: what was read, each problem on a line, what would change."""
    rows = checked.rows_read if checked.lines_read is None else checked.lines_read
    lines = [
        f"{checked.file}: {checked.label or 'ikke en tabel'}, "
        f"{counted(rows, 'række læst', 'rækker læst')}, "
        f"{number(checked.observations, 0)} tal."
    ]
    if checked.left_out:
        lines.append(f"Filen gemmes uden {listing([*checked.left_out])}.")
    lines += problem_lines(checked.problems)
    if checked.observations:
        lines.append(
            f"{counted(checked.new, 'nyt tal', 'nye tal')}, "
            f"{counted(checked.changed, 'ændret', 'ændrede')}, "
            f"{counted(checked.unchanged, 'uændret', 'uændrede')}."
        )
    if checked.reattributed:
        lines.append(f"{number(checked.reattributed, 0)} {REATTRIBUTED_WORDS}.")
    if checked.rounded:
        lines.append(rounded_line(checked))
    if checked.hidden:
        lines.append(f"{number(checked.hidden, 0)} {HIDDEN_WORDS}.")
    new = [
        noun
        for code, noun in ADDED_BY_PROBLEM.items()
        if any(p.code == code for p in checked.problems)
    ]
    if new:
        commands = " eller ".join(f"»python -m kpi add {noun} FIL«" for noun in new)
        lines.append(f"Er et ukendt navn nyt, så tilføj det med {commands}.")
    lines.append("Filen kan udgives." if checked.publishable else "Filen kan ikke udgives.")
    return "\n".join(lines)


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Each error on a line, and of each kind of warning the worst ones; never the rest in silence.

    In the order of the file; what differs in the row alone is on the line of the first.
    """
    every = folded(problems)
    by_kind: dict[tuple[str, str], list[tuple[Problem, int]]] = defaultdict(list)
    for problem, rows in every:
        by_kind[problem.severity, problem.code].append((problem, rows))
    listed, more = set[int](), {}
    for (severity, code), alike in by_kind.items():
        most = _SHOWN if severity == "error" else _SHOWN_OF_WARNINGS
        heaviest = sorted(alike, key=lambda pair: -pair[0].weight)
        listed |= {id(problem) for problem, _ in heaviest[:most]}
        shown = sum(1 + rows for _, rows in heaviest[:most])
        there = sum(1 + rows + problem.more for problem, rows in alike)
        more[severity, code] = max(0, there - max(shown, most))
    lines = []
    last = {
        (problem.severity, problem.code): id(problem)
        for problem, _ in every
        if id(problem) in listed
    }
    for problem, rows in every:
        if id(problem) in listed:
            lines.append(_problem_text(problem) + also_in(rows))
        key = problem.severity, problem.code
        if last.get(key) == id(problem) and more[key]:
            lines.append(
                f"{_SEVERITIES[problem.severity]} {problem.code}: ... og "
                f"{number(more[key], 0)} til ({_where_to_see([each for each, _ in by_kind[key]])})."
            )
    return lines


def _where_to_see(alike: Sequence[Problem]) -> str:
    if any(problem.more for problem in alike):
        return f"se op til {number(MOST_OF_A_CODE, 0)} af hver slags med --json"
    return "se dem alle med --json"


def _problem_text(problem: Problem) -> str:
    place = ", ".join(
        filter(
            None,
            [
                f"række {problem.row}" if problem.row else "",
                f"»{problem.column}«" if problem.column else "",
            ],
        )
    )
    value = f" »{problem.value}«" if problem.value else ""
    severity = _SEVERITIES[problem.severity]
    return f"{severity} {problem.code} {place}:{value} {problem.message} {problem.hint}".replace(
        " :", ":"
    )
