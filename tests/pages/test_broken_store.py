"""What a page shows when the figures cannot be read, and when new ones come while the app runs."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.store import init
from tests.pages.visit import PAGES, alts_of, assert_healthy, open_page, read, title_of

VERSION = Path("versions") / "000001.duckdb"
HOW_TO_REBUILD = "python -m kpi init"


def error_of(app: AppTest) -> str:
    """The one message of a page that has nothing else to show."""
    assert [error.message for error in app.exception] == []
    assert alts_of(app) == []
    (error,) = app.error
    return read(error.value)


def without_current(home: Path) -> None:
    (home / "current").unlink()


def with_current(content: bytes) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        (home / "current").write_bytes(content)

    return write


def current_is_a_folder(home: Path) -> None:
    (home / "current").unlink()
    (home / "current").mkdir()


def without_version(home: Path) -> None:
    (home / VERSION).unlink()


def with_version(content: bytes) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        (home / VERSION).write_bytes(content)

    return write


def half_a_version(home: Path) -> None:
    content = (home / VERSION).read_bytes()
    (home / VERSION).write_bytes(content[: len(content) // 2])


def scratched_version(home: Path) -> None:
    """Its header is whole, so it opens; what comes after is not."""
    content = (home / VERSION).read_bytes()
    header = 3 * 4096
    (home / VERSION).write_bytes(content[:header] + b"\xa5" * (len(content) - header))


BROKEN = {
    "current is missing": without_current,
    "current is empty": with_current(b""),
    "current holds no version": with_current(b"\xff\xfe<b>x</b>"),
    "current holds a path": with_current(b"../../etc/passwd"),
    "current names a version that is not there": with_current(b"000009\n"),
    "current is a folder": current_is_a_folder,
    "the version is deleted": without_version,
    "the version is empty": with_version(b""),
    "the version is something else": with_version(b"PK\x03\x04" + b"x" * 20_000),
    "the version is cut in half": half_a_version,
    "the version is scratched": scratched_version,
}


@pytest.mark.every_case
@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN)
def test_a_broken_store_is_reported_in_danish_with_the_remedy(
    home: Path, breaking: Callable[[Path], None]
) -> None:
    breaking(home)
    app = open_page("overblik")
    assert HOW_TO_REBUILD in error_of(app)
    assert title_of(app) in {"Tallene kan ikke findes", "Tallene kan ikke læses"}


@pytest.mark.every_case
@pytest.mark.parametrize("page", PAGES)
def test_every_page_reports_a_broken_store(home: Path, page: str) -> None:
    half_a_version(home)
    assert HOW_TO_REBUILD in error_of(open_page(page))


@pytest.mark.parametrize("breaking", BROKEN.values(), ids=BROKEN)
def test_the_way_out_works(home: Path, plan_folder: Path, breaking: Callable[[Path], None]) -> None:
    breaking(home)
    app = open_page("omraade", omraade="odense")
    assert error_of(app)
    if (home / "current").is_dir():
        (home / "current").rmdir()
    init(home, plan_folder)
    assert_healthy(app.run())
    assert title_of(app).startswith("Odense")


def test_a_version_deleted_while_the_app_runs_is_reported(home: Path) -> None:
    app = open_page("tema")
    assert_healthy(app)
    without_version(home)
    assert HOW_TO_REBUILD in error_of(app.run())


@pytest.fixture
def own_data(tmp_path: Path, plan_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of data/ that the settings KPI_DATA and KPI_HOME point at, and no store yet."""
    folder = tmp_path / "data"
    shutil.copytree(plan_folder, folder)
    monkeypatch.setenv("KPI_DATA", str(folder))
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "new"))
    return folder


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def renamed(home: Path) -> None:
    home.rename(home.with_name("elsewhere"))


def emptied(home: Path) -> None:
    """As a folder looks that a drive is mounted on, when the drive is away."""
    renamed(home)
    home.mkdir()


def moved_aside_by_a_restore(home: Path) -> None:
    shutil.copytree(home, home.with_name("home.new"))
    home.rename(home.with_name("home-20260301T120000"))


GONE: dict[Callable[[Path], None], str] = {
    renamed: "»home« findes ikke. Er den omdøbt",
    emptied: "»home« er tom. Er den omdøbt",
    moved_aside_by_a_restore: "En gendannelse af »home« blev afbrudt.",
}


@pytest.mark.parametrize("removing", GONE)
def test_a_store_that_is_gone_is_reported_and_never_replaced(
    home: Path, removing: Callable[[Path], None]
) -> None:
    app = open_page("tema")
    assert_healthy(app)
    removing(home)
    before = sorted(path.as_posix() for path in home.parent.rglob("*"))
    for page in (app.run(), open_page("indlaes"), open_page("overblik")):
        error = error_of(page)
        assert GONE[removing] in error
        assert HOW_TO_REBUILD in error
    assert sorted(path.as_posix() for path in home.parent.rglob("*")) == before


def test_a_store_that_is_put_back_is_shown_again(home: Path) -> None:
    app = open_page("tema")
    renamed(home)
    assert error_of(app.run())
    home.with_name("elsewhere").rename(home)
    assert_healthy(app.run())


def test_the_first_start_waits_for_init(own_data: Path, tmp_path: Path) -> None:
    app = open_page("omraade", omraade="gellerup")
    assert HOW_TO_REBUILD in error_of(app)
    assert not (tmp_path / "new").exists()
    init()
    assert_healthy(app.run())
    assert title_of(app).startswith("Gellerup")


def _lines(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown).replace("\u00a0", " ")


def test_a_version_published_meanwhile_is_shown_at_the_next_run(
    own_data: Path, tmp_path: Path
) -> None:
    init()
    app = open_page("overblik")
    assert "70,0 %" in _lines(app)
    replace_in(
        own_data / "observations" / "handleplan_2024_genoptryk.csv",
        "self_sufficiency_rate,aarhus,non_western,2022,70.0",
        "self_sufficiency_rate,aarhus,non_western,2022,71.5",
    )
    assert init(tmp_path / "new", own_data).version == "000002"
    app.run()
    assert_healthy(app)
    assert "71,5 %" in _lines(app)
