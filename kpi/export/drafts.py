"""Drafts of a meeting's papers: what is chosen, kept as it is made, for all who have its link.

Each draft is one file with its last revisions, replaced as a whole. Who writes on an earlier
revision than the newest has what both changed joined, and where both changed the same, a draft of
their own beside it: nobody's work is written over unseen.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kpi.domain import format as fmt
from kpi.domain.errors import KpiError
from kpi.domain.personal import refuse_personal_texts
from kpi.domain.wording import listing
from kpi.export.choice import CaseDetails, Choice, texts_of
from kpi.export.saved import choice_of
from kpi.store.versions import home_folder
from kpi.system.os_errors import why_not_written
from kpi.system.writing import write_in_one_step

MOST_DRAFTS, MOST_REVISIONS, MOST_BYTES = 200, 20, 64 * 1024
MOST_LETTERS = 120
# Letters only: a number of digits may be somebody's.
_LETTERS, _ID_LETTERS = "bcdfghjkmnpqrstvwxz", 10
_WAIT_SECONDS = 10.0
_TITLE = "Kladden er ikke gemt"


@dataclass(frozen=True)
class Draft:
    """A draft as somebody left it. `day` is whose figures it shows; `changed` an ISO moment."""

    draft_id: str
    revision: int
    name: str
    day: date
    choice: Choice
    changed: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a change: the draft to go on with, and what somebody else did meanwhile.

    `joined`: both changes are in it; `aside`: it is a draft of its own, beside the other's.
    """

    draft: Draft
    joined: bool = False
    aside: bool = False


def is_draft_id(text: str) -> bool:
    """Whether a text may be the id of a draft."""
    return len(text) == _ID_LETTERS and set(text) <= set(_LETTERS)


def new_draft(name: str, choice: Choice, day: date, home: Path | None = None) -> Draft:
    """Keeps a draft that was not there. KpiError where there are too many."""
    draft = Draft(_new_id(), 1, _named(name), day, choice)
    with writing_drafts(home) as folder:
        return _added(folder, draft)


def read_draft(draft_id: str, home: Path | None = None) -> Draft:
    """The newest revision. Raises KpiError where there is no such draft, or it is damaged."""
    revisions = _revisions(_folder(home), draft_id)
    if not revisions:
        raise KpiError("Kladden findes ikke", "Den er slettet, eller linket er ikke helt.")
    return revisions[-1]


def drafts(home: Path | None = None) -> list[Draft]:
    """All drafts, the last changed first; a file that cannot be read is left out."""
    folder = _folder(home)
    newest = [
        revisions[-1] for path in folder.glob("*.json")
        if is_draft_id(path.stem) and (revisions := _revisions(folder, path.stem))
    ]  # fmt: skip
    return sorted(newest, key=lambda draft: (draft.changed, draft.draft_id), reverse=True)


def keep_draft(base: Draft, name: str, choice: Choice, day: date, home: Path | None = None) -> Kept:
    """Keeps what somebody made of the revision that they saw, `base`.

    Raises KpiError for a CPR number, for more than a draft may hold, and when it cannot be written.
    """
    mine = replace(base, name=_named(name), choice=choice, day=day)
    with writing_drafts(home) as folder:
        revisions = _revisions(folder, base.draft_id)
        if not revisions:  # removed meanwhile by somebody else
            return Kept(_added(folder, replace(mine, draft_id=_new_id(), revision=1)), aside=True)
        newest = revisions[-1]
        if _content(newest) in (_content(base), _content(mine)):
            return Kept(_appended(folder, revisions, mine))
        merged = _joined(base, mine, newest)
        if merged is None:
            beside = replace(
                mine, draft_id=_new_id(), revision=1, name=_named(f"{mine.name} (ændret samtidig)")
            )
            return Kept(_added(folder, beside), aside=True)
        return Kept(_appended(folder, revisions, merged), joined=True)


def copy_draft(
    draft: Draft, name: str, meeting_id: str, day: date, home: Path | None = None
) -> Draft:
    """A new draft with the same choice, for another meeting and its day.

    Number and date of the former meeting's case are to be filled in anew.
    """
    case = replace(draft.choice.case, number="", written="")
    return new_draft(name, replace(draft.choice, meeting_id=meeting_id, case=case), day, home)


def said_of_copy(copied: Draft) -> str:
    """What people wrote of the former meeting and have to read again; empty where they did not.

    `Kopien har 2 overskrifter og 1 egen slide fra kladden før. Kontrollér dem mod de nye tal.`
    """
    choice = copied.choice
    own = [
        fmt.counted(len(choice.titles), "overskrift", "overskrifter") if choice.titles else "",
        fmt.counted(len(choice.slides), "egen slide", "egne slides") if choice.slides else "",
    ]
    written = listing([each for each in own if each])
    if not written:
        return ""
    return f"Kopien har {written} fra kladden før. Kontrollér teksten mod de nye tal."


def remove_draft(draft_id: str, home: Path | None = None) -> None:
    """Removes a draft; one that is gone already stays gone. KpiError when it cannot be removed."""
    if not is_draft_id(draft_id):
        return
    with writing_drafts(home) as folder:
        (folder / f"{draft_id}.json").unlink(missing_ok=True)


def standing(body: str, home: Path | None = None) -> Choice | None:
    """What a committee is shown at each meeting, where somebody has settled it."""
    try:
        return choice_of(_standings(_folder(home))[body])
    except (ValueError, KeyError, TypeError):
        return None


