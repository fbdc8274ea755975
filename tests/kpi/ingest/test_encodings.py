"""Which encoding a text is in, and letters that were broken before, by known words."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.encodings import (
    broken_word,
    encoding_of_part,
    known_words,
    narrow_encoding,
    refuse_broken,
)
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk, read
from tests.kpi.ingest.made_files import ods, ods_sheet, parquet_file
from tests.tables import for_each

SAMPLES = Path(__file__).parents[2] / "samples"
TABLE = "nøgletal;område;periode;værdi\nrate;Århus;2024;56,3\nrate;Odense;2024;40,2\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850",
             "mac_roman", "iso8859-15", "cp865"]  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_template_is_read_in_any_encoding(tiny: Desk, encoding: str) -> None:
    checked = tiny.check(TABLE.encode(encoding))
    assert not [problem for problem in checked.problems if problem.severity == "error"]
    assert [(observation[0], observation[3]) for observation in read(checked)] == [
        ("aarhus", 56.3),
        ("odense", 40.2),
    ]


# A byte order mark, and the encoding behind it.
WITH_MARK = [
    *((b"", encoding) for encoding in ENCODINGS),
    (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"),
]  # fmt: skip
# Where a number may stand in a file, a text in its place.
PLACES = {
    "above": f"Note: {{}}\n{TABLE}",
    "above, apart": f"Note: {{}}\n\n{TABLE}",
    "head": TABLE.replace("værdi", "værdi {}", 1),
    "cell": TABLE.replace("Odense", "{}", 1),
    "broken row": TABLE.replace("rate;Odense", "{} x;y;z;rate;Odense", 1),
    "row without the others": f"{TABLE}{{}}\n",
    "below": f"{TABLE}Note: Ida Holm {{}} mangler\n",
    "below, apart": f"{TABLE}\nNote: Ida Holm {{}} mangler\n",
    "below, at the end": f"{TABLE}\n\nKilde: egen\n\nIda {{}}",
}


@for_each(("mark", "encoding", "place"), [(*each, place) for each in WITH_MARK for place in PLACES])
def test_a_cpr_number_is_found_anywhere_in_any_encoding(
    tiny: Desk, mark: bytes, encoding: str, place: str
) -> None:
    def codes(text: str) -> set[str]:
        content = mark + PLACES[place].format(text).encode(encoding)
        return {problem.code for problem in tiny.check(content).problems}

    assert "personal_data" in codes("251248-4916")
    assert "personal_data" not in codes("ukendt")


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@given(words=st.lists(st.sampled_from(sorted(known_words())), min_size=1, max_size=5))
def test_any_known_word_proves_its_encoding(encoding: str, words: list[str]) -> None:
    text = ";".join(words) + "\nx;æøå ÆØÅ éü\n"
    for written in (text, text.title()):
        content = written.encode(encoding)
        assert content.decode(narrow_encoding(content)) == written


@for_each(
    ("content", "encoding"),
    [
        (b"a;b\nstore bogstaver;\xe6\xf8\xe5\n", "cp1252"),  # nothing proves another
        (b"a;b\n1;\x81\n", "cp1252"),
        ("område;€\n".encode("cp1252"), "cp1252"),
        ("område;€\n".encode("iso8859-15"), "iso8859-15"),
        ("område;Košice\n".encode("iso8859-15"), "iso8859-15"),
        ("område;½ år\n".encode("cp1252"), "cp1252"),
        ("område;Košice – €\n".encode("cp1252"), "cp1252"),
        ("OMRÅDE;KØN\n".encode("cp850"), "cp850"),
        ("Lyngby-Taarbæk;Høje-Taastrup\n".encode("mac_roman"), "mac_roman"),
    ],
)
def test_narrow_encodings(content: bytes, encoding: str) -> None:
    assert narrow_encoding(content) == encoding


# What wrote a text, and what misread it.
MISREAD = [
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "mac_roman"), ("utf-8", "cp850"),
    ("utf-8", "cp437"), ("cp1252", "mac_roman"), ("cp850", "latin-1"), ("cp1252", "cp850"),
    ("mac_roman", "latin-1"), ("mac_roman", "cp850"), ("cp850", "mac_roman"),
    ("cp1252", "cp437"),
]  # fmt: skip


# The rows of the other formats are looked at by the same rule, each read in a process of its own.
@pytest.mark.parametrize(
    ("written_as", "read_as", "kind"),
    [
        *((*misread, "csv") for misread in MISREAD),
        *((*misread, kind) for misread in MISREAD[::5] for kind in ("ods", "parquet")),
    ],
)
def test_broken_letters_are_named(tiny: Desk, written_as: str, read_as: str, kind: str) -> None:
    """Whatever wrote and misread it, in any format, and saved again as it should be."""
    broken = TABLE.encode(written_as).decode(read_as, "replace")
    rows = [line.split(";") for line in broken.strip().split("\n")]
    made: dict[str, Callable[[], bytes]] = {
        "csv": broken.encode,
        "ods": lambda: ods(ods_sheet(rows)),
        "parquet": lambda: parquet_file(
            {head: list(cells) for head, *cells in zip(*rows, strict=True)}
        ),
    }
    (problem,) = tiny.check(made[kind]()).problems
    assert (problem.code, problem.severity) == ("encoding", "error")
    assert "ilen er gemt med forkert tegnsæt" in problem.message
    assert "UTF-8" in problem.hint


@for_each(
    ("text", "broken"),
    [
        ("nÃ¸gletal", ("nÃ¸gletal", "nøgletal")),
        ("Ã…rhus", ("Ã…rhus", "Århus")),
        ("i KÃ¸benhavn og", ("KÃ¸benhavn", "København")),
        ("smÃ¸rrebrÃ¸d", ("smÃ¸rrebrÃ¸d", "smørrebrød")),  # no known word is needed
        ("omr?de", ("omr?de", "område")),
        ("omr\ufffdde", ("omr\ufffdde", "område")),
        ("\ufffdlborg Nord", ("\ufffdlborg", "")),
        ("område", None),
        ("Er det år 2024?", None),
        ("hvad?her", None),
        ("Ærø – Samsø · 5 m² à 12 € “citat” ½", None),
        ("François Müller, Łódź, São Paulo, Ýmir, ÎLE, Ñandú", None),
        ("", None),
    ],
)
def test_broken_word(text: str, broken: tuple[str, str] | None) -> None:
    assert broken_word([text]) == broken


def test_broken_letters_far_down_are_named_at_their_line(tiny: Desk) -> None:
    text = TABLE + "rate;odense;2023;1\n" * 300 + "rate;KÃ¸benhavn;2024;3\n"
    (problem,) = tiny.check(text).problems
    assert (problem.code, problem.row) == ("encoding", 304)
    assert "»KÃ¸benhavn« for »København«" in problem.message


@for_each(
    "path", sorted(path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".px", ".json"})
)
def test_no_sample_is_called_broken(path: Path) -> None:
    recognised = recognise(Upload(path.name, path.read_bytes()))
    lines = [(None, line.split(";")) for line in recognised.text.splitlines()[:2000]]
    assert [cells for _, cells in lines if broken_word(cells)] == []
    refuse_broken(lines, recognised.content)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_answered(text: str) -> None:
    with suppress(RefusedError):
        refuse_broken([(1, [text])], text.encode())
    assert narrow_encoding(text.encode("cp850", "replace"))


def test_known_words_are_worked_out_once_and_no_file_is_kept() -> None:
    """What is kept of a call keeps what it was given: a file may be of 200 MB, and of persons."""
    assert known_words() is known_words()
    assert not hasattr(encoding_of_part, "cache_info")
