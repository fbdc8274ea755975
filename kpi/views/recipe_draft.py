"""A recipe as a person fills it in on the page, and the TOML it becomes."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi.domain.wording import plain_id
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import MadeFrom

MOST_IN_RECIPE_NAME = 60
# A column with more labels is no classification, and its recipe says nothing of the others.
_MOST_LABELS = 500


@dataclass(frozen=True)
class RecipeDraft:
    """What is filled in, all that a recipe can say. Columns are named as the file names them.

    Empty where not used. Mappings go from a file's label to an id: of indicators (in the column
    `indicator`), groups, areas and statuses. `keep` (column to labels) are the rows to use, but for
    columns that contain a part of an observation; the `skipped_` ones are ignored. `constant_` ones
    apply to every row of the file. `sums` (column to labels) are added up; of the counts of the
    column `share` a share is computed.
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
    is_sum: bool = False
    indicator: str = ""
    indicators: Mapping[str, str] = field(default_factory=dict)
    skipped_indicators: Sequence[str] = ()
    skipped_periods: Sequence[str] = ()
    skipped_columns: Sequence[str] = ()
    area_ids: Mapping[str, str] = field(default_factory=dict)
    constant_area: str = ""
    constant_period: str = ""
    constant_group: str = ""
    numerator: str = ""
    denominator: str = ""
    status: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    dash: str = ""
    absent: str = ""
    scale: float | None = None
    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    share: str = ""
    share_part: Sequence[str] = ()
    share_rest: Sequence[str] = ()

    @property
    def name(self) -> str:
        """What the recipe is kept under."""
        return plain_id(self.title)

    def used(self) -> frozenset[str]:
        """The columns that contain a part of an observation."""
        roles = (
            self.area, self.period, self.value, self.group, self.indicator, self.numerator,
            self.denominator, self.status, self.note, self.share, *self.sums,
        )  # fmt: skip
        return frozenset(filter(None, roles))

    def missing(self) -> list[str]:
        """What must be filled in before the recipe can be used, in Danish."""
        needed = {
            "et navn": self.name,
            f"et kortere navn (højst {MOST_IN_RECIPE_NAME} tegn)": (
                len(self.title.strip()) <= MOST_IN_RECIPE_NAME
            ),
            "en kilde": self.source_id,
            "et nøgletal": self.indicators if self.indicator else self.indicator_id,
            "områdets kolonne (eller ét område for hele filen under »Flere valg«)": (
                self.area or self.constant_area
            ),
            "periodens kolonne (eller én periode for hele filen under »Flere valg«)": (
                self.period or self.constant_period
            ),
            "tallets kolonne": self.value or (self.numerator and self.denominator),
            "mindst én gruppe": not self.group or bool(self.groups),
            "tællerens og resten af nævnerens værdier": (
                not self.share or (self.share_part and self.share_rest)
            ),
            "de værdier, der lægges sammen": all(self.sums.values()),
        }
        return [words for words, is_given in needed.items() if not is_given]

    def toml(self) -> str:
        """The recipe as `kpi.ingest.mapping.recipe` reads it."""
        keys = {
            "title": self.title.strip(), "source_id": self.source_id,
            "indicator_id": "" if self.indicator else self.indicator_id,
            "area": "" if self.area_ids else self.area, "period": self.period,
            "value": self.value, "numerator": self.numerator, "denominator": self.denominator,
            "status": "" if self.statuses else self.status, "note": self.note,
            "decimal": self.decimal, "dash": self.dash, "absent": self.absent,
        }  # fmt: skip
        lines = _texts(keys)
        lines += [f"scale = {self.scale:g}"] if self.scale is not None else []
        lines += _labelled("indicator", self.indicator, self.indicators)
        lines += _labelled("area", self.area if self.area_ids else "", self.area_ids)
        lines += _labelled("group", self.group, self.groups)
        lines += ["sum = true"] if self.group and self.is_sum else []
        lines += _labelled("status", self.status if self.statuses else "", self.statuses)
        constant = {
            "area": self.constant_area, "period": self.constant_period,
            "group": "" if self.group else self.constant_group,
        }  # fmt: skip
        lines += _section("constant", _texts(constant))
        lines += _section("keep", _lists(self._kept()))
        lines += _section("sum", _lists(self.sums))
        if self.share:
            share = _lists({"part": self.share_part, "rest": self.share_rest})
            lines += _section("share", [f"column = {_quoted(self.share)}", *share])
        ignored = self._ignored().items()
        lines += _section(
            "ignore", [f"{key} = {_listed(texts)}" for key, texts in ignored if texts]
        )
        return "\n".join([*lines, *self._made_from()]) + "\n"

    def _kept(self) -> dict[str, Sequence[str]]:
        """The rows to use; of a column of groups or indicators those that are named are used."""
        return {column: texts for column, texts in self.keep.items() if column not in self.used()}

    def _ignored(self) -> dict[str, Sequence[str]]:
        return {
            "areas": self.skipped_areas, "groups": self.skipped_groups if self.group else (),
            "indicators": self.skipped_indicators if self.indicator else (),
            "periods": self.skipped_periods, "columns": self.skipped_columns,
        }  # fmt: skip

    def _made_from(self) -> list[str]:
        """What the file says it is, so that the recipe is not used for another one unasked."""
        stated = {
            "title": self.made_from.title, "measure": self.made_from.measure,
            "unit": self.made_from.unit, "table_id": self.made_from.table_id,
            "file": self.made_from.file,
        }  # fmt: skip
        lines = ["", "[made_from]", *_texts(stated)]
        named = [
            f"{_quoted(name)} = {_quoted(text)}" for name, text in self.made_from.labels.items()
        ]
        left_out = _lists(self.made_from.left_out)
        return [
            *lines,
            *_section("made_from.labels", named),
            *_section("made_from.left_out", left_out),
        ]


