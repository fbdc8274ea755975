"""Rooms import only those above them in docs/architecture.md; the domain knows no screen."""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from kpi.store.connection import deciding_modules
from tests.conftest import DATA

REPOSITORY = DATA.parent
_PAGE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
_LISTED = [
    room
    for row in re.findall(r"^\| (`.+?) \|", _PAGE.partition("\n## The five types")[0], re.M)
    for room in re.findall(r"`([^`.]+)`", row)
]
# From the ground up, as docs/architecture.md lists them. The program's own start is above `cli`.
ROOMS = tuple(
    name for room in _LISTED for name in ((room, "kpi") if room == "kpi/cli" else (room,))
)

IMPORT_ALL = """
import importlib, pkgutil, sys
import kpi
names = [module.name for module in pkgutil.walk_packages(kpi.__path__, "kpi.")]
for name in names:
    importlib.import_module(name)
print(len(names), *(name in sys.modules for name in ("streamlit", "ui", "pandas")))
"""


def test_no_module_of_kpi_imports_streamlit() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    count, streamlit, ui, pandas = answer.stdout.split()
    assert (streamlit, ui) == ("False", "False")
    assert pandas == "False"  # it takes as long to load as all of kpi
    assert int(count) >= 40  # the walk found the modules


def test_no_module_is_longer_than_contributing_says() -> None:
    """Also of the tests: what is longer is two modules, and each has a name that leads there."""
    said = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (most,) = map(int, re.findall(r"^.*\bModules have .* at most (\d+)\.", said, re.M))
    rooms = ("kpi", "ui", "pages", "tests", "bench", "tools")
    lines = {
        path.relative_to(REPOSITORY).as_posix(): len(path.read_text("utf-8").splitlines())
        for room in rooms
        for path in (REPOSITORY / room).rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > most} == {}, "part it in two"


def _modules() -> dict[str, Path]:
    """Every module of the rooms by its dotted name; a package by its own."""
    paths = [path for top in ("kpi", "ui", "pages") for path in (REPOSITORY / top).rglob("*.py")]
    names = [path.relative_to(REPOSITORY).with_suffix("") for path in paths]
    return {
        ".".join(name.parent.parts if name.name == "__init__" else name.parts): path
        for name, path in zip(names, paths, strict=True)
    }


# Names in quotes that may be a module's.
_NAME = re.compile(r"[\w.]+")


@cache
def _says(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """What a module imports when it runs, as dotted names, and what it has in quotes.

    Imports for types alone are left out.
    """
    names: set[str] = set()
    quoted: set[str] = set()
    ahead: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
            names.add(node.module)
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _NAME.fullmatch(node.value):
                quoted.add(node.value)
        elif not (isinstance(node, ast.If) and _is_for_types(node.test)):
            ahead += ast.iter_child_nodes(node)
    return frozenset(names), frozenset(quoted)


def _is_for_types(condition: ast.expr) -> bool:
    return isinstance(condition, ast.Name) and condition.id == "TYPE_CHECKING"


def _imports(path: Path) -> frozenset[str]:
    return _says(path)[0]


def test_every_module_is_reached_from_another() -> None:
    """A check, a rule or a writer that nothing calls would never be missed."""
    modules = _modules()
    imported: set[str] = set()
    # By a name in quotes: commands, and what runs as a program of its own.
    quoted: set[str] = set()
    for name, path in [*modules.items(), ("app", REPOSITORY / "app.py")]:
        names, texts = _says(path)
        imported |= names - {name}
        quoted |= texts
    quoted |= {f"kpi.cli.{text}" for text in quoted}
    # Streamlit runs these by their files, and Python the program.
    reached = {*imported, *quoted, "kpi.__main__", "ui.navigation"}
    assert [
        name
        for name, path in modules.items()
        if path.name != "__init__.py" and not name.startswith("pages.") and name not in reached
    ] == [], "nothing imports it: a check needs its line in kpi/ingest/file_problems.py"


def test_a_store_is_rebuilt_when_what_hides_its_numbers_has_changed() -> None:
    """Every module that `hide_small_numbers` runs decides, but those that are facts of any page."""
    modules = _modules()
    reached: set[str] = set()
    ahead = {"kpi.store.suppression"}
    while ahead:
        name = ahead.pop()
        reached.add(name)
        if name.startswith(("kpi.store.", "kpi.suppression.")):
            ahead |= (_imports(modules[name]) & modules.keys()) - reached
    of_any_page = {"kpi.domain.period", "kpi.domain.vocabulary", "kpi.domain.paired_statistics"}
    decides = {
        name
        for name in reached - of_any_page
        if name.startswith(("kpi.store.", "kpi.suppression.", "kpi.domain."))
    }
    deciding = {*deciding_modules()}
    unnamed = sorted(name for name in decides if modules[name] not in deciding)
    assert unnamed == [], "not in _DECIDING of kpi/store/connection.py"


def test_a_room_imports_only_rooms_below_it() -> None:
    modules = _modules()
    rooms = {name: path.parent.relative_to(REPOSITORY).as_posix() for name, path in modules.items()}
    assert {*rooms.values()} == {*ROOMS}, "the rooms that docs/architecture.md lists"
    upward = [
        f"{name} imports {imported}"
        for name, path in modules.items()
        for imported in _imports(path) & set(modules)
        # A package is named on the way to a module in it; its own face is never above that.
        if path.name != "__init__.py"
        and modules[imported].name != "__init__.py"
        and ROOMS.index(rooms[imported]) > ROOMS.index(rooms[name])
    ]
    assert upward == [], "a room may import those above it in the list of docs/architecture.md"


def test_no_import_leads_back_to_its_own_module() -> None:
    """Nor one inside a function: what two modules take of each other belongs in a third."""
    modules = _modules()
    faces = {name for name, path in modules.items() if path.name == "__init__.py"}
    graph = {
        name: (_imports(path) & modules.keys()) - faces - {name} for name, path in modules.items()
    }
    # A circle has no order: CycleError names its modules.
    assert {*TopologicalSorter(graph).static_order()} == graph.keys()


def test_no_two_checks_make_a_table_of_the_same_name() -> None:
    """Two are asked at once: one would take the table away while the other reads it."""
    created = re.compile(r"CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW) (\w+)")
    makers: dict[str, set[str]] = {}
    for path in sorted((DATA.parent / "kpi" / "ingest").rglob("*.py")):
        for table in created.findall(path.read_text("utf-8")):
            makers.setdefault(table, set()).add(path.stem)
    shared = {table: made_by for table, made_by in makers.items() if len(made_by) > 1}
    # A file is read by its contents, or data/ as it is written: never both.
    assert shared == {"unsummed": {"completing", "exact"}}


def test_no_temporary_table_of_a_check_is_in_the_way_of_the_next_file() -> None:
    """Unlike the others it stays with the connection, which may read a second file."""
    created = re.compile(r"CREATE TEMP (?:TABLE|VIEW|MACRO) \w+")
    kept = {
        path.name: names
        for path in sorted((DATA.parent / "kpi" / "ingest").rglob("*.py"))
        if (names := created.findall(path.read_text("utf-8")))
    }
    assert kept == {}
