"""The documents say what the code does: commands, settings, pages, problem codes, answers."""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from kpi.cli.arguments import EXPORT_FORMATS, _parser
from kpi.domain.pages import FRONT_PAGE, PAGES
from kpi.domain.period import OVERLAPPING
from kpi.domain.problem_codes import PROBLEM_KINDS
from kpi.domain.vocabulary import BENCHMARKS, COMPARED_WITH, KIND_NAMES, KINDS
from kpi.ingest.mapping.recipe import _FACTORS, _SECTIONS, _TEXTS, parse_recipe
from kpi.ingest.table.formats import FORMATS, Format, Reader
from kpi.ingest.words.statuses import MEASURED_WORDS, STATUS_WORDS
from kpi.system.settings import SETTINGS
from kpi.views.new_changes import KIND_EXAMPLES
from tests.tables import for_each

ROOT = Path(__file__).resolve().parents[1]
README, COMMANDS_PAGE, SETTINGS_PAGE, INDICATORS_PAGE = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "docs/commands.md", "docs/settings.md", "docs/indicators.md")
)
SOURCES = {
    path: path.read_text(encoding="utf-8")
    for folder in ("kpi", "ui", "pages")
    for path in (ROOT / folder).rglob("*.py")
}
CODE = "\n".join(SOURCES.values())
ARGUMENTS = SOURCES[ROOT / "kpi" / "cli" / "arguments.py"]
ANSWERS = "\n".join(text for path, text in SOURCES.items() if path.name.endswith("answers.py"))
RECIPE_KEYS = [*_TEXTS, *_FACTORS, *_SECTIONS]


def missing(names: Iterable[str], pattern: str, text: str) -> list[str]:
    """The names of which nothing in a text is like the pattern, in which `{}` is the name."""
    known = list(names)
    assert known
    return [
        name for name in known if not re.search(pattern.replace("{}", re.escape(name)), text, re.M)
    ]


def test_every_command_export_option_setting_and_page_has_its_row() -> None:
    commands = set(re.findall(r'\bcommand\("(\w+)"', ARGUMENTS))
    options = set(re.findall(r'"--([a-z][a-z-]+)"', ARGUMENTS)) - {"help"}
    settings = set(re.findall(r'"(KPI_[A-Z_]+[A-Z])"', CODE))
    assert missing(commands, r"^\| .*`{}\b", COMMANDS_PAGE) == [], "no row in docs/commands.md"
    assert missing(EXPORT_FORMATS, r"^\| `export [^`]*\b{}\b", COMMANDS_PAGE) == [], (
        "no row in docs/commands.md"
    )
    assert missing(options, r"--{}", COMMANDS_PAGE) == [], "no row in docs/commands.md"
    assert missing(settings, r"^\| [^|]*`{}`[^|]* \|", SETTINGS_PAGE) == [], (
        "no row in docs/settings.md"
    )
    apart = settings ^ {*SETTINGS}
    assert not apart, f"not both read and in SETTINGS of kpi/system/settings.py: {apart}"
    rows = {path: rf"^\| {page.title} \| `/{path}" for path, page in PAGES.items()}
    rows[FRONT_PAGE] = rf"^\| {PAGES[FRONT_PAGE].title} \| `/`"
    without = [path for path, row in rows.items() if not re.search(row, README, re.M)]
    assert not without, f"pages without a row in README.md: {without}"


def test_every_choice_of_an_option_is_documented() -> None:
    """As `--size slide|half`: a word more is one that nobody else would miss."""
    text = COMMANDS_PAGE.replace("\\|", "|")
    lacking = [
        f"{option} {choice}"
        for option, choices in option_choices(_parser())
        for choice in choices
        if not re.search(rf"{option} [^\s\]`]*(?<![\w-]){re.escape(choice)}(?![\w-])", text)
    ]
    assert lacking == [], "not in docs/commands.md behind its option"


