"""Recipes: what each column of an extract contains. TOML in data/recipes/ or in the store."""

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kpi.domain.errors import choices_hint
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.mapping.recipe_sections import RecipeError, RecipeText
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.statuses import status_of

_LOG = logging.getLogger(__name__)
# Those of the program and of a store, many times over.
_MOST_KEPT = 256
_TEXTS = (
    "title", "source_id", "indicator_id", "decimal", "area", "period", "value", "numerator",
    "denominator", "status", "note", "dash", "absent",
)  # fmt: skip
# Above zero; they may be whole.
_FACTORS = ("scale",)
_SECTIONS = (
    "indicator", "group", "area", "status", "keep", "sum", "share", "constant", "ignore",
    "made_from",
)  # fmt: skip
# A column as text, or a section with the column and what its labels mean.
_EITHER = ("area", "status")
_CHOICES = {
    "decimal": ("comma", "point"),
    "dash": ("zero", "missing"),
    "absent": ("zero", "missing"),
}
_CONSTANTS = ("area", "period", "group")
_IGNORED = ("areas", "groups", "indicators", "periods", "columns")
_MADE_FROM = ("title", "measure", "unit", "table_id", "file", "labels", "left_out")


@dataclass(frozen=True)
class Labels:
    """A column and what its labels mean; `is_sum` adds up the labels of one id."""

    column: str
    ids: Mapping[str, str]
    is_sum: bool = False


@dataclass(frozen=True)
class Share:
    """A column of counts of people who are parts of a whole: those of `part` are the numerator.

    They and those of `rest` are the denominator; rows of other labels are not used.
    """

    column: str
    part: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True)
class MadeFrom:
    """What the file said that a recipe was made from; empty where it did not say.

    `labels` (column to label) are the columns that the recipe does not use, and the one label each
    of them had. `file` is the file's name, for files that say nothing else. `left_out` (column to
    labels) are those that the file had beside the ones whose rows are used.
    """

    title: str = ""
    measure: str = ""
    unit: str = ""
    table_id: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class NamedColumns:
    """The columns that contain the parts of an observation, as the file names them; empty: none."""

    area: str = ""
    period: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    status: str = ""
    note: str = ""
    indicator: Labels | None = None
    group: Labels | None = None


@dataclass(frozen=True)
class Recipe(NamedColumns):
    """How an extract becomes observations. Names of columns are as the file writes them.

    `keep` (column to labels) are the rows to use. `sums` (column to labels) are those whose counts
    are added up, and `share` says of which counts a share is computed. `ignore` ("areas", "groups",
    "indicators", "periods", "columns" to patterns with `*`) what is ignored without being an error.
    `scale` is what values and their limits are multiplied by (100 for fractions of a percentage; 1
    says that they are right as written); None where nobody has said. `area_ids` and `statuses` are
    what the file's own spellings of areas and statuses mean, beside those that are known anyway.
    `made_from` is None for a recipe that does not know what file it was made from.
    """

    name: str
    title: str
    source_id: str
    indicator_id: str = ""
    decimal: str | None = None
    dash: str | None = None
    absent: str | None = None
    scale: float | None = None
    area_ids: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    constant: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    share: Share | None = None
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made_from: MadeFrom | None = None

    def columns(self) -> tuple[str, ...]:
        """Every column that the recipe names, each once."""
        named = [self.area, self.period, self.value, self.numerator, self.denominator]
        named += [self.status, self.note, *self.keep, *self.added_up()]
        named += [labels.column for labels in (self.indicator, self.group) if labels]
        return tuple(dict.fromkeys(filter(None, named)))

    def labelled_columns(self) -> tuple[str, ...]:
        """The columns whose labels the recipe names: indicators, groups, rows to use or add up."""
        named = [labels.column for labels in (self.indicator, self.group) if labels]
        return tuple(dict.fromkeys([*named, *self.keep, *self.added_up()]))

    def indicator_ids(self) -> tuple[str, ...]:
        """The indicators whose figures it reads; none named where the file's own words say it."""
        labels = self.indicator.ids.values() if self.indicator else ()
        return (self.indicator_id,) if self.indicator_id else tuple(dict.fromkeys(labels))

    def added_up(self) -> dict[str, tuple[str, ...]]:
        """The columns whose labels' counts become one figure, each with these labels."""
        share = {self.share.column: (*self.share.part, *self.share.rest)} if self.share else {}
        return {**self.sums, **share}

    def ignores(self, section: str, text: str) -> bool:
        """Whether a text of "areas", "groups", "indicators", ... "columns" is ignored."""
        plain = text.removeprefix(TYPED).strip()
        return any(fits_pattern(pattern, plain) for pattern in self.ignore.get(section, ()))

    def has_columns_in(self, table: RawTable) -> bool:
        """Whether a table has all the columns the recipe names."""
        return all(place_of(name, table) is not None for name in self.columns())


