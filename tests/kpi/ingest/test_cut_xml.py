"""Elements are taken out of XML byte by byte, wherever its pieces end."""

import random

from kpi.ingest.gate.cut_xml import without_elements, without_remarks

_CHANCE = random.Random(3)


def tree(depth: int) -> tuple[bytes, bytes]:
    """A tree of elements, and the same without those that are called `b`."""
    whole = left = b""
    for _ in range(_CHANCE.randint(0, 4)):
        name = _CHANCE.choice("abcd")
        attribute = _CHANCE.choice(["", ' x="a>b"', " y='/>'"])
        if _CHANCE.random() < 0.3:
            element = kept = f"<{name}{attribute}{_CHANCE.choice(['/>', ' />'])}".encode()
        else:
            inner, inner_left = tree(depth + 1) if depth < 5 else (b"x", b"x")
            start, end = f"<{name}{attribute}>".encode(), f"</{name}>".encode()
            element, kept = start + inner + end, start + inner_left + end
        text = _CHANCE.choice(["", "tekst", "<!--<b>-->", "æ"]).encode()
        whole, left = whole + element + text, left + (b"" if name == "b" else kept) + text
    return whole, left


def test_only_what_is_dropped_is_gone() -> None:
    for _ in range(500):
        whole, left = (b"<r>" + content + b"</r>" for content in tree(0))
        size = _CHANCE.randint(1, 40)
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert b"".join(without_elements(pieces, lambda _, name: name == "b")) == left


def test_letters_of_two_bytes_stay() -> None:
    content = "<r><b/></r>".encode("utf-16")
    assert b"".join(without_elements([content], lambda _, name: name == "b")) == content


def test_remarks_are_gone_wherever_pieces_end() -> None:
    kept = ('<?xml version="1.0"?>', "<r>", "<c t='s'>", "<v>1</v>", "<![CDATA[<!--x--> <?y?>]]>",
            "</c>", "æ > b", "<d/>", "</r>")  # fmt: skip
    remarks = ("<!-- a > <b> -->", "<?mso x='>'?>", "<!---->", "")
    for _ in range(300):
        parts = [part + _CHANCE.choice(remarks) for part in kept]
        whole, size = "".join(parts).encode(), _CHANCE.randint(1, 40)
        pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
        assert b"".join(without_remarks(pieces)) == "".join(kept).encode()
    wide = "<r><!-- x --></r>".encode("utf-16")
    assert b"".join(without_remarks([wide])) == wide
