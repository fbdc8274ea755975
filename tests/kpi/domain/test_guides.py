"""The guides: five tasks a reader, short, and in no other words than the screen's."""

import ast
import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kpi.domain.guides import EVERYWHERE, FULL, GUIDES, PARTS, READERS, guide_for
from kpi.domain.pages import PAGES
from kpi.export.guide import picture_of, seen

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("ui", "pages", "kpi/views")
MODULES = tuple(f"kpi/domain/{name}.py" for name in ("pages", "selection", "vocabulary"))
TASKS = [(reader, task) for reader, guide in GUIDES.items() for task in guide.tasks]
LABEL = re.compile(r"»([^«]+)«")
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class Screen:
    """What can stand on a button, a field, a heading or a column."""

    words: frozenset[str]
    # Where something is put in when the program runs, which may be anything.
    patterns: tuple[re.Pattern[str], ...]

    def lacks(self, label: str) -> bool:
        return label not in self.words and not any(each.fullmatch(label) for each in self.patterns)


def pattern_of(node: ast.JoinedStr) -> re.Pattern[str] | None:
    said = [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]
    # Of what is mostly put in, anything would be an example.
    if sum(map(str.isalpha, "".join(said))) < _LEAST_LETTERS:
        return None
    return re.compile("".join(re.escape(words) if words else ".+" for words in said))


@pytest.fixture(scope="module")
def screen() -> Screen:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py"))]
    paths += [ROOT / name for name in MODULES]
    words, patterns = set(), []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value.strip("*"))
            elif isinstance(node, ast.JoinedStr) and (pattern := pattern_of(node)):
                patterns.append(pattern)
    return Screen(frozenset(words), tuple(patterns))


def labels_in(texts: Iterable[str]) -> list[str]:
    return [label for text in texts for label in LABEL.findall(text)]


def test_each_reader_has_five_tasks_of_at_most_three_steps() -> None:
    assert [*GUIDES] == [*READERS]
    for guide in GUIDES.values():
        assert len(guide.tasks) == FULL
        assert all(1 <= len(task.steps) <= 3 for task in guide.tasks)
    # An address names a task by its part alone.
    assert len(PARTS) == len(TASKS)
    assert {task.page for _, task in TASKS} <= {*PAGES}


def test_the_question_mark_of_every_page_leads_to_a_task_of_that_page() -> None:
    guides = {page: known.guide for page, known in PAGES.items() if known.guide is not None}
    assert {*guides} == {*PAGES} - {"vejledning"}
    for page, (reader, part) in guides.items():
        led_to = [task.page for task in GUIDES[reader].tasks if task.part == part]
        assert led_to == [page], (
            f"/{page} leads to {part} of {reader}, a task of {led_to or 'no page'}: `guide` of its "
            "row in kpi/domain/pages.py, the tasks in kpi/domain/guides.py"
        )


def test_where_nothing_may_be_entered_no_guide_says_how() -> None:
    left = guide_for("analytiker", may_enter=False)
    assert [task.part for task in left.tasks] == ["kontrol"]
    assert left.title == "Det gør en analytiker i Spor"
    assert guide_for("analytiker") == GUIDES["analytiker"]


def test_tasks_are_told_in_words_of_the_screen(screen: Screen) -> None:
    labels = labels_in(step for _, task in TASKS for step in task.steps)
    assert len(labels) > len(TASKS)
    assert [label for label in labels if screen.lacks(label)] == []


def test_what_holds_everywhere_is_told_in_words_of_the_screen(screen: Screen) -> None:
    assert [label for label in labels_in([EVERYWHERE]) if screen.lacks(label)] == []


def test_no_word_that_is_not_on_the_screen_is_taken_for_one(screen: Screen) -> None:
    for word in ("Send til godkendelse", "Udgiv tallene nu", "Nøgletallene"):
        assert screen.lacks(word)


def test_every_picture_is_there_and_light() -> None:
    pictures = [
        picture_of(reader, task.part, on_phone)
        for reader, task in TASKS
        for on_phone in (False, True)
    ]
    assert {path.stem for path in pictures} == {*seen()}
    assert all(picture["labels"] for picture in seen().values())
    sizes = [path.stat().st_size for path in pictures]
    assert max(sizes) < 60_000
    assert sum(sizes) < 1_000_000


def test_what_pictures_show_is_still_called_so(screen: Screen) -> None:
    """A failure here says that `make guides` has to take them anew."""
    names = names_of_data()
    labels = {label for picture in seen().values() for label in picture["labels"]}
    gone = [each for each in labels if screen.lacks(each) and not each.startswith(names)]
    assert sorted(gone) == []


def names_of_data() -> tuple[str, ...]:
    """What indicators and areas are called: labels that no program says."""
    names = []
    for table, column in (("indicator", "short_name"), ("area", "name")):
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            names += [row[column] for row in csv.DictReader(file)]
    return tuple(filter(None, names))
