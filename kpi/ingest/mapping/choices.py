"""What a person, or a definition of a fetch, may say about a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.ingest.mapping.recipe import Recipe


@dataclass(frozen=True)
class Choices:
    """What a person may say about a file.

    `measure` names the column of values, or the label of the column of measures, that is meant
    where a file has several. `scale` is what values are multiplied by; 1 says that they are right
    as written. `accept_recipe` uses the recipe on a file that differs from the one it
    was made from. `indicator_id` names the indicator of a file that does not name one itself.
    `constant` (area, period, group) is what all rows are of, where the file has no such column.
    `texts` (column to code to text) is what the source says that its codes mean. `of_all_areas`: it
    was asked for all that it has, so that one without most of them is no extract of some.
    `is_fetched`: nobody has chosen the file.
    """

    recipe: Recipe | None = None
    source_id: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    measure: str | None = None
    scale: float | None = None
    accept_recipe: bool = False
    indicator_id: str | None = None
    constant: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_all_areas: bool = False
    is_fetched: bool = False
