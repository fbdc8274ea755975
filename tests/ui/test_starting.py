"""What the server does before it answers anyone: it clears up, and starts whatever it finds."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from kpi.system.temporary import PREFIX
from ui.starting import starting


def start() -> None:
    async def run() -> None:
        unused: Any = None
        async with starting(unused):
            pass

    asyncio.run(run())


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files; not the real one, where others are at work."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_what_killed_programs_left_is_cleared(home: Path, temporary: Path) -> None:
    for parent in (temporary, home.parent):
        (parent / f"{PREFIX}abc" / "work").mkdir(parents=True)
    (home / "versions" / "next.tmp").touch()
    before = {path for path in home.parent.rglob("*") if PREFIX not in str(path)}
    start()
    after = {*home.parent.rglob("*")} - {home / "lock"}
    assert after == before - {home / "versions" / "next.tmp", home / "lock"}


def test_without_a_store_it_starts_and_makes_none(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "home"))
    start()
    assert [*tmp_path.iterdir()] == [temporary]


def test_without_room_for_temporary_files_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def none() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setenv("KPI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KPI_HOMES", "/data")
    monkeypatch.setattr("tempfile.gettempdir", none)
    with caplog.at_level("INFO", "spor"):
        start()
    assert "nothing cleared: No usable temporary directory" in caplog.text
    assert "Indstillingen KPI_HOMES findes ikke. Mente du »KPI_HOME«?" in caplog.text
