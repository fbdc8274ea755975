"""Rates are kept with few decimals, and are still shown as the numbers that their file has."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from kpi.cli.file_answers import check_answer, check_text
from kpi.views.upload_counts import changes_line
from tests.kpi.ingest.checked import Desk

# The analyst's four, whole steps, and what lies just on either side of a half step.
_EDGES = ("12.345", "11.0451", "9.9451", "9.949", "12.35", "12.349999", "12.350001", "40.0", "7.25")


def _shown(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_a_kept_rate_is_shown_as_the_file_has_it(desk: Desk) -> None:
    """Rounded twice 9,9451 would be 9,95 and then 10,0."""
    draw = Random(15)
    texts = [*_EDGES, *(f"{draw.uniform(1, 90):.{draw.randint(2, 6)}f}" for _ in range(200))]
    rows = "".join(
        f"rate,{area},{1800 + place // 2},{text}\n"
        for place, text in enumerate(texts)
        for area in (("aarhus", "odense")[place % 2],)
    )
    checked = desk.check("indicator,area,period,value\n" + rows)
    kept = [str(change.new) for change in checked.changes]
    assert len(kept) == len(texts)
    assert [_shown(text) for text in kept] == [_shown(text) for text in texts]
    assert all(len(text.partition(".")[2]) <= 2 for text in kept)
    rounded = sum(
        Decimal(before) != Decimal(after) for before, after in zip(texts, kept, strict=True)
    )
    assert checked.rounded == rounded
    said = f"{rounded} tal gemmes med færre decimaler, end filen har"
    assert said in check_text(checked)
    assert said in changes_line(checked)
    assert check_answer(checked)["diff"]["rounded"] == rounded


def test_nothing_is_said_of_figures_that_are_kept_as_they_are(desk: Desk) -> None:
    checked = desk.check("indicator,area,period,value\nrate,aarhus,2022,12.34\n")
    assert checked.rounded == 0
    assert "færre decimaler" not in check_text(checked) + changes_line(checked)
    assert "rounded" not in check_answer(checked)["diff"]
