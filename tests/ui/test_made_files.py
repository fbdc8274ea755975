"""Finished files of all sessions together take no more than the server spares."""

import pytest

from ui import made_files


def test_the_longest_kept_gives_way_and_the_newest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_files, "MOST_BYTES", 100)
    made_files._FILES.clear()
    first, second = made_files.keep_file(b"a" * 60), made_files.keep_file(b"b" * 40)
    assert made_files.kept_file(first) == b"a" * 60
    third = made_files.keep_file(b"c" * 10)
    assert made_files.kept_file(first) is None
    assert made_files.kept_file(second) == b"b" * 40
    large = made_files.keep_file(b"d" * 500)
    assert [made_files.kept_file(key) is None for key in (second, third, large)] == [
        True, True, False,
    ]  # fmt: skip


def test_a_session_lets_go_of_its_former_file() -> None:
    former = made_files.keep_file(b"a")
    newer = made_files.keep_file(b"b", former)
    assert (made_files.kept_file(former), made_files.kept_file(newer)) == (None, b"b")