def place_of(name: str, table: RawTable) -> int | None:
    """The place (from 0) of a column by one of its names: as written, else without case and spaces.

    JSON-stat may have a dimension `Indhold` beside the figures, which are called `INDHOLD`.
    """
    names = [
        (place, alias)
        for place, column in enumerate(table.columns)
        for alias in (column, *table.other_names.get(place, ()))
    ]
    exact = next((place for place, alias in names if alias == name), None)
    if exact is not None:
        return exact
    alike = next((place for place, alias in names if folded(alias) == folded(name)), None)
    if alike is not None:
        return alike
    return next((place for place, alias in names if folded(unmarked(alias)) == folded(name)), None)


def find_recipe(wanted: str, folders: Collection[Path]) -> Recipe:
    """The recipe of that name in one of the folders, or at that path. Raises RecipeError."""
    if wanted.endswith(".toml"):
        path = Path(wanted)
    else:
        known = _paths(folders)
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
    recipes = []
    for path in _paths(folders).values():
        try:
            recipes.append(find_recipe(str(path), ()))
        except RecipeError:
            # It is reported when somebody asks for it by name; the others are offered meanwhile.
            _LOG.warning("recipe %s cannot be read", shown_name(path.name), exc_info=True)
    return tuple(recipes)


def _paths(folders: Collection[Path]) -> dict[str, Path]:
    """The recipes of the folders by name; of two with one name the later folder's."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


@lru_cache(_MOST_KEPT)
def parse_recipe(text: str, name: str) -> Recipe:
    """The recipe that a TOML text writes. Raises RecipeError with the line of the fault.

    Each file that is checked is compared with all recipes, so the same texts are read once.
    """
    toml = RecipeText(text, name)
    given = toml.keys
    _check_keys(toml)
    sections = {key: toml.section(key) for key in _SECTIONS if key not in _EITHER}
    constant = toml.texts(sections["constant"], "constant", _CONSTANTS)
    areas, statuses = _either(toml, "area"), _either(toml, "status")
    columns = {key: given.get(key, "") for key in _TEXTS[4:11]} | {
        "area": areas.column, "status": statuses.column,
    }  # fmt: skip
    for key, fault in _contradictions(toml, columns, constant):
        raise toml.refused(fault, key)
    recipe = Recipe(
        name=name,
        title=given.get("title", name),
        source_id=given["source_id"],
        indicator_id=given.get("indicator_id", ""),
        indicator=_labels(toml, "indicator"),
        group=_labels(toml, "group"),
        **columns,
        decimal=given.get("decimal"),
        dash=given.get("dash"),
        absent=given.get("absent"),
        scale=float(given["scale"]) if "scale" in given else None,
        area_ids=areas.ids,
        statuses=_known_statuses(toml, statuses.ids),
        constant=constant,
        keep=toml.lists("keep"),
        sums=toml.lists("sum"),
        share=_share(toml),
        ignore=toml.lists("ignore", _IGNORED),
        made_from=_made_from(toml) if "made_from" in given else None,
    )
    for key, fault in _added_up_elsewhere(recipe):
        raise toml.refused(fault, key)
    return recipe


def _share(toml: RecipeText) -> Share | None:
    """The section [share]: a column, the labels of the part and those of the rest."""
    section = dict(toml.section("share"))
    if not section:
        return None
    column = section.pop("column", "")
    if not isinstance(column, str) or not column:
        raise toml.refused("[share] skal nævne sin »column«.", "share")
    lists = toml.lists("share", ("column", "part", "rest"))
    if not {"part", "rest"} <= lists.keys():
        raise toml.refused(
            "[share] skal nævne både »part« (tælleren) og »rest« (resten af nævneren).", "share"
        )
    return Share(column, lists["part"], lists["rest"])


def _added_up_elsewhere(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Columns that would be added up and mean something else too: (key, Danish fault)."""
    means = {recipe.area, recipe.period, recipe.value, recipe.numerator, recipe.denominator,
             recipe.status, recipe.note, *recipe.keep}  # fmt: skip
    means |= {labels.column for labels in (recipe.indicator, recipe.group) if labels}
    for column, labels in recipe.added_up().items():
        is_twice = recipe.share is not None and column == recipe.share.column in recipe.sums
        if column in means or is_twice:
            yield column, f"»{column}« lægges sammen og kan ikke også bruges til andet."
        if len({folded(label) for label in labels}) < len(labels):
            yield column, f"En værdi i »{column}« ville blive talt to gange."
    if recipe.added_up() and (recipe.numerator or recipe.denominator):
        yield "numerator", "Tæller og nævner kan ikke læses, når rækker lægges sammen."