def option_choices(parser: argparse.ArgumentParser) -> Iterator[tuple[str, Sequence[str]]]:
    """Each option of a command that takes one of a few words, and these."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from option_choices(command)
        elif action.choices and action.option_strings:
            yield action.option_strings[-1], [*map(str, action.choices)]


def test_every_kind_and_benchmark_of_an_indicator_is_documented() -> None:
    benchmarks = filter(None, BENCHMARKS)
    for words, pattern in (
        (KINDS, r"`kind` \([^)]*\b{}\b"),
        (benchmarks, r"`benchmark` is [^:]*`{}`"),
    ):
        assert missing(words, pattern, INDICATORS_PAGE) == [], "not in docs/indicators.md"


def test_every_setting_is_read_in_one_place() -> None:
    read = re.findall(r'\benviron(?:\.get\(|\[)"(KPI_\w+)"', CODE)
    assert read
    assert sorted(read) == sorted(set(read)), "asked of the environment in two places"


def test_problem_codes_are_documented_by_severity() -> None:
    text = (ROOT / "docs" / "problem_codes.md").read_text(encoding="utf-8")
    parts = text.partition("\n## ")[0].split("\nWarnings, ")
    for severity, part in zip(("error", "warning"), parts, strict=True):
        rows = "".join(re.findall(r"^\| (`[^|]+)\|", part, re.M))
        documented = sorted(re.findall(r"`([a-z_]+)`", rows))
        known = sorted(code for code, kind in PROBLEM_KINDS.items() if kind.severity == severity)
        apart = {*documented} ^ {*known}
        assert documented == known, (
            f"not the same {severity}s in docs/problem_codes.md and PROBLEM_KINDS: {apart}"
        )


def test_every_format_is_given_by_a_reader_and_every_reader_reads_one() -> None:
    """One that no file is taken for would be a row of a table and nothing else."""
    given = "\n".join(text for path, text in SOURCES.items() if path.name != "formats.py")
    assert missing(FORMATS, r'"{}"', given) == [], "no reader of kpi/ingest/readers gives it"
    # tests/kpi/ingest/test_every_format.py reads a file of each.
    assert {known.reader for known in FORMATS.values()} == {*get_args(Reader)}


def test_every_list_of_periods_that_share_days_is_the_same() -> None:
    """SQL cannot ask the program."""
    lists = [
        re.findall(r"'(\w+)'", names)
        for names in re.findall(r"\bkind IN \(([^)]*'rolling_year'[^)]*)\)", CODE)
    ]
    assert lists
    apart = [names for names in lists if sorted(names) != sorted(OVERLAPPING)]
    assert apart == [], "SQL that names others than OVERLAPPING of kpi/domain/period.py"


def test_every_key_of_an_answer_is_documented() -> None:
    text = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    keys = set(re.findall(r'^\s+"(\w+)":', ANSWERS, re.M))
    assert missing(keys, r"`{}`", text) == [], "not in docs/answers.md"


def test_every_kind_of_comparison_is_documented() -> None:
    text = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    described = text.partition("Each comparison: ")[2].partition("`value`")[0]
    lacking = missing(COMPARED_WITH, r"`{}`", described)
    assert lacking == [], "not in docs/answers.md, behind »Each comparison«"


def test_every_place_that_names_a_kind_of_indicator_is_listed() -> None:
    """Whoever adds a kind has to decide there; a property in kinds.py needs no such place."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition("\n**A kind of indicator** ")[2].partition("\n### ")[0]
    listed = tuple(re.findall(r"`([a-z]+/[\w/.]+)`", section))
    words = "|".join(KINDS)
    # "count" and "mean" alone are words of many things.
    named = re.compile(
        rf"""\bkind\b.{{0,60}}['"](?:{words})['"]|WHEN '(?:{words})'"""
        """|["'](?:proportion|amount)["']"""
    )
    places = [
        path.relative_to(ROOT).as_posix().removeprefix("kpi/")
        for path, source in SOURCES.items()
        if named.search(source)
    ]
    assert len(places) > len(KINDS)
    unlisted = [place for place in sorted(places) if not place.startswith(listed)]
    assert unlisted == [], (
        "name a kind by its word: ask kpi/domain/kinds.py for the property, or list the module in "
        "docs/architecture.md, »A kind of indicator«"
    )


def test_a_form_has_an_example_of_every_kind() -> None:
    lacking = missing(KIND_NAMES.values(), r"\b{}: \S", KIND_EXAMPLES)
    assert lacking == [], "no example in KIND_EXAMPLES of kpi/views/new_changes.py"


