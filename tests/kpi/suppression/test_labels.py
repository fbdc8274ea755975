"""Which small numbers are no longer called small must not follow from which of them is larger."""

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.labels import still_labelled, without_labels


@pytest.mark.parametrize("numbers", [(1, 4), (4, 1), (3, 3)])
def test_no_label_tells_which_small_number_is_the_largest(numbers: tuple[int, int]) -> None:
    cells = [
        Cell("persons", area_id, "all", parse_period("2024"), part, None, 5, "parish", "aarhus")
        for area_id, part in zip(("gellerup", "tilst"), numbers, strict=True)
    ]
    known = {cell.key: cell for cell in cells}
    assert still_labelled({*known}, known) == {*known}
    unlabelled = known | without_labels({cells[0].key}, known)
    assert still_labelled({*known}, unlabelled) == {cells[1].key}