def _check_keys(toml: RecipeText) -> None:
    """Refuses a key that is not known, or that has not the kind of value it must have."""
    known_keys = (*_TEXTS, *_FACTORS, *(key for key in _SECTIONS if key not in _EITHER))
    for key in toml.keys:
        if key not in known_keys:
            raise toml.refused(f"Ukendt nøgle »{key}«. {choices_hint(key, known_keys)}", key)
    for key in _TEXTS:
        given = toml.keys.get(key, "")
        if not isinstance(given, str) and not (key in _EITHER and isinstance(given, dict)):
            raise toml.refused(f"»{key}« skal være tekst.", key)
    for key in _FACTORS:
        if key in toml.keys and not _is_factor(toml.keys[key]):
            raise toml.refused(f"»{key}« skal være et tal over 0.", key)
    for key, choices in _CHOICES.items():
        if toml.keys.get(key, choices[0]) not in choices:
            allowed = " eller ".join(f"»{choice}«" for choice in choices)
            raise toml.refused(f"»{key}« skal være {allowed}.", key)


def _contradictions(
    toml: RecipeText, columns: Mapping[str, str], constant: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """What is missing or written twice: (key, Danish fault)."""
    given = toml.keys
    if not given.get("source_id"):
        yield "source_id", "»source_id« mangler."
    if bool(given.get("indicator_id")) == bool(given.get("indicator")):
        yield "indicator_id", "Skriv enten »indicator_id« eller afsnittet [indicator]."
    for key in ("area", "period"):
        if bool(columns[key]) == bool(constant.get(key)):
            yield key, f"Skriv enten kolonnen »{key}« eller »{key}« under [constant]."
    if given.get("group") and constant.get("group"):
        yield "group", "Skriv enten [group] eller »group« under [constant]."


def _labels(toml: RecipeText, key: str) -> Labels | None:
    column, ids, is_sum = toml.labels(key, needs_labels=True)
    return Labels(column, ids, is_sum) if column else None


def _either(toml: RecipeText, key: str) -> Labels:
    """A column that is a text, or a section of its own with what its labels mean."""
    given = toml.keys.get(key, "")
    if isinstance(given, str):
        return Labels(given, {})
    column, ids, _ = toml.labels(key, needs_labels=False)
    return Labels(column, ids)


def _known_statuses(toml: RecipeText, statuses: Mapping[str, str]) -> dict[str, str]:
    known = {label: status_of(given) for label, given in statuses.items()}
    for label, status in known.items():
        if status is None:
            raise toml.refused(
                f"»{statuses[label]}« under [status] kendes ikke. Skriv for eksempel final, "
                "preliminary, approximate, suppressed, missing eller not_applicable.",
                label,
            )
    return {label: status for label, status in known.items() if status is not None}


def _made_from(toml: RecipeText) -> MadeFrom:
    section = dict(toml.section("made_from"))
    labels, left_out = (section.pop(key, {}) for key in ("labels", "left_out"))
    for key, given in (("labels", labels), ("left_out", left_out)):
        if not isinstance(given, dict):
            raise toml.refused(f"»{key}« skal være et afsnit: [made_from.{key}].", key)
    texts = toml.texts(section, "made_from", _MADE_FROM)
    return MadeFrom(
        **texts,
        labels=toml.texts(labels, "made_from.labels"),
        left_out=toml.lists_of(left_out, "made_from.left_out", may_be_empty=True),
    )


def _is_factor(given: object) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    return 0 < given < float("inf")


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern writes; `*` stands for anything, all else for itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None
