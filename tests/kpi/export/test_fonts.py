"""The typefaces: how wide a text is, how it is broken, and what an SVG carries with it."""

from kpi.export.fonts import FACES, SANS, SANS_BOLD
from kpi.export.lettering import Block, in_xml, wrapped
from tests.tables import for_each


@for_each(
    ("text", "lines"),
    [
        ("Aarhus", ["Aarhus"]),
        ("Aarhus ligger under hele landet", ["Aarhus ligger", "under hele", "landet"]),
        ("x" * 20, ["x" * 12, "x" * 8]),  # no space to break at
        ("", []),
        ("ca.\u00a020 procent", ["ca.\u00a020", "procent"]),  # never at a no-break space
    ],
)
def test_a_text_is_broken_where_a_line_is_full(text: str, lines: list[str]) -> None:
    assert wrapped(text, SANS, 20, width=SANS.width("Aarhus ligger", 20)) == lines


def test_bold_is_wider_and_every_face_has_the_danish_letters() -> None:
    assert SANS_BOLD.width("Gellerup", 20) > SANS.width("Gellerup", 20)
    assert all(face.has(letter) for face in FACES for letter in "æøåÆØÅé−–»«·%½\u00a0")
    assert not SANS.has("😀")


def test_an_embedded_face_is_the_latin_letters_alone() -> None:
    for face in FACES:
        assert face.embedded.startswith(f'@font-face{{font-family:"{face.family}"')
        assert 10_000 < len(face.embedded) < 60_000


@for_each(
    ("text", "written"),
    [
        ("<b>1 & 2</b>", "&lt;b&gt;1 &amp; 2&lt;/b&gt;"),
        ("a\nb\tc", "a b c"),
        ("a\x00\x07\ud83d\ufffeb", "ab"),  # not allowed in XML at all
    ],
)
def test_any_text_stands_in_an_svg(text: str, written: str) -> None:
    assert in_xml(text) == written


def test_a_block_grows_with_its_lines() -> None:
    block = Block(300)
    block.text([], SANS, 20, "#000")
    assert block.height == 0
    block.text(["a", "b"], SANS, 20, "#000", space=10)  # no space above the first
    assert block.height == 54
    block.text(["c"], SANS, 20, "#000", space=10)
    assert block.height == 91