def test_every_linked_document_exists() -> None:
    linked = set(re.findall(r"\]\((docs/[^)]+)\)", README))
    assert linked
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_the_formats_are_those_of_the_document() -> None:
    text = (ROOT / "docs" / "extracts.md").read_text(encoding="utf-8")
    table = text.partition("| format | what |\n")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]+)\|", table, re.M)))
    apart = {*named} ^ {*FORMATS}
    assert not apart, f"a row in docs/extracts.md, or in FORMATS, and not in both: {apart}"
    assert sorted(named) == sorted(FORMATS) == sorted(get_args(Format))


@for_each(
    ("column", "words"), [("status", STATUS_WORDS.values()), ("opgjort", MEASURED_WORDS.values())]
)
def test_the_words_of_a_column_are_those_that_people_are_told_to_write(
    column: str, words: Iterable[str]
) -> None:
    text = (ROOT / "docs" / "extracts.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(rf"`{column}` (?:is one of|says how)[^.]*", text)
    assert re.findall(r"`([^`]+)`", sentence)[1:] == [*words], "another list in docs/extracts.md"


def test_every_key_of_a_recipe_is_documented() -> None:
    text = (ROOT / "docs" / "extracts.md").read_text(encoding="utf-8")
    assert missing(RECIPE_KEYS, r"`\[?{}\]?`", text) == [], "not in docs/extracts.md"


@for_each("place", range(3))
def test_the_recipes_of_the_document_can_be_read(place: int) -> None:
    text = (ROOT / "docs" / "extracts.md").read_text(encoding="utf-8")
    recipe = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[place]
    parsed = parse_recipe(recipe, "eksempel")
    assert parsed.columns()
    assert (place == 2) == bool(parsed.sums and parsed.share)
    if place == 1:  # the one with every key that does not stand in for another
        said = {*re.findall(r"^\[?(\w+)", recipe, re.MULTILINE)}
        assert {*RECIPE_KEYS} - {"indicator_id", "constant", "sum", "share"} <= said


def test_every_program_that_a_document_names_exists() -> None:
    missing = []
    for document in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for name in re.findall(r"`?\b([\w./]*\w/\w+\.py)\b", document.read_text("utf-8")):
            # Within a table of rooms the first of the path is left out.
            if not any((ROOT / folder / name).exists() for folder in (".", "kpi", "kpi/ingest")):
                missing.append(f"{document.name}: {name}")
    assert missing == [], "a document names a module that is not there"


DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md",
    "kpi/export/docx/README.md", "kpi/export/pptx/README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)  # fmt: skip
# What documents write as code that is not of the program: files of a store or of `make`, words
# within files, and the names of other programs.
ELSEWHERE = ("var/", "KPI_HOME/", "originals/", "build/")
EXAMPLES = {
    "kr.", "pct.", "forel.", "Løbenr.", "n/a", "mænd/", "count_x", "OBS_FLAG", "RAS201_2024.csv",
    "includeSubDomains", "KPI_TOKEN_NAME",
}  # fmt: skip


@pytest.mark.every_case
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_name_of_a_document_is_one_of_the_program(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    names = [*dict.fromkeys(re.findall(r"`([A-Za-z_][\w./]*)(?:\(\))?`", text))]
    assert names
    own = [name for name in names if not name.startswith(ELSEWHERE) and name not in EXAMPLES]
    unknown = [name for name in own if not is_of_the_program(name)]
    assert unknown == [], f"{document} names what is nowhere in the program"


def is_of_the_program(name: str) -> bool:
    """Whether it is a file or folder, a module of a room with or without its name, or a name."""
    if any((ROOT / folder / name).exists() for folder in (".", "kpi", "kpi/ingest")):
        return True
    *folders, last = name.split("/")
    if folders == ["versions"]:
        return True  # a file of a store
    module, *attributes = last.split(".")
    if folders:
        return any(
            (ROOT / folder / "/".join(folders) / f"{module}.py").exists()
            for folder in (".", "kpi", "kpi/ingest")
        ) and words_of_the_program().issuperset(attributes)
    return words_of_the_program().issuperset((module, *attributes))


@cache
def words_of_the_program() -> frozenset[str]:
    """Every word of the program, its tests and its Makefile; looked up by the tests that ask."""
    written = [
        path.read_text(encoding="utf-8")
        for folder in ("kpi", "ui", "pages", "tests", "bench")
        for pattern in ("*.py", "*.sql")
        for path in (ROOT / folder).rglob(pattern)
    ]
    written.append((ROOT / "Makefile").read_text(encoding="utf-8"))
    return frozenset(re.findall(r"\w+", "\n".join(written)))
