"""What columns are, by their distinct texts."""

import pytest

from kpi.ingest.turning.column_texts import share_of


@pytest.mark.parametrize(
    ("texts", "least", "share", "asked"),
    [
        ([], 0.5, 0.0, 0),
        # Without any that fits in its first half a column is none of these.
        (["x"] * 1_000, 0.5, 0.0, 501),
        (["x"] * 1_000, 1.0, 0.0, 1),
        (["x", "2020", "2021", "2022"], 0.75, 0.75, 4),
        (["2020", "x", "x", "2021"], 0.5, 0.5, 4),
    ],
)
def test_no_more_texts_are_asked_about_than_it_takes(
    texts: list[str], least: float, share: float, asked: int
) -> None:
    seen = []

    def fits(text: str) -> bool:
        seen.append(text)
        return text.isdigit()

    assert share_of(texts, fits, least) == share
    assert len(seen) == asked
