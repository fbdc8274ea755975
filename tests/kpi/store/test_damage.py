"""Damage to the store: what is reported, and that `init` mends it and overwrites nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kpi.cli.answers import init_text
from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import Published, current_version, init, open_store
from kpi.store.entering import enter
from kpi.store.uploads import publish
from kpi.store.versions import version_path, versions
from kpi.store.withdrawing_entries import withdraw_entry
from tests.conftest import DATA
from tests.kpi.data_folder import replace
from tests.kpi.store.tiny_store import PAPER, figures, files, read_again


def cut_to(share: float) -> Callable[[Path], None]:
    """Damage: the current version file is cut to a share of its length."""

    def damage(home: Path) -> None:
        path = version_path(home, "000002")
        path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])

    return damage


def flip_in_every_block(home: Path) -> None:
    """Damage: a byte of each 256 KiB block of the current version file is wrong."""
    path = version_path(home, "000002")
    content = bytearray(path.read_bytes())
    content[12288 + 100 :: 262144] = bytes(byte ^ 0xFF for byte in content[12288 + 100 :: 262144])
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no current": lambda home: (home / "current").unlink(),
    "garbage in current": lambda home: (home / "current").write_bytes(b"\x00\xff\xfe"),
    "words in current": lambda home: (home / "current").write_text("den nyeste", "ascii"),
    "empty current": lambda home: (home / "current").write_bytes(b""),
    "current names none": lambda home: (home / "current").write_text("000009\n", "ascii"),
    "version deleted": lambda home: version_path(home, "000002").unlink(),
    "version empty": cut_to(0.0),
    "version cut to its head": cut_to(0.002),
    "version cut early": cut_to(0.3),
    "version cut in the middle": cut_to(0.6),
    "version cut late": cut_to(0.95),
    "version is text": lambda home: version_path(home, "000002").write_text("hej", "ascii"),
    "version is worn": flip_in_every_block,
    "no version at all": lambda home: shutil.rmtree(home / "versions"),
}


@pytest.fixture(scope="module")
def built_twice(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny figures changed once more, and their store with a second version."""
    folder = Path(shutil.copytree(once, tmp_path_factory.mktemp("twice") / "x"))
    replace(folder / "tiny", PAPER, ",2022,70.0,", ",2022,71.0,")
    init(folder / "spor", folder / "tiny")
    return folder


@pytest.fixture
def twice(built_twice: Path, tmp_path: Path) -> Path:
    """A store with a second version, for the test to damage."""
    return Path(shutil.copytree(built_twice / "spor", tmp_path / "twice"))


# The last blocks hold what no page reads, so reading today's figures does not show their loss.
@pytest.mark.every_case
@pytest.mark.parametrize("damage", sorted(DAMAGES.keys() - {"version cut late"}))
def test_damage_is_reported_with_its_remedy(twice: Path, damage: str) -> None:
    DAMAGES[damage](twice)
    with pytest.raises(KpiError) as refused:
        figures(twice)
    assert refused.value.title in ("Tallene kan ikke findes", "Tallene kan ikke læses")
    assert "Kør »python -m kpi init« i programmets mappe" in refused.value.message


