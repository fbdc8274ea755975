"""What a person may say of a file: read out of what the reading asks, in words for the page."""

import re
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.upload import asked_part, is_own_template
from kpi.views.upload_problems import sheets_named

_SCALE = re.compile(r"--scale (\d+(?:\.\d+)?(?:e[+-]?\d+)?)")
# A table of several beside each other.
_COLUMNS = re.compile(r"kolonne \d+(?:-\d+)?$")
_QUOTED = re.compile(r"»([^«]+)«")


@dataclass(frozen=True)
class Questions:
    """The choices that are open, or were made: empty or false where there is nothing to say.

    `tables` are those of one document, as `sheets` are of a workbook. `scales` are factors, 1
    (unchanged) first. `measures` may be the first of more.
    """

    sheets: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    scales: tuple[float, ...] = ()
    recipe: bool = False
    decimal: bool = False
    accept_recipe: bool = False

    def __bool__(self) -> bool:
        """Whether anything at all is open."""
        return self != Questions()


def questions(checked: Checked, choices: Choices) -> Questions:
    """What the file's problems ask, and what was answered: an answer can be withdrawn."""
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    codes = {problem.code for problem in errors}
    scales = {
        float(factor) for problem in errors for factor in _SCALE.findall(problem.hint)
    } | ({choices.scale} if choices.scale is not None else set())  # fmt: skip
    measures = [
        name
        for problem in errors
        if problem.code == "several_measures"
        for name in _QUOTED.findall(problem.message.partition(" mål: ")[2])
    ]
    parts = _with(sheets_named(checked.problems), choices.sheet)
    are_tables = (
        checked.format == "jsonstat"
        or asked_part(checked) == "tabel"
        or _COLUMNS.search(choices.sheet or "") is not None
    )
    return Questions(
        sheets=() if are_tables else parts,
        tables=parts if are_tables else (),
        measures=_with(tuple(measures), choices.measure),
        scales=tuple(sorted(scales | {1.0}, key=lambda factor: (factor != 1, factor)))
        if scales
        else (),
        recipe=bool(checked.columns and checked.fitting) and not is_own_template(checked),
        decimal="ambiguous_number" in codes
        or choices.decimal is not None
        or any("--decimal " in problem.hint for problem in checked.problems),
        accept_recipe="recipe_mismatch" in codes or choices.accept_recipe,
    )


def scale_words(factor: float) -> str:
    """`Som de står`, `Gang med 100`."""
    if factor == 1:
        return "Som de står"
    decimals = len(f"{factor:.10f}".rstrip("0").partition(".")[2])
    return f"Gang med {fmt.number(factor, decimals)}"


def _with(names: tuple[str, ...], chosen: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*names, *([chosen] if chosen else [])]))
