"""A recipe as a person fills it in on the page, and the TOML it becomes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi.ingest.raw import HIDDEN, TYPED, UNREADABLE
from kpi.ingest.recipe import MadeFrom
from kpi.wording import plain_id

# What columns are usually called, to begin the form with; compared without case.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "area": ("område", "kommune", "region", "area", "bopæl", "bopælskommune", "omr20"),
    "period": ("periode", "tid", "time", "år", "skoleår", "period", "kvartal", "måned"),
    "value": ("indhold", "værdi", "value", "content", "contents", "antal"),
}


@dataclass(frozen=True)
class RecipeDraft:
    """What is filled in. Columns are named as the file names them; empty where not used.

    `groups` (label to group id) translates the group column. `keep` (column to labels) are the rows
    to use; `skipped_groups` and `skipped_areas` are passed over.
    """

    title: str
    source_id: str
    indicator_id: str
    area: str
    period: str
    value: str
    group: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    skipped_groups: Sequence[str] = ()
    skipped_areas: Sequence[str] = ()
    keep: Mapping[str, Sequence[str]] = field(default_factory=dict)
    decimal: str = ""
    made_from: MadeFrom = field(default_factory=MadeFrom)

    @property
    def name(self) -> str:
        """What the recipe is kept under."""
        return plain_id(self.title)

    def missing(self) -> list[str]:
        """What must be filled in before the recipe can be used, in Danish."""
        needed = {
            "et navn": self.name, "en kilde": self.source_id, "et nøgletal": self.indicator_id,
            "områdets kolonne": self.area, "periodens kolonne": self.period,
            "tallets kolonne": self.value,
            "mindst én gruppe": not self.group or bool(self.groups),
        }  # fmt: skip
        return [what for what, given in needed.items() if not given]

    def toml(self) -> str:
        """The recipe as `kpi.ingest.recipe` reads it."""
        lines = [
            f"{key} = {_quoted(text)}"
            for key, text in {
                "title": self.title.strip(), "source_id": self.source_id,
                "indicator_id": self.indicator_id, "area": self.area, "period": self.period,
                "value": self.value, "decimal": self.decimal,
            }.items()
            if text
        ]  # fmt: skip
        if self.group:
            lines += ["", "[group]", f"column = {_quoted(self.group)}"]
            lines += [f"{_quoted(label)} = {_quoted(one)}" for label, one in self.groups.items()]
        if any(self.keep.values()):
            lines += ["", "[keep]"]
            lines += [
                f"{_quoted(column)} = {_listed(labels)}"
                for column, labels in self.keep.items()
                if labels
            ]
        ignored = {"areas": self.skipped_areas, "groups": self.skipped_groups}
        if any(ignored.values()):
            lines += ["", "[ignore]"]
            lines += [f"{what} = {_listed(labels)}" for what, labels in ignored.items() if labels]
        return "\n".join([*lines, *self._made_from()]) + "\n"

    def _made_from(self) -> list[str]:
        """What the file says it is, so that the recipe is not used for another one unasked."""
        said = {
            "title": self.made_from.title, "measure": self.made_from.measure,
            "unit": self.made_from.unit, "table_id": self.made_from.table_id,
        }  # fmt: skip
        lines = ["", "[made_from]"]
        lines += [f"{key} = {_quoted(text)}" for key, text in said.items() if text]
        if self.made_from.labels:
            lines += ["", "[made_from.labels]"]
            lines += [
                f"{_quoted(column)} = {_quoted(label)}"
                for column, label in self.made_from.labels.items()
            ]
        return lines


def guessed(role: str, columns: Sequence[str]) -> str:
    """The column that most likely holds a role of USUAL_NAMES; empty where none does."""
    usual = USUAL_NAMES[role]
    return next((one for name in usual for one in columns if one.strip().casefold() == name), "")


def labels_of(column: str, columns: Sequence[str], sample: Iterable[Sequence[str]]) -> list[str]:
    """The distinct texts of a column in the sample, as the file orders them."""
    if column not in columns:
        return []
    place = columns.index(column)
    texts = dict.fromkeys(cells[place].strip(TYPED + UNREADABLE + HIDDEN) for cells in sample)
    return [text for text in texts if text]


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's too, but for the one control character that JSON writes raw.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
