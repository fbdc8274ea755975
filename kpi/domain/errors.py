"""What is reported to a person when something is wrong: one error, and one problem in a file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kpi.cpr.messages import without_personal_numbers
from kpi.domain.problem_codes import PROBLEM_KINDS, ProblemCode
from kpi.domain.slips import slips
from kpi.domain.vocabulary import Severity

# More choices than these are not read through in a sentence.
MOST_LISTED = 12
# What is longer is a text and no name: nothing is a slip for it.
MOST_NAME_CHARACTERS = 300
# The remedy of a finding that is only reported.
NO_ACTION_NEEDED = "Det kræver ingen handling."
NONE_ALIKE = "Intet af de kendte navne ligner. Ret navnet, hvis det er skrevet forkert."
# How every sentence of this module about what a name may be begins.
CHOICES_TOLD = ("Vælg en af", "Mente du", "Navne, der begynder", NONE_ALIKE)


class KpiError(Exception):
    """Something a person can mend.

    `title` says what failed, `message` what was found and what to do; both are Danish. Pages and
    the command line catch this error and no other. A CPR number that somebody typed, or put into an
    address, is not repeated: neither on a page nor in a log.
    """

    def __init__(self, title: str, message: str) -> None:
        title, message = without_personal_numbers(title), without_personal_numbers(message)
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        """How another process has it again, of whatever kind and with all that it carries."""
        return self.__new__, (type(self), *self.args), self.__dict__


@dataclass(frozen=True)
class Problem:
    """One fault in one cell of a file.

    `row` is the line a person sees in the file, header included, from 1. `message` and `hint` are
    Danish. `reported_as` is its severity where that is not its code's. `weight` is how far a figure
    is from what was expected, in any unit: of many problems of a kind the heaviest are the
    examples. `more` is how many further problems of its kind it represents, which are counted and
    not kept. `stands`: it is about a figure that a person has published, and that the file leaves
    as it is.
    """

    code: ProblemCode
    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    hint: str
    reported_as: Severity | None = field(default=None, kw_only=True)
    weight: float = field(default=0.0, kw_only=True)
    more: int = field(default=0, kw_only=True)
    stands: bool = field(default=False, kw_only=True)

    @property
    def severity(self) -> Severity:
        """ "error" or "warning": what its code says, unless it is reported as the other."""
        return self.reported_as or PROBLEM_KINDS[self.code].severity

    def sentence(self) -> str:
        """The problem in one Danish line: place, value, message, remedy."""
        place = self.file + (f", linje {self.row}" if self.row is not None else "")
        column = f", kolonne {self.column}" if self.column else ""
        value = f" »{self.value}«" if self.value not in (None, "") else ""
        return f"{place}{column}:{value} {self.message} {self.hint}"


class RowsRefusedError(KpiError):
    """Rows that cannot be entered; `problems` says why, row by row."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        super().__init__("Rækkerne kan ikke registreres", message)
        self.problems = tuple(problems)


def count_of(problems: Iterable[Problem]) -> int:
    """How many problems there are, those included that are counted and not kept."""
    return sum(1 + problem.more for problem in problems)


def folded(problems: Iterable[Problem]) -> list[tuple[Problem, int]]:
    """The problems in their order, those that differ in the row alone once.

    Each with how many further rows have it; of these the first is given, with the greatest weight.
    """
    alike: dict[Problem, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(replace(problem, row=None, weight=0.0, more=0), []).append(problem)
    return [
        (
            replace(
                those[0],
                weight=max(problem.weight for problem in those),
                more=sum(problem.more for problem in those),
            ),
            len(those) - 1,
        )
        for those in alike.values()
    ]


def also_in(rows: int) -> str:
    """A sentence that says in how many further rows a problem is, after a blank; empty for none."""
    if not rows:
        return ""
    return f" Det samme gælder {rows:,} ".replace(",", ".") + (
        "række mere." if rows == 1 else "rækker mere."
    )


def listed_problems(problems: Sequence[Problem], most: int) -> tuple[str, int]:
    """A list of so many problems, the same one in many rows once; how many are not in it."""
    every = folded(problems)
    listed = "\n".join(f"- {problem.sentence()}{also_in(rows)}" for problem, rows in every[:most])
    kept_beyond = sum(1 + rows for _, rows in every[most:])
    return listed, kept_beyond + sum(problem.more for problem, _ in every)


def nearest(wanted: str, valid: Iterable[str], most: int = 3) -> list[str]:
    """The valid choices that `wanted` is a slip of the hand for, best first; empty without one.

    Letter case is ignored. Returned as they are spelled in `valid`. What is merely alike is left
    out: it may be the name of something else.
    """
    if len(wanted) > MOST_NAME_CHARACTERS:
        return []
    counted = [(count, choice) for choice in valid if (count := slips(wanted, choice)) is not None]
    return [choice for _, choice in sorted(counted, key=lambda pair: pair[0])][:most]


def choices_hint(wanted: str, valid: Iterable[str]) -> str:
    """A Danish sentence that names the nearest valid choices, or else all of them if they are few.

    The first of many are no help: then those that begin with it are listed, or that none is alike.
    """
    options = list(dict.fromkeys(valid))
    close = _did_you_mean(nearest(wanted, options))
    if close:
        return close
    if len(options) > MOST_LISTED:
        return _begin_alike(wanted, options) or NONE_ALIKE
    return f"Vælg en af: {', '.join(options)}."


def named_choices_hint(wanted: str, names: Mapping[str, str]) -> str:
    """The nearest valid choices among `names` (id to name): listed by name, near in either."""
    ids = [] if nearest(wanted, names.values()) else nearest(wanted, names)
    return _did_you_mean(names[id_] for id_ in ids) or choices_hint(wanted, names.values())


def _begin_alike(wanted: str, options: Iterable[str], most: int = 3) -> str:
    """Longer names that begin with the whole words of `wanted`: listed, but not as what was meant.

    "Beskæftigelse" may be "Beskæftigelse 16-64 år", or another age's. Many say nothing of any.
    """
    if len(wanted) > MOST_NAME_CHARACTERS:
        return ""
    beginning = " ".join(wanted.casefold().split())
    words = re.compile(rf"{re.escape(beginning)}[\s,(:_]")
    longer = [option for option in options if words.match(" ".join(option.casefold().split()))]
    if not beginning or not 0 < len(longer) <= most:
        return ""
    choices = " og ".join(f"»{name}«" for name in longer)
    return f"Navne, der begynder ens: {choices}. Er det et af dem, så skriv hele navnet."


def _did_you_mean(close: Iterable[str]) -> str:
    choices = " eller ".join(f"»{choice}«" for choice in close)
    return f"Mente du {choices}?" if choices else ""
