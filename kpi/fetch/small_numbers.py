"""What may be shown of a fetched file: no number that is hidden, or may be once it is published.

Whoever uploads a file has it; of a fetched one nobody who looks at it has. Which numbers are hidden
after a publication is only known when it is made, so where any may be all new ones are left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import OF_NAMES
from kpi.fetch.definition import DefinitionError, recipe_of
from kpi.fetch.queue import Waiting
from kpi.ingest.checked import Change, Checked
from kpi.ingest.mapping.recipe import Recipe
from kpi.store.connection import open_store

LEFT_OUT = "skjult"
# With its sign and `%`. What a person can answer is no figure (`Ja, gang med 100: --scale 100`),
# nor is the year since when something has changed, or what a hidden one is never shown as.
_NO_FIGURE = (
    r"(?:--scale|scale =|gang med) [\d.,e+-]+|\bsiden (?:19|20)\d\d\b(?![.,]\d)|aldrig som 0\b"
)
_FIGURE = r"[−+<≤±]?\d(?:[\d.,\u00a0\u202f –-]*\d)?(?:[\u00a0 ]%)?"
# The year, quarter, month or day of a row's key, which ends with its group and its period.
_PERIOD = r"(?:\d{1,2}\. )?(?:[^\W\d]+ )*(?:19|20)\d\d(?:/(?:19|20)?\d\d)?(?![\d.,]*\d)"


def may_tell_hidden(recipe: Recipe | None, home: Path) -> bool:
    """Whether what a recipe reads is, or may become, part of what is hidden.

    So it is where a number of its indicators is hidden today, and where its source's small numbers
    are hidden: what a sum gives away is seldom small itself, and a percentage without counts is of
    few persons where another indicator says of how many it is. A recipe that nobody can read may be
    of anything.
    """
    if recipe is None:
        return True
    store = open_store(home)
    catalog = store.catalog()
    indicator_ids = recipe.indicator_ids()
    source = catalog.sources.get(recipe.source_id)
    if source is None or source.shown_from or not {*indicator_ids} <= catalog.indicators.keys():
        return True
    return store.hides_any(indicator_ids or tuple(catalog.indicators))


def shown_file(checked: Checked, recipe: Recipe | None, home: Path) -> Checked:
    """What may be shown of a file that was checked."""
    if not may_tell_hidden(recipe, home):
        return checked
    return replace(
        checked,
        problems=_problems(checked.problems, recipe, _numbers(home)),
        changes=tuple(_change(change) for change in checked.changes),
        sample=(),
    )


def shown_waiting(waiting: Sequence[Waiting], home: Path) -> list[Waiting]:
    """What may be shown of files that wait, by what is hidden now."""
    shown = []
    numbers = _numbers(home) if waiting else None
    for each in waiting:
        recipe = _recipe(each.recipe, home)
        if numbers and each.problems and may_tell_hidden(recipe, home):
            shown.append(replace(each, problems=_problems(each.problems, recipe, numbers)))
        else:
            shown.append(each)
    return shown


def _recipe(name: str, home: Path) -> Recipe | None:
    try:
        return recipe_of(name, home)
    except DefinitionError:
        return None


def _numbers(home: Path) -> re.Pattern[str]:
    """A number in a text; as its first group what is none: known names, and the period of a key."""
    catalog = open_store(home).catalog()
    groups = [group.name for group in catalog.groups.values()]
    named = [
        *groups,
        *(area.name for area in catalog.areas.values()),
        *(source.title for source in catalog.sources.values()),
        *(name for each in catalog.indicators.values() for name in (each.name, each.short_name)),
    ]
    # A name of digits alone may be any number.
    names = _any_of(
        name for name in named if re.search(r"\d", name) and re.search(r"[^\W\d]{2}", name)
    )
    key = rf", {_any_of(groups)}, {_PERIOD}"
    return re.compile(rf"((?<!\w){names}(?!\w)|{key}|{_NO_FIGURE})|{_FIGURE}")


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted({*names}, key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})"


def _problems(
    problems: Sequence[Problem], recipe: Recipe | None, numbers: re.Pattern[str]
) -> tuple[Problem, ...]:
    """The problems; those of names and periods as they are."""
    figures = (recipe.value, recipe.numerator, recipe.denominator) if recipe else ()
    return tuple(
        problem
        if problem.code in OF_NAMES and problem.column not in figures
        else _without_figures(problem, numbers)
        for problem in problems
    )


def _without_figures(problem: Problem, numbers: re.Pattern[str]) -> Problem:
    """The problem at its place, with what can be done, and no number that it was found by."""
    value = problem.value
    return replace(
        problem,
        value=LEFT_OUT if value and any(sign.isdigit() for sign in value) else value,
        message=_without_numbers(problem.message, numbers),
        hint=_without_numbers(problem.hint, numbers),
    )


def _without_numbers(text: str, numbers: re.Pattern[str]) -> str:
    return numbers.sub(lambda number: number[1] or LEFT_OUT, text)


def _change(change: Change) -> Change:
    """The key that would change; a figure that is published as it is stays."""
    if change.is_reattributed or {change.new, change.new_low, change.new_high} == {None}:
        return change
    return replace(
        change, new=None, new_low=None, new_high=None, new_status="suppressed", is_hidden=True
    )
