"""That a code a definition names is the area that Spor knows under it."""

import pytest

from kpi.domain.model import Area
from kpi.fetch.definition import parse_definition
from kpi.fetch.failure import ChangedError
from kpi.fetch.meanings import hold_areas
from kpi.ingest.mapping.recipe import find_recipe
from tests.conftest import DATA
from tests.tables import for_each

AREAS = (
    Area("sogn_gellerup", "Gellerup Sogn", "parish", "aarhus", "9097", ("9097 Gellerup (Aarhus)",)),
    Area("aarhus", "Aarhus", "municipality", "denmark", "751", ()),
)


@for_each(
    ("name", "column", "code", "text", "is_ours"),
    [
        ("kmsta001", "SOGN", "9097", "9097 Gellerup (Aarhus Kommune)", True),
        ("kmsta001", "SOGN", "9097", "Gellerup", True),
        ("kmsta001", "sogn", "9097", "GELLERUP SOGN", True),
        ("kmsta001", "SOGN", "9097", "9097", True),  # the table has no text
        ("kmsta001", "SOGN", "9097", "9097 Hasle (Aarhus Kommune)", False),
        ("kmsta001_all", "SOGN", "9097", "Noget helt andet", False),
        ("kmsta005", "SOGN", "9097", "Noget helt andet", False),
        ("kmsta001", "SOGN", "9999", "Noget helt andet", True),  # nobody asks for it
        ("ras200", "OMRÅDE", "751", "Århus", True),  # who asks for all takes what the table has
    ],
)
def test_a_code_of_another_area_publishes_nothing(
    name: str, column: str, code: str, text: str, is_ours: bool
) -> None:
    text_of = (DATA / "fetch" / f"{name}.toml").read_text(encoding="utf-8")
    definition = parse_definition(text_of, name)
    recipe = find_recipe(definition.recipe, (DATA / "recipes",))
    texts = {column: {code: text}}
    if is_ours:
        hold_areas(definition, recipe, texts, AREAS)
        return
    with pytest.raises(ChangedError, match="»Gellerup Sogn«"):
        hold_areas(definition, recipe, texts, AREAS)
