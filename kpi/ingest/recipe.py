"""Recipes: which columns of an extract hold what. TOML in data/recipes/ or in the store."""

import logging
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpi.errors import KpiError, choices_hint
from kpi.ingest.footnote_marks import unmarked
from kpi.ingest.raw import TYPED, RawTable
from kpi.ingest.resolve import folded

_LOG = logging.getLogger(__name__)
_TEXTS = (
    "title", "source_id", "indicator_id", "decimal", "area", "period", "value", "numerator",
    "denominator", "status", "note", "dash", "absent",
)  # fmt: skip
# Above zero; they may be whole.
_FACTORS = ("scale",)
_SECTIONS = ("indicator", "group", "keep", "constant", "ignore")
_CHOICES = {
    "decimal": ("comma", "point"),
    "dash": ("zero", "missing"),
    "absent": ("zero", "missing"),
}
_CONSTANTS = ("area", "period", "group")
_IGNORED = ("areas", "groups", "indicators", "periods")


class RecipeError(KpiError):
    """A recipe that cannot be read; the command line ends with 2."""


@dataclass(frozen=True)
class Labels:
    """A column and what its labels stand for."""

    column: str
    ids: Mapping[str, str]


@dataclass(frozen=True)
class Recipe:
    """How an extract becomes observations. Names of columns are as the file writes them.

    `keep` (column to labels) are the rows to use, `ignore` ("areas", "groups", "indicators",
    "periods" to patterns with `*`) what is passed over without being an error. `scale` is what
    values and their limits are multiplied by (100 for fractions of a percentage; 1 says that they
    are what they are); None where nobody has said.
    """

    name: str
    title: str
    source_id: str
    indicator_id: str = ""
    indicator: Labels | None = None
    group: Labels | None = None
    area: str = ""
    period: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    status: str = ""
    note: str = ""
    decimal: str | None = None
    dash: str | None = None
    absent: str | None = None
    scale: float | None = None
    constant: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def columns(self) -> tuple[str, ...]:
        """Every column that the recipe names, each once."""
        named = [self.area, self.period, self.value, self.numerator, self.denominator]
        named += [self.status, self.note, *self.keep]
        named += [labels.column for labels in (self.indicator, self.group) if labels]
        return tuple(dict.fromkeys(filter(None, named)))

    def ignores(self, what: str, text: str) -> bool:
        """Whether a label of "areas", "groups", "indicators" or "periods" is passed over."""
        plain = text.removeprefix(TYPED).strip()
        return any(_fits(pattern, plain) for pattern in self.ignore.get(what, ()))

    def fits(self, table: RawTable) -> bool:
        """Whether a table has all the columns the recipe names."""
        return all(place_of(name, table) is not None for name in self.columns())


def place_of(name: str, table: RawTable) -> int | None:
    """Where a column stands (from 0), by a name of it: as written, else without case and spaces.

    JSON-stat may have a dimension `Indhold` beside the figures, which are called `INDHOLD`.
    """
    names = [
        (place, one)
        for place, column in enumerate(table.columns)
        for one in (column, *table.other_names.get(place, ()))
    ]
    exact = next((place for place, one in names if one == name), None)
    if exact is not None:
        return exact
    alike = next((place for place, one in names if folded(one) == folded(name)), None)
    if alike is not None:
        return alike
    return next((place for place, one in names if folded(unmarked(one)) == folded(name)), None)


def find_recipe(wanted: str, folders: Collection[Path]) -> Recipe:
    """The recipe of that name in one of the folders, or at that path. Raises RecipeError."""
    if wanted.endswith(".toml"):
        path = Path(wanted)
    else:
        known = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
        if wanted not in known:
            raise RecipeError(
                "Ukendt opskrift",
                f"Der er ingen opskrift »{wanted}«. {choices_hint(wanted, known)}",
            )
        path = known[wanted]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(
            "Opskriften kan ikke læses", f"»{path.name}« findes ikke eller er ikke UTF-8."
        ) from error
    return parse_recipe(text, path.stem)


def all_recipes(folders: Collection[Path]) -> tuple[Recipe, ...]:
    """Every recipe of the folders that can be read; of two with one name the later folder's."""
    named = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    found = []
    for path in named.values():
        try:
            found.append(find_recipe(str(path), ()))
        except RecipeError:
            # It is told when somebody asks for it by name; the others are offered meanwhile.
            _LOG.warning("recipe %s cannot be read", path.name, exc_info=True)
    return tuple(found)


