"""Uploads read and published in processes of their own, within limits."""

import os
import pickle
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store
from kpi.store.new_facts import read_new_facts
from kpi.store.upload_job import Job, read, write
from kpi.store.upload_processes import Limits, UploadProcesses, _OwnValues
from kpi.store.uploads import changes_file, check_file
from tests.kpi.data_folder import write_tiny

# A process of its own looks through all of a file, and is compared with this one.
pytestmark = pytest.mark.whole_check

HEADER = "nøgletal;område;periode;værdi\n"
SMALL = Upload("tal.csv", (HEADER + "rate;Aarhus;2023;5\nrate;Bydel 7;2022;5\n").encode())
SOUND = Upload("tal.csv", (HEADER + "rate;Aarhus;2023;5\n").encode())
NOTHING_SAID = Choices()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one published figure."""
    folder = tmp_path_factory.mktemp("apart")
    init(folder / "home", write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final"))
    return folder / "home"


@pytest.fixture(scope="module")
def processes() -> Iterator[UploadProcesses]:
    """Shared by the tests: a process takes seconds to start."""
    processes = UploadProcesses()
    processes.start()
    yield processes
    processes.stop()


def many_rows(count: int) -> Upload:
    rows = "".join(f"rate;Bydel {number};2022;5\n" for number in range(count))
    return Upload("tal.csv", (HEADER + rows).encode())


@pytest.mark.soak
def test_a_job_answers_as_the_same_does_here(processes: UploadProcesses, home: Path) -> None:
    assert processes.check(SMALL, NOTHING_SAID, home=home) == check_file(SMALL, home=home)
    store = open_store(home)
    catalog = store.catalog()
    store.close()
    given = (NOTHING_SAID, catalog, ("aarhus",), "rate")
    facts = processes.run("facts", SMALL, *given, home=home)
    assert facts == read_new_facts(SMALL, *given, home=home)
    written = processes.run("changes", SMALL, NOTHING_SAID, "", home=home)
    assert written == changes_file(SMALL, home=home)


@pytest.mark.every_case
def test_a_publication_holds_as_one_made_here_does(
    processes: UploadProcesses, tmp_path: Path
) -> None:
    init(tmp_path / "home", write_tiny(tmp_path / "data", "rate,aarhus,all,2022,50.0,,,final"))
    home = tmp_path / "home"
    published = processes.run("publish", SOUND, None, "Prøve", "note", home=home)
    assert (published.batch_id, published.version) == (2, "000002")
    assert current_version(home) == "000002"
    store = open_store(home)
    assert [row.value for row in store.series(["rate"])] == [50.0, 5.0]
    assert {batch.batch_id: batch.note for batch in store.batches()}[2] == "note"
    store.close()
    assert (home / "originals" / f"{SOUND.sha256}.csv").read_bytes() == SOUND.content
    again = processes.run("publish", SOUND, None, "Prøve", "note", home=home)
    assert again.batch_id is None


def test_an_error_that_a_person_can_mend_comes_through(
    processes: UploadProcesses, home: Path
) -> None:
    with pytest.raises(KpiError, match="Skriv både navn"):
        processes.run("publish", SOUND, None, "", "", home=home)


def test_a_fault_of_the_program_comes_through_with_its_traceback(
    processes: UploadProcesses, home: Path
) -> None:
    with pytest.raises(RuntimeError, match="Traceback"):
        processes.run("check", SOUND, "no choices", home=home)


def test_what_a_job_logs_is_logged_here(
    processes: UploadProcesses, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "intet")
    (problem,) = processes.check(Upload("a.xlsx", file.getvalue()), home=home).problems
    assert "beskadiget" in problem.message
    assert "a workbook is called damaged" in caplog.text
    assert "Traceback" in caplog.text


def test_a_small_process_takes_the_next_job_too(processes: UploadProcesses, home: Path) -> None:
    processes.check(SOUND, NOTHING_SAID, home=home)
    first = processes._spare
    processes.check(SOUND, NOTHING_SAID, home=home)
    assert first is not None
    assert processes._spare is first


def test_a_file_is_read_where_no_page_needs_the_processor(
    processes: UploadProcesses, home: Path
) -> None:
    processes.check(SOUND, NOTHING_SAID, home=home)
    assert processes._spare is not None
    number = processes._spare._child.pid
    assert os.getpriority(os.PRIO_PROCESS, number) > os.getpriority(os.PRIO_PROCESS, 0)
    session = Path(f"/proc/{number}/autogroup")
    if session.exists():
        assert session.read_text("ascii").split()[-1] == "10"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(seconds=0.3), "mere tid"),
        (Limits(cpu_seconds=0.0), "mere tid"),
        (Limits(small_bytes=50 * 1024**2, publishing_bytes=50 * 1024**2), "mere hukommelse"),
    ],
    ids=["time", "processor time", "memory"],
)
def test_what_takes_too_much_is_reported_and_the_next_file_is_read(
    limits: Limits, words: str, home: Path
) -> None:
    processes = UploadProcesses(limits)
    try:
        checked = processes.check(many_rows(45_000), NOTHING_SAID, home=home)
        (error,) = checked.problems
        assert (error.code, error.severity) == ("too_large", "error")
        assert words in error.message
        assert error.hint.startswith("Del den")
        assert not checked.publishable
        with pytest.raises(KpiError, match="Tidligere indlæsninger"):
            processes.run("publish", many_rows(45_000), None, "Prøve", "note", home=home)
        assert current_version(home) == "000001"
        processes._limits = Limits()
        assert processes.check(SOUND, NOTHING_SAID, home=home).publishable
    finally:
        processes.stop()


def test_jobs_wait_for_their_turn_and_say_so_when_it_does_not_come(home: Path) -> None:
    processes = UploadProcesses(Limits(wait_seconds=0.2))
    both, message = (processes._turn(SOUND), processes._turn(SOUND)), "læser andre filer"
    with both[0], both[1], pytest.raises(KpiError, match=message):
        processes.check(SOUND, NOTHING_SAID, home=home)
    large = Upload("tal.csv", b" " * (21 * 1024**2))
    with processes._turn(large):
        with pytest.raises(KpiError, match=message), processes._turn(large):
            pass
        with processes._turn(SOUND):
            pass  # a small file does not wait for a large one


def test_several_at_once_each_get_their_own_answer(processes: UploadProcesses, home: Path) -> None:
    files = [
        Upload(f"{n}.csv", (HEADER + f"rate;Aarhus;{2023 + n};{n}\n").encode()) for n in range(4)
    ]
    with ThreadPoolExecutor(4) as threads:
        answers = list(
            threads.map(lambda file: processes.check(file, NOTHING_SAID, home=home), files)
        )
    assert [answer.file for answer in answers] == ["0.csv", "1.csv", "2.csv", "3.csv"]
    assert [answer.changes[0].new for answer in answers] == [0, 1, 2, 3]


def test_a_process_that_ended_while_it_waited_is_replaced(
    processes: UploadProcesses, home: Path
) -> None:
    processes.check(SOUND, NOTHING_SAID, home=home)
    assert processes._spare is not None
    processes._spare._kill()
    processes._spare._child.wait()
    assert processes.check(SOUND, NOTHING_SAID, home=home).publishable


def test_the_server_itself_does_not_grow_with_the_file(
    processes: UploadProcesses, home: Path
) -> None:
    upload = many_rows(300_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    processes.check(upload, NOTHING_SAID, home=home)
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    assert grown < 0.5 * len(upload.content)  # beside the file itself, which was there before


def test_nothing_but_our_own_values_is_taken_from_a_process() -> None:
    class Hostile:  # local: only its `__reduce__` is written
        def __reduce__(self) -> tuple[Any, ...]:
            return os.system, ("true",)

    for hostile in (pickle.dumps(Hostile()), pickle.dumps(time.sleep), pickle.dumps(init)):
        with pytest.raises(pickle.UnpicklingError):
            _OwnValues(BytesIO(hostile)).load()


def test_values_are_written_and_read_again() -> None:
    out = BytesIO()
    job = Job("check", "a", 1, (MappingProxyType({"a": 1}),), Path("x"), {}, 1.0)
    write(out, job)
    out.seek(0)
    pickled = read(out)
    assert pickled is not None
    assert pickle.loads(pickled) == job  # noqa: S301
    assert read(out) is None
    assert read(BytesIO(out.getvalue()[:-1])) is None
