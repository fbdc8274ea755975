"""What figures are validated by: the same as Plotly reads, without reading all of it."""

import json
from pathlib import Path

import plotly
from plotly.validator_cache import ValidatorCache

from kpi.charts import validators


def test_descriptions_are_those_of_plotly() -> None:
    file = Path(plotly.__file__).parent / "validators" / "_validators.json"
    expected = json.loads(file.read_bytes())
    descriptions = validators._Descriptions(file)
    assert {*descriptions._starts} == {*expected}
    some = [*expected][:: len(expected) // 100]
    some.append(max(expected, key=lambda name: len(json.dumps(expected[name]))))
    assert {name: descriptions.get(name) for name in some} == {
        name: expected[name] for name in some
    }
    assert descriptions.get("layout.nothing") is None


def test_figures_of_ours_are_validated_by_them() -> None:
    assert isinstance(ValidatorCache._json_cache, validators._Descriptions)
