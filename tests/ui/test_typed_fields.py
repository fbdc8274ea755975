"""Every field that is typed in: of a kind whose press `ui/browser.js` holds until it is sent."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tables import for_each

UI = Path(__file__).resolve().parents[2] / "ui"
# Of these a press right after typing waits (FIELD in browser.js), and a form sends its own.
HELD = {"text_input", "text_area", "number_input", "date_input", "data_editor"}
# Streamlit's other fields that hold what is typed. One that comes into use is tried in
# tests/browser/test_typing_and_clicking.py first: it may send what was typed later than those.
OTHERS = {"chat_input", "time_input", "datetime_input", "color_picker"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of `st.something(...)`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "st"
        ):
            yield node


def named(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


TREES = {
    path.name: ast.parse(path.read_text(encoding="utf-8"))
    for folder in (UI, UI.parent / "pages")
    for path in folder.glob("*.py")
}


def test_fields_are_of_known_kinds() -> None:
    used = {named(call) for tree in TREES.values() for call in calls(tree)}
    assert used >= HELD
    assert not used & OTHERS


WITH_FORM = [
    name for name, tree in TREES.items() if any(named(call) == "form" for call in calls(tree))
]


@for_each("file", WITH_FORM)
def test_a_form_is_sent_by_its_button_alone(file: str) -> None:
    """A key pressed by mistake publishes nothing, and the button sends what is on the screen."""
    forms = [call for call in calls(TREES[file]) if named(call) == "form"]
    for form in forms:
        sent = {word.arg: ast.unparse(word.value) for word in form.keywords}
        assert sent.get("enter_to_submit") == "False"
        assert "clear_on_submit" not in sent
    assert any(named(call) == "form_submit_button" for call in calls(TREES[file]))


def test_the_script_in_the_page_knows_each_kind() -> None:
    script = (UI / "browser.js").read_text(encoding="utf-8")
    (fields,) = (line for line in script.splitlines() if line.startswith("const FIELD ="))
    # Boxes that take one's own words have them chosen when they are left (OWN_WORDS there).
    assert "data-key=__creatable__" in script
    # A number's field and a line of text are inputs, a day's parts are spin buttons.
    for selector in ("input:not([role=combobox], [type=file])", "textarea", "[role=spinbutton]"):
        assert selector in fields
