"""The words to avoid: one word a thing in all that a person can read."""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kpi.cli.arguments import read_arguments
from kpi.domain.selection import DIAGRAMS
from kpi.domain.vocabulary import (
    SAME,
    STATE_NAMES,
    STATE_PREDICATES,
    STATUS_NAMES,
    VERDICT_NAMES,
)
from kpi.domain.wording import capital, in_text
from kpi.ingest.words.statuses import STATUS_WORDS, status_of
from tests.tables import for_each

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Avoided:
    """A word to avoid and the one to use; `allowed` names the files where it is right, and why."""

    pattern: str
    use: str
    allowed: tuple[str, ...] = ()


AVOIDED = (
    # What titles of sources say.
    Avoided(r"\bhovedtal", "nøgletal", ("kpi/ingest/checks/title_qualifiers.py",)),
    Avoided(r"målestok", "sammenligningsgrundlag"),
    Avoided(r"\bafstand", "forskel"),
    Avoided(r"\b(dom|domme|dommen|dømmes|dømt)\b", "vurdering"),
    # The verdicts that other programs read stay as they are: codes, not words.
    Avoided(
        r"(kan ikke|ikke) skelnes|skelnes fra", "ingen sikker forskel", ("kpi/cli/show_answers.py",)
    ),
    Avoided(r"ingen sammenligning", "kan ikke sammenlignes", ("kpi/cli/show_answers.py",)),
    Avoided(r"tilfældet (kan|alene)|end tilfældet|hvad tilfældet", "statistisk sikker"),
    Avoided(r"usikkerhed ukendt", "usikkerhed ikke beregnet"),
    Avoided(r"95[ \u00a0]% usikkerhed|usikkerhed \d", "sikkerhedsinterval"),
    # What these modules name are words that they read in a file.
    Avoided(
        r"\bikke angivet|ingen tal endnu|\budeladt",
        "ikke oplyst",
        (
            "kpi/ingest/checks/describing.py",
            "kpi/ingest/checks/part_of_file.py",
            "kpi/ingest/words/remark_words.py",
        ),
    ),
    Avoided(r"cirkatal", "omtrentligt tal"),
    Avoided(r"\bhule?t? mærke", "åben markør"),
    Avoided(r"\btal pr\. \{?\d?|dagens tal|kendt fra\b", "vist som Spor kendte tallene"),
    Avoided(r"til og med indlæsning", "datagrundlag: indlæsning 1-n"),
    Avoided(r"udgivelse nr|\b(er|blev) lagt ind", "indlæsning"),
    # A remark in a file.
    Avoided(
        r"(trukket|trækkes?|kommer|kom) tilbage",
        "fortrudt",
        ("kpi/ingest/words/remark_words.py",),
    ),
    Avoided(
        r"\bindfør(sel|slen|t|e|er)?\b|\bfør(e|er|t|es)? (\w+ ){0,3}ind\b",
        "registrér",
        # What the plan itself says of the municipality's doings.
        ("data/initiative.csv", "data/initiative_status.csv", "data/indicator.csv"),
    ),
    # What earlier templates called a column or status that is still read.
    Avoided(
        r"\btilstand",
        "status",
        ("kpi/tables/spec.py", "kpi/plan/files.py", "ui/plan.py", "ui/plan_entry.py"),
    ),
    Avoided(r"omtalt første gang", "ny i opfølgningen"),
    # What earlier templates called a status that is still read.
    Avoided(r"\bblokeret", "afventer", ("kpi/tables/spec.py",)),
    Avoided(r"mangler nyt", "mangler statusopdatering"),
    Avoided(r"\bdengang\b", "datoen selv"),
    # What people write beside their own figures.
    Avoided(
        r"regnet (efter|ud)\b|\budregnet|\bregnestykke",
        "beregnet",
        ("kpi/ingest/words/remark_words.py",),
    ),
    Avoided(r"personnum", "CPR-nummer"),
    Avoided(r"\b(læg|lægge|lægges|lagt) (\w+ ){0,2}op\b", "indlæs, vælg fil"),
    Avoided(r"kolonne\w* (\w+ )?holder\b|\bholder (hvad|tallet)|hvad den holder", "indeholder"),
    Avoided(r"\bse efter", "kontrollér"),
    Avoided(r"^alvor$|^fandt$", "Type, I filen står"),
    Avoided(r"\branger(ing|es)", "placering"),
    Avoided(r"prikdiagram", "punktdiagram"),
    Avoided(r"retning er bedst", "hverken højere eller lavere er bedre"),
    Avoided(r"\bsomaliere", "borgere med somalisk baggrund"),
    Avoided(r"lavet underretning", "underretning om et barn"),
    # Danmarks Statistik's own title, which the glossary explains, and what heads of sources say.
    Avoided(
        r"\bultimo\b",
        "ved udgangen af",
        (
            "data/abbreviation.csv",
            "data/source.csv",
            "data/recipes/ras200.toml",
            "kpi/ingest/checks/bases.py",
            "kpi/ingest/checks/meant.py",
            "kpi/ingest/checks/named_months.py",
            "kpi/ingest/checks/title_measures.py",
            "kpi/ingest/checks/title_periods.py",
            "kpi/ingest/checks/title_spans.py",
            "kpi/ingest/checks/unfinished_periods.py",
            "kpi/ingest/words/written_periods.py",
        ),
    ),
    Avoided(r"låses op", "før du kan udgive"),
    Avoided(r"på nettet|\brøg\b", "internetforbindelse, afbrudt"),
    Avoided(r"\b(i|siden) \d{4}/\d{4}", "skoleåret"),
    Avoided(r"\bén af (\w+ )?(nøgletal|tal|områder|udsagn)\b", "ét af"),
)
_SQL = re.compile(r"\b(SELECT|INSERT|CREATE|DELETE|UPDATE|ALTER|JOIN)\b")
# What is read by a machine: an id, a key, an address, a style.
_NO_WORDS = re.compile(r"[a-z0-9_./:{}#-]*")


