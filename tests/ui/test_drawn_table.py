"""What a table's file has of the markdown that the page shows."""

import random

from kpi.domain.wording import Badge
from ui.badges import badge_text, plain, small, unmarked
from ui.drawn_table import table_file


def test_what_is_escaped_for_the_page_is_itself_in_the_file() -> None:
    marks, letters = "\\`*_[]<>$#~|:=+-@. ", "aæ1"
    chance = random.Random(19)
    for _ in range(500):
        text = "".join(chance.choices(marks + letters, k=chance.randint(0, 8))).strip()
        assert unmarked(plain(text)) == text


def test_bold_and_small_print_badges_and_lines_are_read_as_words() -> None:
    cell = (
        f"**{plain('12,3 %')}**  \n{small(plain('2. kvartal'))} {badge_text(Badge('worse', 'A'))}"
    )
    assert unmarked(cell) == "12,3 %\n2. kvartal A"


def test_a_file_has_every_column_that_any_row_has() -> None:
    table = table_file("T", [{"A": "**1**"}, {"B": "2"}])
    assert (table.columns, table.rows) == (("A", "B"), (("1", ""), ("", "2")))
