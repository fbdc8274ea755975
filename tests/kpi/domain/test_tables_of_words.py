"""Tables by the words of the vocabulary: whoever adds a word is told which of them lack it."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import get_args

from kpi.charts import marks
from kpi.domain import age, selection, vocabulary, wording
from kpi.ingest.table import formats

ROOT = Path(__file__).resolve().parents[3]
OWNERS: tuple[ModuleType, ...] = (vocabulary, selection, wording, age, formats, marks)
# Every set of words, by the name of its type; and the constants that are words.
WORDS = {
    name: frozenset(words)
    for owner in OWNERS
    for name, kind in vars(owner).items()
    if not name.isupper() and (words := get_args(kind)) and all(isinstance(w, str) for w in words)
}
CONSTANTS = {
    name: word
    for owner in OWNERS
    for name, word in vars(owner).items()
    if name.isupper() and isinstance(word, str)
}
# What these lack on purpose. A word that is new has to be decided on here, or in the table.
PARTIAL: Mapping[str, list[str]] = {
    # What is known is a whole line.
    "kpi/charts/style.py DASHES": ["benchmark", "focus", "peer"],
    # No rhythm, so nothing is expected.
    "kpi/domain/age.py _MONTHS_BETWEEN": ["", "irregular", "once"],
    # Of periods, whose kinds are partly called like rhythms.
    "kpi/domain/period.py _MONTHS_IN": ["", "irregular", "once", "school_year", "year"],
    # Nothing follows such a period at a known distance.
    "kpi/fetch/statbank.py _DAYS_BETWEEN": [
        "range", "rolling_year", "school_year", "year_to_date",
    ],
    # Single days are counted at any distance, and no range follows another.
    "kpi/charts/gaps.py _DAYS": ["day", "range"],
    # Parts of a year that are written without it.
    "kpi/ingest/turning/split_periods.py _LETTERS": [
        "day", "range", "rolling_year", "school_year", "year", "year_to_date",
    ],
    "kpi/ingest/turning/split_periods.py PART_NAMES": [
        "day", "range", "rolling_year", "school_year", "year", "year_to_date",
    ],
    # Written from one limit to the other.
    "kpi/domain/format.py _BOUND_WORDS": ["range"],
    # Said before the table is asked.
    "kpi/domain/judgement.py _BADGES": ["not_compared"],
    "kpi/views/headlines.py _WORDS": ["not_compared", "same"],
    # In the colour of all text.
    "kpi/export/deck_slides.py _STATE_SHADES": ["planned"],
    "ui/tables.py _TINTS": ["equal", "not_compared", "same"],
    # Of small areas alone.
    "kpi/ingest/mapping/area_contradictions.py _PLURALS": ["country", "municipality", "region"],
    "kpi/ingest/mapping/area_contradictions.py _THE": ["country", "region"],
    # Any number of these may be small.
    "kpi/ingest/plausibility/big_changes.py _LEAST_TENFOLD": ["amount", "mean"],
    "kpi/ingest/plausibility/limits_beside.py LEAST": ["amount", "mean"],
    # Computed from the figure alone.
    "kpi/store/entering.py _CLAIM_NEEDS": ["complement", "share"],
    # Not of a single period.
    "kpi/views/comparison_diagrams.py OF_ONE_PERIOD": ["smaa", "udvikling"],
}  # fmt: skip


def tables() -> Iterator[tuple[str, frozenset[str]]]:
    """Each dict of the program that is written with words alone as keys: its place, its keys."""
    for room in ("kpi", "ui", "pages"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in _statements(tree):
                if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
                    node.value, ast.Dict
                ):
                    keys = [_word(key) for key in node.value.keys]
                    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                    if len(keys) > 1 and None not in keys:
                        place = f"{path.relative_to(ROOT).as_posix()} {ast.unparse(target)}"
                        yield place, frozenset(key for key in keys if key is not None)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements, also within others, without the expressions they are made of."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for statement in getattr(node, part, ()):
            yield statement
            yield from _statements(statement)


def _word(key: ast.expr | None) -> str | None:
    if isinstance(key, ast.Name):
        return CONSTANTS.get(key.id)
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None


def lacking() -> dict[str, list[str]]:
    """The tables whose keys are some words of a type, and the words of it that they lack."""
    of_tables = {}
    for place, keys in tables():
        kinds = [words for words in WORDS.values() if keys <= words]
        if kinds and keys not in kinds:
            of_tables[place] = sorted(min(kinds, key=len) - keys)
    return of_tables


def test_a_table_has_all_the_words_of_its_type() -> None:
    """Or lacks those that it lacked when it was looked at."""
    lacks = {(place, word) for place, words in lacking().items() for word in words}
    decided = {(place, word) for place, words in PARTIAL.items() for word in words}
    new, gone = sorted(lacks - decided), sorted(decided - lacks)
    assert not new, f"give each table the word, or name it in PARTIAL above, with why: {new}"
    assert not gone, f"the tables have these words now; take them out of PARTIAL above: {gone}"
