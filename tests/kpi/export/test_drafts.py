"""Drafts: kept as they are made, joined where two write at a time, bounded, without CPR numbers."""

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.export import drafts as module
from kpi.export.choice import CaseDetails, Choice
from kpi.export.drafts import (
    MOST_REVISIONS,
    Draft,
    copy_draft,
    drafts,
    keep_draft,
    keep_standing,
    new_draft,
    read_draft,
    remove_draft,
    said_of_copy,
    standing,
)

DAY = date(2025, 3, 19)
BODY = "Social- og Beskæftigelsesudvalget"
CHOICE = Choice("aarhus", "sbu_2025_03_19", picked=("a", "b", "c"), titles={"a": "Først »æøå«"})


@pytest.fixture
def first(tmp_path: Path) -> Draft:
    return new_draft("Status på handleplanen", CHOICE, DAY, tmp_path)


def test_a_draft_comes_back_as_it_was_and_as_it_was_changed(first: Draft, tmp_path: Path) -> None:
    assert read_draft(first.draft_id, tmp_path) == first
    changed = replace(
        CHOICE, without=("news",), case=CaseDetails("Ida", "24/1", annex="2"), cover="Forside"
    )
    kept = keep_draft(first, "Nyt navn", changed, date(2025, 3, 20), tmp_path)
    assert (kept.joined, kept.aside) == (False, False)
    (only,) = drafts(tmp_path)
    assert only == kept.draft
    assert (only.name, only.choice, only.day) == ("Nyt navn", changed, date(2025, 3, 20))
    assert keep_draft(only, only.name, changed, only.day, tmp_path).draft == only  # nothing changed


def test_what_two_change_at_a_time_is_joined_or_stands_aside(first: Draft, tmp_path: Path) -> None:
    """The later is told of both."""
    mine = replace(CHOICE, picked=("a", "c", "d"), titles={**CHOICE.titles, "c": "Min"})
    other = replace(CHOICE, picked=("b", "c"), titles={**CHOICE.titles, "b": "Anden"})
    keep_draft(first, first.name, other, DAY, tmp_path)
    kept = keep_draft(first, "Navn", mine, DAY, tmp_path)
    assert kept.joined
    assert not kept.aside
    assert (kept.draft.name, kept.draft.choice.picked) == ("Navn", ("c", "d"))
    assert kept.draft.choice.titles == {**CHOICE.titles, "b": "Anden", "c": "Min"}

    aside = keep_draft(
        first, first.name, replace(CHOICE, titles={"a": "Modsat"}, cover="X"), DAY, tmp_path
    )
    assert not aside.aside  # nobody else changed this title
    beside = keep_draft(
        first, first.name, replace(CHOICE, titles={"a": "Igen en anden"}), DAY, tmp_path
    )
    assert beside.aside
    assert beside.draft.draft_id != first.draft_id
    assert beside.draft.choice.titles == {"a": "Igen en anden"}
    assert read_draft(first.draft_id, tmp_path).choice.titles["a"] == "Modsat"


def test_two_people_fill_in_the_case_together(first: Draft, tmp_path: Path) -> None:
    def case(**said: str) -> Choice:
        return replace(CHOICE, case=CaseDetails(**said))

    keep_draft(first, first.name, case(worker="Ida", annex="3"), DAY, tmp_path)
    kept = keep_draft(first, first.name, case(number="25/4711", annex="3"), DAY, tmp_path)
    assert kept.joined
    assert kept.draft.choice.case == CaseDetails(worker="Ida", number="25/4711", annex="3")
    assert keep_draft(first, first.name, case(worker="Bo"), DAY, tmp_path).aside
    # The next meeting has a case of its own.
    copied = copy_draft(kept.draft, "Næste", "next", DAY, tmp_path)
    assert copied.choice.case == CaseDetails(worker="Ida", annex="3")


@pytest.mark.parametrize("seed", range(30))
def test_two_people_lose_nothing(seed: int, tmp_path: Path) -> None:
    """Whatever each writes, it stands in a draft until somebody who saw it writes otherwise."""
    rng = random.Random(seed)
    start = new_draft("Fælles", replace(CHOICE, titles={}), DAY, tmp_path)
    seen = {"Ida": start, "Bo": start}
    alive: dict[str, str] = {}
    for step in range(12):
        who = rng.choice(["Ida", "Bo"])
        base = seen[who]
        if rng.random() < 0.4:  # reloads
            base = seen[who] = read_draft(base.draft_id, tmp_path)
        key, text = rng.choice(["a", "b", "c"]), f"{who} {step}"
        alive.pop(base.choice.titles.get(key, ""), None)
        choice = replace(base.choice, titles={**base.choice.titles, key: text})
        seen[who] = keep_draft(base, base.name, choice, DAY, tmp_path).draft
        alive[text] = key
    written = {title for draft in drafts(tmp_path) for title in draft.choice.titles.values()}
    assert set(alive) <= written


