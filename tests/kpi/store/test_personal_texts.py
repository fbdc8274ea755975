"""Whatever a person types to be kept is refused with a CPR number, by every function that keeps it.

The functions are found by walking the modules: a new one that takes a name, a reason or a note is
missed here until it is tried.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import kpi.export
import kpi.fetch
import kpi.store
from kpi.additions.model import ADDABLE
from kpi.domain.errors import KpiError, RowsRefusedError
from kpi.domain.lengths import MOST_IN_NAME, MOST_IN_NOTE
from kpi.fetch import deciding
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import (
    adding,
    entering,
    kept_files,
    purging,
    upload_job,
    uploads,
    withdrawing_entries,
)
from kpi.store.versions import current_version
from kpi.tables.spec import COLUMNS, ENTERED
from tests.tables import for_each

TYPED = {"by", "why", "note", "origin", "text", "name", "title"}
# They take such a text and keep nothing of it themselves.
ONLY_READ = {"published_file", "signed", "order_of_batch", "order_of_entry", "waiting_of"}
NUMBERS = ("010190-1234", "om 25.12.48-4916", "251248%2D4916", "251248\u200d4916",
           "251248(4916)", "4916-251248", "25. december 1948 / 4916", "2O1248-4916")  # fmt: skip
Call = Callable[[str, Path], object]
KEPT = Upload("a.csv", b"a;b\n1;2\n")
WRITERS: dict[str, dict[str, Call]] = {
    "publish": {
        "by": lambda text, home: uploads.publish(KEPT, None, text, "note", home),
        "note": lambda text, home: uploads.publish(KEPT, None, "Ida", text, home),
    },
    "publish_as_read": {
        "by": lambda text, home: upload_job.publish_as_read(
            KEPT, Choices(), text, "note", (), home
        ),
        "note": lambda text, home: upload_job.publish_as_read(
            KEPT, Choices(), "Ida", text, (), home
        ),
    },
    "withdraw": {
        "by": lambda text, home: uploads.withdraw(1, text, "why", home),
        "why": lambda text, home: uploads.withdraw(1, "Ida", text, home),
    },
    "purge": {
        "by": lambda text, home: purging.purge(2, text, "why", home),
        "why": lambda text, home: purging.purge(2, "Ida", text, home),
    },
    "purge_entry": {
        "by": lambda text, home: purging.purge_entry(1, text, "why", home),
        "why": lambda text, home: purging.purge_entry(1, "Ida", text, home),
    },
    "purge_claim": {
        "by": lambda text, home: purging.purge_claim("a", text, "why", home),
        "why": lambda text, home: purging.purge_claim("a", "Ida", text, home),
    },
    "remove_kept": {
        "name": lambda text, home: kept_files.remove_kept("recipes", text, "Ida", "why", home),
        "by": lambda text, home: kept_files.remove_kept("recipes", "a", text, "why", home),
        "why": lambda text, home: kept_files.remove_kept("recipes", "a", "Ida", text, home),
    },
    "approve": {
        "by": lambda text, home: deciding.approve("a", text, "note", home),
        "note": lambda text, home: deciding.approve("a", "Ida", text, home),
    },
    "throw_away": {
        "by": lambda text, home: deciding.throw_away("a", text, "why", home),
        "why": lambda text, home: deciding.throw_away("a", "Ida", text, home),
    },
    "keep_recipe": {
        "text": lambda text, home: uploads.keep_recipe(f"# {text}", "min", home),
        "name": lambda _, home: uploads.keep_recipe("", "om_0101901234", home),
    },
    "enter": {
        "by": lambda text, home: entering.enter({}, text, home),
        "origin": lambda text, home: entering.enter({}, "Ida", home, origin=text),
    },
    "add": {
        "by": lambda text, home: adding.add("theme", [], text, home),
        "origin": lambda text, home: adding.add("theme", [], "Ida", home, origin=text),
    },
    "withdraw_entry": {
        "by": lambda text, home: withdrawing_entries.withdraw_entry(1, text, "why", home),
        "why": lambda text, home: withdrawing_entries.withdraw_entry(1, "Ida", text, home),
    },
}


def keeping_functions() -> Iterator[tuple[str, str]]:
    """Every public function of the store, and of what keeps packs, with its typed texts."""
    for package in (kpi.store, kpi.export, kpi.fetch):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if package is kpi.export and not module.name.endswith("saved"):
                continue
            if package is kpi.fetch and not module.name.endswith("deciding"):
                continue
            read = importlib.import_module(module.name)
            for name, function in inspect.getmembers(read, inspect.isfunction):
                if function.__module__ != module.name or name.startswith("_"):
                    continue
                parameters = inspect.signature(function).parameters
                if "connection" in parameters or name in ONLY_READ:
                    continue
                yield from ((name, parameter) for parameter in parameters if parameter in TYPED)


def test_every_function_that_keeps_texts_is_tried() -> None:
    tried = {(name, parameter) for name, calls in WRITERS.items() for parameter in calls}
    assert set(keeping_functions()) == tried


@for_each(
    ("call", "number"),
    [
        pytest.param(call, number, id=f"{name}-{parameter}-{number}")
        for name, calls in WRITERS.items()
        for parameter, call in calls.items()
        for number in NUMBERS
    ],
)
def test_a_typed_number_is_refused_everywhere(built_home: Path, call: Call, number: str) -> None:
    version = current_version(built_home)
    with pytest.raises(KpiError) as refused:
        call(number, built_home)
    assert refused.value.title == "Der står et CPR-nummer"
    assert number not in str(refused.value)
    assert current_version(built_home) == version
    assert not (built_home / "recipes" / "min.toml").exists()


SIGNED = [
    pytest.param(call, most, id=f"{name}-{parameter}")
    for name, calls in WRITERS.items()
    for parameter, call in calls.items()
    for most in [MOST_IN_NAME if parameter == "by" else MOST_IN_NOTE]
    if parameter in ("by", "why", "note")
]


@for_each(("call", "most"), SIGNED)
def test_a_text_with_no_room_is_refused_and_never_cut(
    built_home: Path, call: Call, most: int
) -> None:
    """Fields without a limit take what is pasted, and whoever keeps it says how long it is."""
    version = current_version(built_home)
    with pytest.raises(KpiError) as refused:
        call("æ" * (most + 1), built_home)
    assert refused.value.title == "Teksten er for lang"
    assert "Skriv det kortere" in refused.value.message
    assert current_version(built_home) == version


@pytest.mark.parametrize("table", ENTERED)
def test_every_text_of_an_entered_row_has_room_or_is_refused(built_home: Path, table: str) -> None:
    row = dict.fromkeys(COLUMNS[table], "æ" * 5_000)
    with pytest.raises(RowsRefusedError) as refused:
        entering.check_rows({table: [row]}, built_home)
    long = [each for each in refused.value.problems if each.message == "Teksten er på 5000 tegn."]
    assert len(long) == len(row)


@pytest.mark.parametrize("table", ENTERED)
def test_every_field_of_an_entered_row(built_home: Path, table: str) -> None:
    rows = rows_with_a_number(COLUMNS[table])
    with pytest.raises(RowsRefusedError) as refused:
        entering.check_rows({table: rows}, built_home)
    assert_refused_for_their_numbers(refused.value, rows)


# A row may refer to another of its file by what that is called, so such fields are a check apart.
NAMES = {
    "name",
    "title",
    "short_name",
    "aliases",
    "code",
    *(COLUMNS[table][0] for table in ADDABLE),
}


@pytest.mark.parametrize("is_name", [True, False])
@pytest.mark.parametrize("table", ADDABLE)
def test_every_field_of_an_added_row(built_home: Path, table: str, is_name: bool) -> None:
    rows = rows_with_a_number(column for column in ADDABLE[table] if (column in NAMES) is is_name)
    with pytest.raises(RowsRefusedError) as refused:
        adding.check_additions(table, rows, built_home)
    assert_refused_for_their_numbers(refused.value, rows)


def rows_with_a_number(columns: Iterable[str]) -> list[dict[str, str]]:
    """A row for each column and each spelling, which has nothing else: they are one check."""
    return [{column: number} for column in columns for number in NUMBERS]


def assert_refused_for_their_numbers(refused: RowsRefusedError, rows: list[dict[str, str]]) -> None:
    """Each row is refused for the number in its only field, and nothing says the number."""
    lines = {each.row for each in refused.problems if "CPR-nummer" in each.message}
    assert [row for line, row in enumerate(rows, start=1) if line not in lines] == []
    said = str(refused) + "".join(map(str, refused.problems))
    assert [number for number in NUMBERS if number in said] == []


def test_a_name_beside_a_number_in_the_same_file_does_not_say_the_number(built_home: Path) -> None:
    rows = [{"name": NUMBERS[0], "aliases": "Trivsel"}, {"name": "Trivsel"}]
    with pytest.raises(RowsRefusedError) as refused:
        adding.check_additions("population_group", rows, built_home)
    said = "".join(map(str, refused.value.problems))
    assert NUMBERS[0] not in said
    assert "Det er også et navn for en anden række." in said
