"""The style of the pages costs a chart nothing: no rule of it is tried on each of its elements."""

import re
from pathlib import Path

import pytest

from ui.keys import beginnings

STYLE = Path(__file__).parents[2] / "ui" / "spor.css"
PAPER = STYLE.with_name("papir.css")
# A selector that mentions keys of containers by how they begin (ui/keys.js).
BY_BEGINNING = "[data-key-"
# What stands in brackets, which may have brackets in it.
WITHIN = r"((?:[^()]|\([^()]*\))*)"


def parts(selector: str, marks: str) -> list[str]:
    """The selector split at the marks, those within brackets left alone."""
    depth, split = 0, [""]
    for letter in selector:
        depth += (letter in "([") - (letter in ")]")
        if depth or letter not in marks:
            split[-1] += letter
        else:
            split.append("")
    return [part.strip() for part in split if part.strip()]


def selectors(style: str) -> list[str]:
    """Every selector of the style, those within media queries too."""
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    heads = [head.split(";")[-1].strip() for head in re.findall(r"([^{}]+)\{", bare)]
    return [each for head in heads if not head.startswith("@") for each in parts(head, ",")]


def names_something(selector: str) -> bool:
    """Whether the selector's last part names a tag, class or attribute in each of its cases."""
    last = parts(selector, " >+~")[-1]
    for cases in re.findall(rf":(?:is|where)\({WITHIN}\)", last):
        if all(names_something(case) for case in parts(cases, ",")):
            return True
    without = re.sub(rf":[\w-]+(\({WITHIN}\))?", "", last)
    return bool(re.match(r"[a-z.#\[]", without))


def test_no_rule_concerns_every_element() -> None:
    """One that ends in `*` or `:nth-child(2)` has what is drawn styled anew at each step."""
    by_beginning = [each for each in selectors(STYLE.read_text("utf-8")) if BY_BEGINNING in each]
    assert len(by_beginning) > 50
    assert [each for each in by_beginning if not names_something(each)] == []


@pytest.mark.every_case
@pytest.mark.parametrize("selector", [
    "[data-key-kort] > *",
    "[data-key-kort] > :nth-child(2)",
    "[data-key-kort] td:last-child :is(p, *)",
])  # fmt: skip
def test_a_rule_that_does_is_seen(selector: str) -> None:
    assert selectors(f"@media print {{ {selector} {{ margin: 0; }} }}") == [selector]
    assert not names_something(selector)


def test_no_rule_looks_for_a_part_of_a_class() -> None:
    """It would be tried on every element, and anew below each one whose class changes."""
    styles = {path: path.read_text("utf-8") for path in (STYLE, PAPER)}
    partial = {path.name: re.findall(r"\[class[^\]]*\]", style) for path, style in styles.items()}
    assert partial == {"spor.css": [], "papir.css": []}


def test_every_beginning_that_the_style_names_is_one_of_a_key() -> None:
    """`data-key-kort` is put on what is called `kort-…` (ui/keys.js); else its rules are dead."""
    folder = STYLE.parent
    scripts = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    named = beginnings()
    assert {"kort", "kort3", "profilgitter-post-tal", "udvalg-op"} <= {*named}
    # How many columns of cards there are, and what kind of line a figure has, stands in braces.
    written = re.sub(r"kort\{columns\}", "kort2- kort3- kort4-", scripts)
    kinds = " ".join(f"profilgitter-post-{kind}-" for kind in ("raekke", "antal", "tal"))
    written = written.replace("profilgitter-post-{kind}-", kinds)
    lacking = [each for each in named if not re.search(rf'["\s]{each}-', written)]
    assert lacking == [], "rules of ui/spor.css or ui/papir.css for keys that nothing in ui/ has"


def test_what_the_style_names_is_drawn_in_one_place() -> None:
    """What is meant for one page would otherwise be done to another's of the same name, too."""
    root = STYLE.parents[1]
    modules = [*root.glob("ui/*.py"), *root.glob("pages/*.py")]
    scripts = "".join(path.read_text("utf-8") for path in sorted(modules))
    style = STYLE.read_text("utf-8") + PAPER.read_text("utf-8")
    named = set(re.findall(r"\.st-key-([\w-]+)", style))
    assert {"spalter-nyt", "spalter-opret", "soeg"} <= named
    drawn = {
        name: scripts.count(f'key="{name}"')
        + scripts.count(f'two_columns("{name.removeprefix("spalter-")}"')
        for name in named
    }
    assert {name: places for name, places in drawn.items() if places > 1} == {}


def test_what_holds_something_is_named_by_its_class() -> None:
    """What is put in a page matters only where a class or tag that `:has` names is in it."""
    sought = re.findall(rf":has\({WITHIN}\)", STYLE.read_text("utf-8"))
    wide = [each for each in sought if "[data-testid" in each or BY_BEGINNING in each]
    # Within the bar, a list of dates, and the button of the day.
    assert set(wide) == {
        '> [data-testid="stExpandSidebarButton"]',
        '> div > [data-testid="stExpandSidebarButton"]',
        '[data-testid="stIconMaterial"]',
        '> [data-testid="stIconMaterial"]',
    }


def test_no_field_drops_what_is_pasted() -> None:
    """A field with a limit ignores a longer paste without a word; kpi/domain/lengths.py says it."""
    root = STYLE.parents[1]
    scripts = [path for folder in ("ui", "pages") for path in (root / folder).glob("*.py")]
    assert len(scripts) > 100
    assert [path.name for path in scripts if "max_chars" in path.read_text()] == []