def parse_recipe(text: str, name: str) -> Recipe:
    """The recipe that a TOML text writes. Raises RecipeError with the line of the fault."""
    found = _parsed(text, name)
    for key in found:
        if key not in (*_TEXTS, *_FACTORS, *_SECTIONS):
            known = choices_hint(key, [*_TEXTS, *_FACTORS, *_SECTIONS])
            raise _refused(name, f"{_line(text, key)} Ukendt nøgle »{key}«. {known}")
    for key in _TEXTS:
        if key in found and not isinstance(found[key], str):
            raise _refused(name, f"{_line(text, key)} »{key}« skal være tekst.")
    for key in _FACTORS:
        if key in found and not _is_factor(found[key]):
            raise _refused(name, f"{_line(text, key)} »{key}« skal være et tal over 0.")
    for key, choices in _CHOICES.items():
        if found.get(key, choices[0]) not in choices:
            said = " eller ".join(f"»{one}«" for one in choices)
            raise _refused(name, f"{_line(text, key)} »{key}« skal være {said}.")
    sections = {key: _section(found, key, name, text) for key in _SECTIONS}
    constant = _texts(sections["constant"], "constant", _CONSTANTS, name, text)
    for key, fault in _contradictions(found, sections, constant):
        raise _refused(name, f"{_line(text, key)} {fault}")
    return Recipe(
        name=name,
        title=found.get("title", name),
        source_id=found["source_id"],
        indicator_id=found.get("indicator_id", ""),
        indicator=_labels(sections["indicator"], "indicator", name, text),
        group=_labels(sections["group"], "group", name, text),
        **{key: found.get(key, "") for key in _TEXTS[4:11]},
        decimal=found.get("decimal"),
        dash=found.get("dash"),
        absent=found.get("absent"),
        scale=float(found["scale"]) if "scale" in found else None,
        constant=constant,
        keep=_lists(sections["keep"], "keep", None, name, text),
        ignore=_lists(sections["ignore"], "ignore", _IGNORED, name, text),
    )


def _contradictions(
    found: dict[str, Any], sections: dict[str, dict[str, Any]], constant: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """What is missing or said twice: (key, Danish fault)."""
    if not found.get("source_id"):
        yield "source_id", "»source_id« mangler."
    if bool(found.get("indicator_id")) == bool(sections["indicator"]):
        yield "indicator_id", "Skriv enten »indicator_id« eller afsnittet [indicator]."
    for key in ("area", "period"):
        if bool(found.get(key)) == bool(constant.get(key)):
            yield key, f"Skriv enten kolonnen »{key}« eller »{key}« under [constant]."
    if sections["group"] and constant.get("group"):
        yield "group", "Skriv enten [group] eller »group« under [constant]."


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = place[1] if place else str(len(text.splitlines()))
        raise _refused(
            name,
            f"Linje {line}: Den er ikke gyldig TOML. Navne med æ, ø, å eller mellemrum skal stå i "
            "anførselstegn, og ingen må stå to gange.",
        ) from error
    except RecursionError as error:
        raise _refused(name, "Den har for mange niveauer.") from error


def _is_factor(given: object) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return 0 < given < float("inf")


def _fits(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern writes; `*` stands for anything, all else for itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def _refused(name: str, fault: str) -> RecipeError:
    return RecipeError("Opskriften kan ikke bruges", f"Opskriften »{name}«: {fault.strip()}")


def _line(text: str, key: str) -> str:
    """`Linje 7:`, where a key stands; empty where it cannot be found."""
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[=\].]""", line):
            return f"Linje {number}:"
    return ""


def _section(found: dict[str, Any], key: str, name: str, text: str) -> dict[str, Any]:
    section = found.get(key, {})
    if not isinstance(section, dict):
        raise _refused(name, f"{_line(text, key)} »{key}« skal være et afsnit: [{key}].")
    return section


def _labels(section: dict[str, Any], key: str, name: str, text: str) -> Labels | None:
    if not section:
        return None
    column = section.get("column")
    if not isinstance(column, str) or not column:
        raise _refused(name, f"{_line(text, key)} [{key}] skal nævne sin »column«.")
    ids = {label: one for label, one in section.items() if label != "column"}
    texts = _texts(ids, key, None, name, text)
    if not texts:
        raise _refused(name, f"{_line(text, key)} [{key}] skal oversætte mindst én værdi.")
    return Labels(column, texts)


def _texts(
    section: dict[str, Any], key: str, known: Collection[str] | None, name: str, text: str
) -> dict[str, str]:
    for one, value in section.items():
        _known(one, key, known, name, text)
        if not isinstance(value, str):
            raise _refused(name, f"{_line(text, one)} »{one}« under [{key}] skal være tekst.")
    return section


def _lists(
    section: dict[str, Any], key: str, known: Collection[str] | None, name: str, text: str
) -> dict[str, tuple[str, ...]]:
    lists = {}
    for one, value in section.items():
        _known(one, key, known, name, text)
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(each, str) for each in values):
            raise _refused(
                name, f"{_line(text, one)} »{one}« under [{key}] skal være tekst eller en liste."
            )
        lists[one] = tuple(values)
    return lists


def _known(one: str, key: str, known: Collection[str] | None, name: str, text: str) -> None:
    if known is not None and one not in known:
        raise _refused(
            name,
            f"{_line(text, one)} Ukendt nøgle »{one}« under [{key}]. {choices_hint(one, known)}",
        )
