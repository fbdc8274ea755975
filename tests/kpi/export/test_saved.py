"""Kept packs: they come back as they were, once each, and list what has changed since."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.domain.model import Observation
from kpi.export.choice import Choice
from kpi.export.paper import Item, Paper, arranged
from kpi.export.saved import moved, save, saved_packs
from tests.kpi.made import observation

CHOICE = Choice(
    "aarhus",
    "sbu_2025_03_19",
    ("employment",),
    ("employment_rate",),
    ("b", "a"),
    ("c",),
    {"a": "Titel med »æøå« og \"citat\""},
)  # fmt: skip


@pytest.fixture(scope="module")
def few(handed_in: Paper) -> Paper:
    return replace(handed_in, items=handed_in.items[:2], choice=CHOICE)


def test_a_pack_comes_back_as_it_was(few: Paper, tmp_path: Path) -> None:
    kept = save(few, tmp_path)
    assert kept.choice == CHOICE
    assert (kept.as_of, kept.version) == (few.as_of, few.version)
    assert kept.name == "Social- og Beskæftigelsesudvalget, 19. marts 2025"
    assert kept.exhibits == tuple(item.exhibit.key for item in few.items)
    assert saved_packs(tmp_path) == [kept]


def test_a_pack_of_an_earlier_version_still_opens(few: Paper, tmp_path: Path) -> None:
    kept = save(replace(few, choice=replace(CHOICE, claims=False)), tmp_path)
    assert kept.choice.claims is False
    (file,) = (tmp_path / "packs").iterdir()
    answer = json.loads(file.read_text("utf-8"))
    del answer["choice"]["claims"]  # which they did not know of
    file.write_text(json.dumps(answer), "utf-8")
    (opened,) = saved_packs(tmp_path)
    assert opened.choice == CHOICE


def test_the_same_pack_is_kept_once_and_another_beside_it(few: Paper, tmp_path: Path) -> None:
    first = save(few, tmp_path)
    assert save(few, tmp_path) == first
    other = save(replace(few, choice=replace(CHOICE, titles={})), tmp_path)
    assert other.pack_id != first.pack_id
    assert {saved_pack.pack_id for saved_pack in saved_packs(tmp_path)} == {
        first.pack_id,
        other.pack_id,
    }


def test_without_a_meeting_the_day_is_its_name(few: Paper, tmp_path: Path) -> None:
    assert save(replace(few, meeting=None), tmp_path).name == few.dated


def test_the_newest_day_comes_first(few: Paper, tmp_path: Path) -> None:
    days = [few.as_of.replace(month=month) for month in (3, 11, 7)]
    for day in days:
        save(replace(few, as_of=day), tmp_path)
    assert [saved_pack.as_of.month for saved_pack in saved_packs(tmp_path)] == [11, 7, 3]


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert saved_packs(tmp_path / "nothing") == []


def test_packs_lie_beside_the_versions(
    few: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "home"))
    kept = save(few)
    (file,) = (tmp_path / "home" / "packs").iterdir()
    assert file.name == f"{kept.pack_id}.json"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe", b'{"name": "x", "as_of": "igaar"}']
)
def test_a_file_that_cannot_be_read_is_left_out(few: Paper, tmp_path: Path, content: bytes) -> None:
    kept = save(few, tmp_path)
    (tmp_path / "packs" / "2030-01-01-broken.json").write_bytes(content)
    assert saved_packs(tmp_path) == [kept]


def test_a_full_disk_is_reported_and_leaves_nothing(
    few: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(KpiError) as refused:
        save(few, tmp_path)
    assert refused.value.title == "Pakken kan ikke gemmes"
    assert "Der er ikke plads" in refused.value.message
    assert list((tmp_path / "packs").iterdir()) == []
    assert saved_packs(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_reported(few: Paper, tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file", "ascii")
    with pytest.raises(KpiError, match="Pakken kan ikke gemmes"):
        save(few, tmp_path)


# --- what has changed since ---------------------------------------------------------------------


def with_figures(paper: Paper, *rows: Observation) -> Paper:
    """The paper with one exhibit of these figures."""
    item: Item = paper.items[0]
    return replace(
        paper, items=(replace(item, exhibit=replace(item.exhibit, observations=tuple(rows))),)
    )


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([observation(70.0)], [observation(70.0)], []),
        ([observation(70.0)], [observation(71.5)], [("2022", 70.0, 71.5)]),
        ([observation(70.0)], [], [("2022", 70.0, None)]),
        # New ones last.
        (
            [observation(70.0)],
            [observation(60.0, "2020"), observation(71.0)],
            [("2022", 70.0, 71.0), ("2020", None, 60.0)],
        ),
        # The counts or the status alone.
        (
            [observation(31.0, of=(21, 68))],
            [observation(31.0, of=(22, 70))],
            [("2022", 31.0, 31.0)],
        ),
        (
            [observation(70.0)],
            [observation(70.0, status="approximate")],
            [("2022", 70.0, 70.0)],
        ),
        # Its note or source is no other figure.
        ([observation(70.0)], [observation(70.0)._replace(note="Rettet", source_id="x")], []),
    ],
)
def test_what_has_moved(
    few: Paper,
    before: list[Observation],
    now: list[Observation],
    expected: list[tuple[str, float | None, float | None]],
) -> None:
    moves = moved(with_figures(few, *before), with_figures(few, *now))
    assert [
        (move.key[3], move.before and move.before.value, move.now and move.now.value)
        for move in moves
    ] == expected


@pytest.mark.parametrize("number", ["010190-1234", "25/12/48 4916", "251248%2D4916"])
def test_a_title_with_a_cpr_number_reaches_no_paper(
    few: Paper, tmp_path: Path, number: str
) -> None:
    choice = replace(few.choice, titles={few.items[0].exhibit.key: f"Om {number}"})
    with pytest.raises(KpiError, match="CPR-nummer"):
        arranged(few, choice)
    with pytest.raises(KpiError, match="CPR-nummer"):
        save(replace(few, choice=choice), tmp_path)
    assert not (tmp_path / "packs").exists()