@cache
def _texts_of_code(path: Path) -> tuple[tuple[int, str], ...]:
    """The strings of a module that a person may read, with their lines: no docstrings, no SQL."""
    texts: list[tuple[int, str]] = []
    passed: set[int] = set()
    # A docstring's statement comes before its text.
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            if node.body and isinstance(node.body[0], ast.Expr):
                passed.add(id(node.body[0].value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if id(node) not in passed and not _SQL.search(text) and not _NO_WORDS.fullmatch(text):
                texts.append((node.lineno, text))
    return tuple(texts)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py":
        yield from _texts_of_code(path)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                # Former names are for reading older files; no page shows them.
                cells = (cell for name, cell in row.items() if name != "aliases")
                yield rows.line_num, "\n".join(cells)
    else:
        yield from enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1)


def _files() -> list[str]:
    code = [path for folder in ("kpi", "ui", "pages") for path in (ROOT / folder).rglob("*.py")]
    words = [*(ROOT / "ui" / "texts").glob("*.md"), *(ROOT / "data").rglob("*.csv")]
    every = [*code, *words, *(ROOT / "data" / "recipes").glob("*.toml")]
    return sorted(path.relative_to(ROOT).as_posix() for path in every)


def avoided_words(text: str, name: str = "") -> list[str]:
    """The words to avoid in a text of a file, each with the one to use."""
    return [
        f"»{match[0]}«: {avoided.use}"
        for avoided in AVOIDED
        if name not in avoided.allowed
        and (match := re.search(avoided.pattern, text, re.IGNORECASE | re.MULTILINE))
    ]


def test_no_word_to_avoid_stands_where_a_person_reads() -> None:
    avoided: list[str] = []
    for name in _files():
        texts = [*_texts(ROOT / name)]
        # A file is searched at once: it has thousands of texts, and hardly ever such a word.
        if avoided_words("\n".join(text for _, text in texts), name):
            avoided += [
                f"{name}:{line} {words}"
                for line, text in texts
                if (words := avoided_words(text, name))
            ]
    assert avoided == [], "words to avoid: what to say instead is above"


def test_a_state_and_no_certain_difference_are_called_as_the_vocabulary_says() -> None:
    """Also within sentences, so that a new word for it is written once."""
    for state, predicate in STATE_PREDICATES.items():
        assert predicate.removeprefix("er ") == in_text(STATE_NAMES[state])
    level = VERDICT_NAMES[SAME]
    words = "|".join(map(re.escape, (*STATE_PREDICATES.values(), level, capital(level))))
    called = re.compile(rf"\b(?:{words})\b")
    folders = ("kpi/views", "kpi/exhibits", "kpi/export", "kpi/plan", "ui", "pages")
    assert [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for line, text in _texts_of_code(path)
        if called.search(text)
    ] == [], "written out, and not taken from kpi/domain/vocabulary.py"


def test_a_status_that_a_person_is_told_to_write_is_one_that_is_read() -> None:
    """Told in one way, so that a new word for it is written where it is read and nowhere else."""
    words = "|".join(map(re.escape, {*STATUS_WORDS.values(), *STATUS_NAMES.values()}))
    written = re.compile(rf"»(?:{words})«")
    assert [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in (ROOT / "kpi").rglob("*.py")
        for line, text in _texts_of_code(path)
        if written.search(text)
    ] == [], "written out: `status_to_write` has the word"
    words_of = (*STATUS_NAMES.values(), *STATUS_WORDS.values())
    unread = [name for name in words_of if status_of(name) is None]
    assert unread == [], "not among _STATUSES of kpi/ingest/words/statuses.py"


def test_the_reading_guide_names_every_diagram() -> None:
    guide = (ROOT / "ui" / "texts" / "saadan_laeses_tallene.md").read_text(encoding="utf-8")
    lacking = [name for name in DIAGRAMS.values() if f"**{name}" not in guide]
    assert lacking == [], "not told how to read it in ui/texts/saadan_laeses_tallene.md"


COMMANDS = (
    "init", "show", "check", "publish", "withdraw", "backup", "restore", "batches", "enter",
    "entries", "undo", "claims", "export",
)  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], *([command, "--help"] for command in COMMANDS)])
def test_the_command_line_explains_itself_in_the_same_words(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_arguments(arguments)
    help_text = " ".join(capsys.readouterr().out.split())
    assert "Brug: " in help_text
    assert avoided_words(help_text) == []
    # What argparse would say in English.
    assert not re.search(r"\b(usage|options|positional|show this)\b", help_text)


@for_each(
    ("text", "is_avoided"),
    [
        ("Kan ikke skelnes fra Viby Syd", True),
        ("Før rækkerne ind", True),
        ("Indførsel nr. 3", True),
        ("før indlæsningen", False),
        ("Filen beholder sine kolonner", False),
        ("Prikdiagram. Fravær", True),
        ("Ingen sikker forskel fra Viby Syd", False),
        ("læg filen op", True),
        ("en hul cirkel", False),
        ("afstanden til hele landet", True),
    ],
)
def test_the_table_finds_what_it_should(text: str, is_avoided: bool) -> None:
    assert bool(avoided_words(text)) is is_avoided


# A name for whatever a loop or a call gives: a reader has to look up what it is.
_VAGUE = {"one", "found", "told", "thing", "stuff"}
_VAGUE_SET = re.compile(rf"\b({'|'.join(sorted(_VAGUE))})\b(, \w+|,?\))*( =| in |:| \+=)")


def vague_variables(code: str) -> list[str]:
    """Variables of these names; fields are read with the name of what they are of."""
    tree = ast.parse(code)
    fields = {
        statement.target
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign)
    }
    return [
        f"{node.lineno} {node.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        if node.id in _VAGUE and node not in fields
    ]