def test_a_draft_is_copied_to_another_meeting_and_removed(first: Draft, tmp_path: Path) -> None:
    other = copy_draft(first, "Næste", "next", date(2025, 6, 1), tmp_path)
    assert other.choice == replace(CHOICE, meeting_id="next")
    assert said_of_copy(other).startswith("Kopien har 1 overskrift fra kladden før.")
    remove_draft(first.draft_id, tmp_path)
    remove_draft(first.draft_id, tmp_path)
    assert drafts(tmp_path) == [other]
    with pytest.raises(KpiError, match="slettet"):
        read_draft(first.draft_id, tmp_path)
    # Who had it open keeps what they made.
    kept = keep_draft(first, first.name, replace(CHOICE, cover="Endnu"), DAY, tmp_path)
    assert kept.aside
    assert kept.draft.choice.cover == "Endnu"


@pytest.mark.parametrize("where", ["name", "title", "cover", "worker"])
def test_no_cpr_number_is_kept(first: Draft, where: str, tmp_path: Path) -> None:
    number = "010190-1234"
    choice = {
        "name": CHOICE,
        "title": replace(CHOICE, titles={"a": number}),
        "cover": replace(CHOICE, cover=number),
        "worker": replace(CHOICE, case=CaseDetails(worker=number)),
    }[where]
    with pytest.raises(KpiError, match="CPR"):
        keep_draft(first, number if where == "name" else "Navn", choice, DAY, tmp_path)
    assert "010190" not in (tmp_path / "drafts" / f"{first.draft_id}.json").read_text("utf-8")


def test_drafts_are_bounded_in_number_size_and_revisions(
    first: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = first
    for number in range(MOST_REVISIONS + 3):
        newest = keep_draft(newest, f"Navn {number}", CHOICE, DAY, tmp_path).draft
    file = tmp_path / "drafts" / f"{first.draft_id}.json"
    assert len(json.loads(file.read_text("utf-8"))) == MOST_REVISIONS
    with pytest.raises(KpiError, match="Forkort"):
        keep_draft(newest, "X", replace(CHOICE, titles={"a": "x" * 70_000}), DAY, tmp_path)
    monkeypatch.setattr(module, "MOST_DRAFTS", 1)
    with pytest.raises(KpiError, match="Slet en"):
        new_draft("En til", CHOICE, DAY, tmp_path)
    assert drafts(tmp_path) == [newest]


@pytest.mark.parametrize("text", ["", "{", "[]", '[{"name": 1}]', '{"a": 2}'])
def test_a_damaged_draft_is_none(first: Draft, text: str, tmp_path: Path) -> None:
    (tmp_path / "drafts" / f"{first.draft_id}.json").write_text(text, "utf-8")
    assert drafts(tmp_path) == []
    with pytest.raises(KpiError):
        read_draft("../hemmelig", tmp_path)


def test_a_committee_has_a_standing_choice(tmp_path: Path) -> None:
    assert standing(BODY, tmp_path) is None
    keep_standing(BODY, replace(CHOICE, without=("contents",), cover="Marts"), tmp_path)
    kept = standing(BODY, tmp_path)
    assert kept == Choice("aarhus", picked=("a", "b", "c"), without=("contents",))
    assert drafts(tmp_path) == []
    keep_standing(BODY, None, tmp_path)
    assert standing(BODY, tmp_path) is None


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '{"Udvalg": 1}', "\x00"])
def test_a_damaged_standing_choice_is_none_and_can_be_settled_anew(
    damaged: str, tmp_path: Path
) -> None:
    keep_standing(BODY, CHOICE, tmp_path)
    (tmp_path / "drafts" / "standing.json").write_text(damaged.replace("Udvalg", BODY))
    assert standing(BODY, tmp_path) is None
    keep_standing(BODY, CHOICE, tmp_path)
    assert standing(BODY, tmp_path) is not None
