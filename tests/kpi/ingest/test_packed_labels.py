r"""Eurostat's own text format: labels in one cell (`A,PC,Aarhus`), flags behind the figures."""

import pytest

from tests.kpi.ingest.checked import Desk, codes_of_cells, read

HEAD = "freq,unit,geo\\TIME_PERIOD\t2023 \t2024 \n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A,PC,Aarhus\t51.5 \t52.5 p", [("2023", 51.5, "final"), ("2024", 52.5, "preliminary")]),
        ("A,PC,Aarhus\t51.5 b\t52.5 e", [("2023", 51.5, "final"), ("2024", 52.5, "approximate")]),
        ("A,PC,Aarhus\t51.5\t: ", [("2023", 51.5, "final"), ("2024", None, "missing")]),
        ("A,PC,Aarhus\t51.5\t: c", [("2023", 51.5, "final"), ("2024", None, "suppressed")]),
        ("A,PC,0751\t51.5\t52.5", [("2023", 51.5, "final"), ("2024", 52.5, "final")]),
    ],
)
def test_labels_figures_and_flags(
    tiny: Desk, rows: str, expected: list[tuple[str, float | None, str]]
) -> None:
    checked = tiny.check(f"{HEAD}{rows}\n", name="a.tsv", indicator_id="rate")
    figures = [(period, value, status) for _, _, period, value, status in read(checked)]
    assert (checked.publishable, figures) == (True, expected)


def test_of_two_units_one_is_chosen(tiny: Desk) -> None:
    rows = "A,PC,Aarhus\t51.5 \t52.5 \nA,THS,Aarhus\t251.5 \t252.5 \n"
    checked = tiny.check(HEAD + rows, name="a.tsv", indicator_id="rate")
    assert "several_measures" in codes_of_cells(checked)
    assert not checked.publishable


def test_a_row_of_other_labels_is_not_taken_apart(tiny: Desk) -> None:
    rows = "A,PC,Aarhus\t51.5 \t52.5 \nA,Aarhus\t41.5 \t42.5 \n"
    assert not tiny.check(HEAD + rows, name="a.tsv", indicator_id="rate").publishable
