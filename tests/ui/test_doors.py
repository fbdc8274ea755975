"""Where nothing is taken in, no page can change what is published."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.system.settings import SWITCHES
from tests.conftest import DATA
from ui import doors
from ui.doors import ACTS, FORBIDDEN_BY, REFUSALS

REPOSITORY = DATA.parent
# They write what pages are then made of, or start the program that does.
FIRST_WRITERS = {"next_version_copy", "write_whole", "start_program"}
DOORS = {name: door for name, door in vars(doors).items() if hasattr(door, "__wrapped__")}


def functions(room: str, files: str = "*.py") -> Iterator[ast.FunctionDef]:
    for path in sorted((REPOSITORY / room).glob(files)):
        yield from (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        )  # fmt: skip


def called(function: ast.FunctionDef) -> set[str]:
    """What a function calls, or has a thread call."""
    made = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    begun = [each.value for node in made for each in node.keywords if each.arg == "target"]
    calls = [*(node.func for node in made), *begun]
    return {
        name.id if isinstance(name, ast.Name) else name.attr
        for name in calls if isinstance(name, ast.Name | ast.Attribute)
    }  # fmt: skip


def mentioned(function: ast.FunctionDef) -> set[str]:
    nodes = [*ast.walk(function)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def store_writers() -> set[str]:
    rooms = ("kpi/store", "kpi/fetch")
    calls = {each.name: called(each) for room in rooms for each in functions(room)}
    writers = {*FIRST_WRITERS}
    while more := {name for name, those in calls.items() if those & writers} - writers:
        writers |= more
    return writers - FIRST_WRITERS


def draft_writers() -> set[str]:
    """What changes drafts: all that takes their lock, itself or by another that does."""
    calls = {each.name: called(each) for each in functions("kpi/export", "drafts.py")}
    writers = {"writing_drafts"}
    while more := {name for name, those in calls.items() if those & writers} - writers:
        writers |= more
    return writers


def imported(path: Path) -> set[str]:
    """Names that a module takes from the store, or calls of a module of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {
        name.name for node in froms
        if (node.module or "").startswith(("kpi.store", "kpi.fetch", "ui.upload_work"))
        for name in node.names
    }  # fmt: skip
    modules = {
        name.asname or name.name
        for node in froms if node.module in ("kpi.store", "kpi.fetch", "kpi", "ui")
        for name in node.names
    }  # fmt: skip
    return names | {
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and node.value.id in modules
    }  # fmt: skip


def test_pages_write_through_the_doors_alone() -> None:
    writers = store_writers()
    assert {
        "enter",
        "add",
        "publish",
        "withdraw",
        "keep_recipe",
        "remove_claim",
        "throw_away",
    } <= writers
    paths = [path for room in ("ui", "pages") for path in sorted((REPOSITORY / room).glob("*.py"))]
    own = {REPOSITORY / "ui/doors.py", REPOSITORY / "ui/upload_work.py"}
    around = {
        path.name: names
        for path in paths
        if path not in own and (names := imported(path) & writers)
    }
    assert around == {}


def taken(path: Path) -> set[tuple[str, str]]:
    """What a module takes from others by name: module and name."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    return {(node.module or "", name.name) for node in froms for name in node.names}


def test_what_is_behind_a_door_is_taken_from_there_alone() -> None:
    behind = {(door.__module__, door.__name__) for door in ACTS}
    paths = [path for room in ("ui", "pages") for path in (REPOSITORY / room).glob("*.py")]
    around = {path.name: taken(path) & behind for path in paths if path.name != "doors.py"}
    assert {name: names for name, names in around.items() if names} == {}


def test_every_file_is_handed_out_by_one_button() -> None:
    paths = [path for room in ("ui", "pages") for path in (REPOSITORY / room).glob("*.py")]
    handing_out = {
        path.name for path in paths if ".download_button(" in path.read_text(encoding="utf-8")
    }
    assert handing_out == {"handed_out.py"}


def test_every_switch_forbids_an_act() -> None:
    forbidding = {switch for switches in FORBIDDEN_BY.values() for switch in switches}
    apart = ({*REFUSALS} | {*SWITCHES} | forbidding) - ({*REFUSALS} & {*SWITCHES} & forbidding)
    assert not apart, (
        "not all three: a Switch of kpi/system/settings.py, with a refusal and with an act that it "
        f"forbids in ui/doors.py: {apart}"
    )
    assert {*DOORS.values()} == {*ACTS}
    assert {*ACTS.values()} == {*FORBIDDEN_BY}


def test_a_writer_is_behind_the_switch_of_entering() -> None:
    entering = {name for name, door in DOORS.items() if "KPI_UPLOADS" in FORBIDDEN_BY[ACTS[door]]}
    assert entering
    assert entering == DOORS.keys() & (store_writers() | draft_writers())


def test_whatever_ends_in_published_figures_is_an_act_of_publishing() -> None:
    """Also a file that waited, and a fetch, whose program publishes what is clean."""
    publishing = {name for name, door in DOORS.items() if ACTS[door] == "publish"}
    reaching = {"publish_as_read", "start_program"}
    # What a function has another one do is an argument: each name in it counts.
    names = {each.name: mentioned(each) for room in ("kpi/fetch", "ui") for each in functions(room)}
    while more := {name for name, those in names.items() if those & reaching} - reaching:
        reaching |= more
    assert publishing == DOORS.keys() & reaching, "another act than the door in ui/doors.py says"


@pytest.mark.parametrize("setting", ["off", "offf", "0"])
def test_a_shut_door_changes_nothing(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for door, act in ACTS.items():
        for switch in FORBIDDEN_BY[act]:
            with monkeypatch.context() as environment:
                environment.setenv(switch, setting)
                with pytest.raises(KpiError) as refusal:
                    door()  # what it would need is not even looked at
            assert refusal.value.title == REFUSALS[switch][0]
