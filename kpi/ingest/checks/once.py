"""What a file's problems say twice, said once: a figure's by the surest of the rules alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.wording import first_listed
from kpi.ingest.words.labels import BLANK

# What a figure that cannot be believed is reported as: first what says most of the mistake.
_OF_A_FIGURE: Sequence[ProblemCode] = (
    "scale", "tenfold", "from_zero", "unlike_others", "outlier", "big_change",
)  # fmt: skip
# So many periods that have not begun are each named by themselves: a forecast has more.
_MOST_FUTURE_EACH = 3
# So many blank cells of a column are mended one by one.
_MOST_BLANKS_EACH = 3
_FACTOR = re.compile(r"--scale (\S+)\.(?: |$)")
# Asked of a period or a source, and not of each of its rows.
_OF_A_WORD: Sequence[ProblemCode] = ("future_period", "early_period", "unknown_source")


def each_once(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that repeat what another says."""
    of_figures = _figures_once(_scales_once(_duplicates_once(_errors_once(problems))))
    return _blanks_once(_future_once(_words_once(of_figures)))


def _errors_once(problems: Sequence[Problem]) -> list[Problem]:
    """No error twice: a line's labels are read with each figure of it, as of years side by side.

    Two warnings that are alike are of two figures, which are ticked off one by one.
    """
    errors: set[Problem] = set()
    kept = []
    for problem in problems:
        if problem not in errors:
            kept.append(problem)
        if problem.severity == "error":
            errors.add(problem)
    return kept


def _duplicates_once(problems: Sequence[Problem]) -> list[Problem]:
    """No equal rows where a column that tells rows apart is not read: that is asked first."""
    is_open = any(
        problem.code == "unused_column" and problem.severity == "error" and problem.value is None
        for problem in problems
    )
    return [each for each in problems if not (is_open and each.code == "duplicate_key")]


def without_asked(problems: list[Problem], questions: list[Problem]) -> list[Problem]:
    """The problems without those of a row or a column that are only for the record.

    What a question is asked about is not also reported as what may be ignored.
    """
    rows = {problem.row for problem in questions if problem.code == "text_words" and problem.row}
    columns = {problem.column for problem in questions if problem.column}
    return [
        problem
        for problem in problems
        if not (problem.code == "ignored_row" and problem.row in rows)
        and not (
            problem.code in ("unused_column", "ignored_column")
            and problem.severity == "warning"
            and problem.column in columns
        )
    ]


def _figures_once(problems: Sequence[Problem]) -> list[Problem]:
    """Of the rules that doubt one figure the first of `_OF_A_FIGURE`.

    A figure is known by its line, head and text; of two that share all three each is kept.
    """
    of_figure: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        if problem.code in _OF_A_FIGURE and problem.row is not None:
            of_figure[problem.row, problem.column, problem.value].append(place)
    dropped: set[int] = set()
    for places in of_figure.values():
        codes = [problems[place].code for place in places]
        if max(Counter(codes).values()) > 1:
            continue
        dropped |= set(sorted(places, key=lambda at: _OF_A_FIGURE.index(problems[at].code))[1:])
    # One that counts others of its code speaks for them too.
    return [
        problem for place, problem in enumerate(problems) if place not in dropped or problem.more
    ]


def _scales_once(problems: Sequence[Problem]) -> list[Problem]:
    """No doubt of a scale where a unit in the file says the same factor of the same indicator."""
    units = [
        (problem.message, factor[1])
        for problem in problems
        if problem.code == "unit_mismatch" and (factor := _FACTOR.search(problem.hint))
    ]
    return [
        problem
        for problem in problems
        if not (
            problem.code == "scale"
            and (factor := _FACTOR.search(problem.hint)) is not None
            and any(
                factor[1] == of_unit and f" {problem.message.partition(':')[0]} " in message
                for message, of_unit in units
            )
        )
    ]


def _words_once(problems: Sequence[Problem]) -> list[Problem]:
    """One problem for each period that is not begun, or long gone, and each unknown source.

    At its first row. Where further ones of several sources are only counted, each row is kept.
    """
    words: dict[str, set[str | None]] = defaultdict(set)
    for problem in problems:
        words[problem.code].add(problem.value)
    mixed = {
        problem.code
        for problem in problems
        if problem.more and problem.code == "unknown_source" and len(words[problem.code]) > 1
    }
    counts = Counter[tuple[str, str | None]]()
    for problem in problems:
        if problem.code in _OF_A_WORD and problem.code not in mixed:
            counts[problem.code, problem.value] += 1 + problem.more
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for problem in problems:
        key = (problem.code, problem.value)
        if key not in counts:
            kept.append(problem)
        elif key not in seen:
            seen.add(key)
            rows = f" Det gælder {fmt.number(counts[key], 0)} rækker." if counts[key] > 1 else ""
            # How many rows have a source that may be new is told where it is made.
            more = counts[key] - 1 if problem.code == "unknown_source" else 0
            kept.append(replace(problem, message=problem.message + rows, more=more))
    return kept


def _future_once(problems: Sequence[Problem]) -> list[Problem]:
    """One problem for all periods that have not begun, where they are many; at their first row."""
    future = [problem for problem in problems if problem.code == "future_period"]
    if len(future) <= _MOST_FUTURE_EACH:
        return list(problems)
    periods = [f"»{problem.value}«" for problem in future]
    message = (
        f"{fmt.number(len(future), 0)} perioder er ikke begyndt endnu: "
        f"{first_listed(periods, _MOST_FUTURE_EACH)}."
    )
    first = replace(future[0], message=message, more=len(future) - 1)
    return [
        first if problem is future[0] else problem
        for problem in problems
        if problem.code != "future_period" or problem is future[0]
    ]


def _blanks_once(problems: Sequence[Problem]) -> list[Problem]:
    """One problem for the blank cells of a column, where they are many: a label once over its rows.

    Fewer are each a cell to fill in.
    """
    blanks: dict[tuple[ProblemCode, str | None], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.message == BLANK:
            blanks[problem.code, problem.column].append(problem)
    together: dict[int, Problem | None] = {}
    for of_column in blanks.values():
        if len(of_column) <= _MOST_BLANKS_EACH:
            continue
        count = len(of_column) + sum(problem.more for problem in of_column)
        lines = dict.fromkeys(str(problem.row) for problem in of_column if problem.row is not None)
        message = f"{fmt.number(count, 0)} felter er tomme: række {first_listed(list(lines), 3)}."
        together |= {id(problem): None for problem in of_column}
        first = of_column[0]
        hint = first.hint.replace("Udfyld det,", "Udfyld dem,")
        together[id(first)] = replace(first, message=message, hint=hint, more=count - 1)
    return [
        kept for problem in problems
        if (kept := together.get(id(problem), problem)) is not None
    ]  # fmt: skip
