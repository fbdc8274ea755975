"""Numbers cut by a text's mark-up, in base64 of UTF-16, with Roman months, or said as a day."""

from base64 import b64encode

from kpi.cpr.texts import text_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.kpi.cpr.test_split_few_rows import PERSONS
from tests.tables import for_each

_MARKS = (
    ("<![CDATA[", "]]>"), ("[b]", "[/b]"), ("[color=red]", "[/color]"), ("{b}", "{b}"),
    ("{color:red}", "{color}"), ("\\textbf{", "}"), ("\\textcolor{red}{", "}"), ("**", "**"),
    ("<b>", "</b>"),
)  # fmt: skip


@for_each(("opening", "closing"), _MARKS)
@for_each("cut", [(0, 6), (4, 6), (6, 6), (6, 8), (2, 4)])
def test_marks_around_a_part(opening: str, closing: str, cut: tuple[int, int]) -> None:
    for ten in PERSONS[:3]:
        first, last = cut
        dash = "-" if first == last == 6 else ""
        marked = f"{ten[:first]}{opening}{dash}{ten[first:last]}{closing}{ten[last:]}"
        text = marked if dash else marked.replace(ten[6:], f"-{ten[6:]}") if last < 8 else marked
        assert text_holds_number(f"se {text} her"), text
        assert is_refused(("sted", "note"), [("Aarhus", f"se {text} her")]), text


@for_each("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
@for_each("before", ["", "a", "ab", "CPR "])
def test_base64_of_letters_of_two_bytes(encoding: str, before: str) -> None:
    packed = b64encode(f"{before}251248-4916".encode(encoding)).decode()
    assert text_holds_number(packed), packed
    assert is_refused(("sted", "note"), [("Aarhus", packed)]), packed
    other = b64encode(f"{before}251348-4916".encode(encoding)).decode()
    assert not text_holds_number(other)


@for_each("month", ["xii", "XII", "Xii"])
@for_each("mark", [".", "-", "/", ". ", " "])
@for_each("between", ["-", " "])
def test_a_roman_month(month: str, mark: str, between: str) -> None:
    text = f"25{mark}{month}{mark}48{between}4916"
    assert text_holds_number(text)
    assert is_refused(("sted", "note"), [("Aarhus", text)])


@for_each(
    "text",
    ["d. 25 i 12. 1948 4916", "25 i 12. 1948-4916", "den 25. i 12. 1948, 4916", "25 i 12 48 4916",
     "den 25.12.1948, 4916", "d. 25.12.1948 4916"],
)  # fmt: skip
def test_a_day_as_it_is_said(text: str) -> None:
    assert text_holds_number(text)
    assert is_refused(("sted", "note"), [("Aarhus", text)])


@for_each(
    "text",
    ["3 i 4. kvartal 2012: 1234", "den 31.12.1948 4916", "den 25.12.1998 4916",
     "d. 25.12.1948 4916 ledige", "25 i 12. 1998 4916 borgere", "Kap. 5 i 12. 1998",
     "[Antal] 251248[1] af 4916[2]", "{0}251248{1}", "1 i 10 2012 4500"],
)  # fmt: skip
def test_what_only_looks_so(text: str) -> None:
    assert not text_holds_number(text)
    assert not is_refused(("sted", "note"), [("Aarhus", text)])
