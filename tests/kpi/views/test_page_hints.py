"""What to do is said on the page in the page's words: no option of the command line, no TOML."""

import ast
import re
from pathlib import Path

from kpi.views.upload_problems import page_hint

REPOSITORY = Path(__file__).resolve().parents[3]
# Faults of a recipe's file, which is TOML, and of a ZIP that is asked for one of its files: on the
# page all of them are read.
_OF_FILES = {"recipe.py", "recipe_sections.py"}
_MARKS = re.compile(
    r"\[(?:constant|keep|group|indicator|ignore|status|area|period)\]|--[a-z]|python -m"
)


def _hints() -> list[str]:
    """All literal texts of the checks that name such a thing, but for docstrings."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((REPOSITORY / "kpi" / "ingest").rglob("*.py"))
        if path.name not in _OF_FILES
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    literals = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]
    whole = [text for text in literals if text.endswith(".") and text[:1].isupper()]
    return [text for text in dict.fromkeys(whole) if _MARKS.search(text) and "SELECT" not in text]


def test_the_page_says_them_in_its_own_words() -> None:
    hints = _hints()
    assert len(hints) > 10
    assert [hint for hint in hints if _MARKS.search(page_hint(hint))] == []