def left_out(draft: RecipeDraft, proposal: Proposal | None) -> dict[str, tuple[str, ...]]:
    """The labels of each column whose rows the recipe chooses, but for those that it uses.

    What a later file has beside them is new.
    """
    used = {column: texts for column, texts in draft.keep.items() if column not in draft.used()}
    used |= draft.sums
    if draft.share:
        used |= {draft.share: (*draft.share_part, *draft.share_rest)}
    return {
        column: tuple(label for label in labels if label not in texts)
        for column, texts in used.items()
        if 0 < len(labels := labels_of(column, proposal)) <= _MOST_LABELS
    }


def labels_of(column: str, proposal: Proposal | None) -> list[str]:
    """The distinct texts of a column in the whole file, in its order."""
    columns = proposal.columns if proposal else ()
    return next((list(each.filled) for each in columns if each.name == column), [])


def title_for(title: str, file: str, taken: Collection[str]) -> str:
    """What a recipe may be called that is made from a file: by its title, else by its name.

    Of a long title as many whole words as there is room for. A number is added where a recipe has
    that name already.
    """
    words = " ".join((title or file.rpartition(".")[0] or file).replace("_", " ").split())
    room = MOST_IN_RECIPE_NAME - 4
    base = words[:room].strip()
    if len(words) > room and words[room] != " ":
        base = base.rpartition(" ")[0].rstrip(",:;") or base
    names = [base, *(f"{base} {number}" for number in range(2, 100))]
    return next((name for name in names if plain_id(name) not in taken), base)


def _texts(texts: Mapping[str, str]) -> list[str]:
    return [f"{key} = {_quoted(text)}" for key, text in texts.items() if text]


def _lists(lists: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{_quoted(key)} = {_listed(texts)}" for key, texts in lists.items() if texts]


def _labelled(key: str, column: str, ids: Mapping[str, str]) -> list[str]:
    if not column:
        return []
    named = [f"{_quoted(label)} = {_quoted(text)}" for label, text in ids.items()]
    return ["", f"[{key}]", f"column = {_quoted(column)}", *named]


def _section(key: str, lines: Sequence[str]) -> list[str]:
    return ["", f"[{key}]", *lines] if lines else []


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's too, but for the one control character that JSON writes raw.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