def keep_standing(body: str, choice: Choice | None, home: Path | None = None) -> None:
    """Settles what a committee is shown at each meeting; None: what Spor proposes.

    Titles, which name figures of a day, and what is of one case are left out.
    """
    with writing_drafts(home) as folder:
        kept = _standings(folder)
        kept.pop(body, None)
        if choice is not None:
            lasting = Choice(
                choice.area_id, "", choice.theme_ids, choice.indicator_ids, choice.order,
                choice.left_out, claims=choice.claims, among=choice.among, picked=choice.picked,
                without=choice.without, gathered=choice.gathered,
            )  # fmt: skip
            kept[body] = asdict(lasting)
        _write(folder / _STANDING, kept)


_STANDING = "standing.json"


def _standings(folder: Path) -> dict[str, Any]:
    """Each committee's choice as it is kept; none where the file is not there or damaged."""
    try:
        kept = json.loads((folder / _STANDING).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _joined(base: Draft, mine: Draft, theirs: Draft) -> Draft | None:
    """Both changes in one draft; None where both changed the same to something else."""
    content: dict[str, Any] = {}
    own, other, before = _content(mine), _content(theirs), _content(base)
    for name, value in own.items():
        if value == before[name]:
            content[name] = other[name]
        elif other[name] in (before[name], value):
            content[name] = value
        elif name in _JOINED and isinstance(value, dict):
            both = _joined_titles(before[name], value, other[name])
            if both is None:
                return None
            content[name] = both
        elif name in _JOINED and isinstance(value, CaseDetails):
            both = _joined_titles(*map(asdict, (before[name], value, other[name])))
            if both is None:
                return None
            content[name] = CaseDetails(**both)
        elif name in _JOINED:
            content[name] = _joined_keys(before[name], value, other[name])
        else:
            return None
    names = {field.name for field in fields(Choice)}
    choice = Choice(**{name: value for name, value in content.items() if name in names})
    return replace(theirs, name=content["name"], day=content["day"], choice=choice)


# What two may change at a time: keys that are added and taken away, titles each by its key, and
# what is said of the case, each by its name.
_JOINED = ("picked", "left_out", "without", "titles", "case")


def _joined_keys(
    before: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    gone = (set(before) - set(mine)) | (set(before) - set(theirs))
    return tuple(key for key in dict.fromkeys((*mine, *theirs)) if key not in gone)


def _joined_titles(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> dict[str, str] | None:
    both = {}
    for key in dict.fromkeys((*theirs, *mine)):
        old, own, other = before.get(key), mine.get(key), theirs.get(key)
        if own != old and other not in (old, own):
            return None
        title = other if own == old else own
        if title is not None:
            both[key] = title
    return both


def _content(draft: Draft) -> dict[str, Any]:
    """What people change of a draft, by name."""
    chosen = {field.name: getattr(draft.choice, field.name) for field in fields(Choice)}
    chosen["titles"] = dict(draft.choice.titles)
    return {"name": draft.name, "day": draft.day, **chosen}


def _named(name: str) -> str:
    return " ".join(name.split())[:MOST_LETTERS] or "Kladde"


def _new_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_ID_LETTERS))


def _added(folder: Path, draft: Draft) -> Draft:
    if sum(is_draft_id(path.stem) for path in folder.glob("*.json")) >= MOST_DRAFTS:
        raise KpiError(
            _TITLE, f"Der er allerede {MOST_DRAFTS} kladder. Slet en, der ikke bruges mere."
        )
    return _appended(folder, [], draft)


def _appended(folder: Path, revisions: list[Draft], draft: Draft) -> Draft:
    """Writes the draft as the revision after the others; the oldest beyond the bound are let go."""
    refuse_personal_texts(draft.name, *texts_of(draft.choice))
    if revisions and _content(revisions[-1]) == _content(draft):
        return revisions[-1]
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    number = revisions[-1].revision + 1 if revisions else 1
    written = replace(draft, revision=number, changed=now)
    if len(json.dumps(_as_json(written), ensure_ascii=False).encode()) > MOST_BYTES:
        raise KpiError(_TITLE, "Den rummer mere tekst, end en kladde kan. Forkort overskrifterne.")
    last = [*revisions, written][-MOST_REVISIONS:]
    _write(folder / f"{draft.draft_id}.json", [_as_json(revision) for revision in last])
    return written


def _as_json(draft: Draft) -> dict[str, Any]:
    return {**asdict(draft), "day": draft.day.isoformat()}


def _revisions(folder: Path, draft_id: str) -> list[Draft]:
    """The draft's last revisions, oldest first; none where it is not there or damaged."""
    if not is_draft_id(draft_id):
        return []
    try:
        kept = json.loads((folder / f"{draft_id}.json").read_text(encoding="utf-8"))
        return [
            Draft(
                draft_id, each["revision"], each["name"], date.fromisoformat(each["day"]),
                choice_of(each["choice"]), each["changed"],
            )
            for each in kept
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _write(path: Path, kept: object) -> None:
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, indent=1)
    write_in_one_step(path, text.encode(), flushed=True)


@contextmanager
def writing_drafts(home: Path | None = None) -> Iterator[Path]:
    """The folder of the drafts, while nobody else writes there."""
    folder = _folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=_WAIT_SECONDS):
            yield folder
    except Timeout as error:
        raise KpiError(_TITLE, "En anden gemmer lige nu. Prøv igen om lidt.") from error
    except OSError as error:
        raise KpiError(
            _TITLE, "Der kan ikke skrives i databasemappen. " + why_not_written("drafts", error)
        ) from error


def _folder(home: Path | None) -> Path:
    return (home or home_folder()) / "drafts"