# The newest readable version goes on, or the first.
GOES_ON = {
    "no current": Published("000003", True, 0, 0, 0),
    "version deleted": Published("000003", True, 0, 1, 0),
    "version cut late": Published("000003", True, 0, 1, 0, ("000002",)),
    "version is worn": Published("000003", True, 0, 1, 0, ("000002",)),
    "current names none": Published("000010", True, 0, 0, 0),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_init_mends_damage_and_overwrites_nothing(
    twice: Path, built_twice: Path, damage: str
) -> None:
    DAMAGES[damage](twice)
    left = {name: text for name, text in files(twice).items() if name.startswith("versions")}
    numbers = versions(twice)
    published = init(twice, built_twice / "tiny")
    assert published == GOES_ON.get(damage, published)
    assert published.changed is True
    assert published.version not in (*numbers, "000001", "000002") or damage == "no version at all"
    assert figures(twice)["aarhus", "2022"] == 71.0
    now = files(twice)
    assert {name: now[name] for name in left} == left
    assert set(now) - set(left) == {"current", f"versions/{published.version}.duckdb"}
    assert read_again(twice, built_twice / "tiny").changed is False


def test_a_version_left_by_a_crash_is_not_overwritten(spor: Path, tiny: Path) -> None:
    # In place, but `current` was not moved yet.
    stray = b"whatever the crash left"
    version_path(spor, "000002").write_bytes(stray)
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    assert init(spor, tiny) == Published("000003", True, 0, 1, 0)
    assert version_path(spor, "000002").read_bytes() == stray


def test_what_a_crash_left_half_done_is_cleared(spor: Path, tiny: Path) -> None:
    (spor / "versions" / "next.tmp").write_bytes(b"half")
    (spor / "versions" / "next.tmp.wal").write_bytes(b"half")
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    init(spor, tiny)
    assert sorted(files(spor)) == ["current", "versions/000001.duckdb", "versions/000002.duckdb"]


def test_a_full_disk_is_reported_and_changes_nothing(spor: Path, tiny: Path) -> None:
    pytest.importorskip("resource")
    before = files(spor)
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    # A limit on the size of files fails as a full disk does; it ends with the program.
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000000, 1000000));"
        "from kpi.cli.commands import main; sys.exit(main(['init']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited],
        cwd=DATA.parent,
        env={**os.environ, "KPI_HOME": str(spor), "KPI_DATA": str(tiny)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "kan ikke skrives" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(spor) == before


WATCHED = """
import os, sys
from pathlib import Path
from kpi.store import init

home, data = Path(sys.argv[1]), Path(sys.argv[2])
written = set()

def watch(event, arguments):
    if event != "open" or not str(arguments[0]).startswith(str(home)):
        return
    _, mode, flags = arguments
    if set(mode or "") & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
        written.add(Path(arguments[0]).relative_to(home).as_posix())

sys.addaudithook(watch)
init(home, data)
print(*sorted(written))
"""


def test_nothing_is_written_under_its_final_name(spor: Path, tiny: Path) -> None:
    """`current` and the version appear by renaming, whole: a crash cannot leave half of one."""
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(spor), str(tiny)],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["current.new", "lock", "versions/next.tmp"]
    assert current_version(spor) == "000002"


# --- a version by another program ---------------------------------------------------------------


STATUS = {
    "initiative_id": "courses", "date": "2025-06-01", "state": "completed",
    "summary": "Afsluttet", "source_id": "paper",
}  # fmt: skip


def written_by_another_program(home: Path, version: str = "000002") -> None:
    """The current version as a program with other tables would have written it."""
    with duckdb.connect(str(version_path(home, version))) as connection:
        connection.execute("DROP TABLE coverage; UPDATE derived_by SET sha256 = 'another'")
        connection.execute("DROP MACRO TABLE observation_as_of")
        connection.execute("ALTER TABLE batch DROP COLUMN withdrawn_on")
        connection.execute("DROP TABLE entry; ALTER TABLE meeting DROP COLUMN entered_at")


def test_what_people_did_outlives_a_new_program(twice: Path, built_twice: Path) -> None:
    text = "nøgletal;område;periode;værdi\npersons;aarhus;2023;77\n"
    publish(Upload("ny.csv", text.encode()), None, "Ida", "Ny", twice)
    enter({"initiative_status": [STATUS]}, "Anna", twice)
    written_by_another_program(twice, "000004")
    with pytest.raises(KpiError, match="python -m kpi init"):
        withdraw_entry(1, "Bo", "Fejl", twice)
    assert init(twice, built_twice / "tiny").set_aside == ()
    store = open_store(twice)
    assert [row.value for row in store.series(["persons"], ["aarhus"])][-1] == 77
    (initiative,) = store.plan().initiatives
    assert initiative.statuses[-1].summary == STATUS["summary"]
    store.close()


def test_a_version_by_another_program_is_reported(twice: Path) -> None:
    written_by_another_program(twice)
    with pytest.raises(KpiError) as refused:
        figures(twice)
    assert refused.value.title == "Tallene skal bygges om"
    assert "Udgave 000002 er lavet af en anden udgave af programmet" in refused.value.message
    assert "python -m kpi init" in refused.value.message


def test_init_writes_the_same_figures_anew_for_this_program(twice: Path, built_twice: Path) -> None:
    expected = figures(built_twice / "spor")
    written_by_another_program(twice)
    published = init(twice, built_twice / "tiny")
    assert (published.version, published.changed, published.set_aside) == ("000003", True, ())
    assert (published.rows_new, published.rows_changed, published.rows_removed) == (0, 0, 0)
    assert figures(twice) == expected
    store = open_store(twice)
    assert [batch.batch_id for batch in store.batches()] == [2, 1]
    assert store.coverage("rate")
    store.close()


def test_a_store_built_anew_says_what_is_not_in_it(twice: Path, tiny: Path, tmp_path: Path) -> None:
    shutil.rmtree(twice / "versions")
    done = init(twice, tiny)
    assert done.anew
    assert "ikke det, der er indlæst og registreret" in init_text(done)
    twice.rename(twice.with_name("twice-20260301T120000"))
    assert init(twice, tiny).anew
    first = init(tmp_path / "første", tiny)
    assert not first.anew
    assert "ikke det" not in init_text(first)