def test_variables_name_what_they_hold() -> None:
    assert vague_variables("for one in rows:\n    (found,) = one\n") == ["1 one", "2 found"]
    folders = ("kpi", "ui", "pages", "bench", "tools", "tests")
    assert [
        f"{path.relative_to(ROOT)}:{place}"
        for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
        if _VAGUE_SET.search(code := path.read_text(encoding="utf-8"))
        for place in vague_variables(code)
    ] == [], "a name that says nothing"


_OF_ANOTHER = re.compile(r"The same(?:[,.;]| (?:as|of|with|where|for|without|inside|by|from)\b)")


def docstrings_of_another(code: str) -> list[str]:
    """Docstrings that say what another's says: read alone, as editors show them, they are empty."""
    return [
        f"{node.lineno} {node.name}"
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if _OF_ANOTHER.match(ast.get_docstring(node) or "")
    ]


def test_a_docstring_is_read_without_the_one_before_it() -> None:
    code = 'def rank():\n    """The same of some areas."""\ndef kept():\n    """The same rows."""\n'
    assert docstrings_of_another(code) == ["1 rank"]
    assert [
        f"{path.relative_to(ROOT)}:{place}"
        for folder in ("kpi", "ui", "pages", "bench", "tools")
        for path in (ROOT / folder).rglob("*.py")
        if '"""The same' in (code := path.read_text(encoding="utf-8"))
        for place in docstrings_of_another(code)
    ] == [], "says only what the docstring before it says"
