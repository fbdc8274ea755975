"""Fetched files that wait for a person: KPI_HOME/queue/SHA.NAME.ENDING, SHA.NAME.json beside it.

NAME is the definition's: the same bytes are other figures to another one. A file that was rejected
leaves SHA.NAME.rejected.json: the same bytes never wait again of it.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path, PurePath
from secrets import token_hex

from kpi.domain.errors import KpiError, Problem
from kpi.domain.personal import refuse_personal_texts
from kpi.domain.wording import listing
from kpi.fetch.journal import day_of
from kpi.ingest.gate.kept_copy import kept_copy
from kpi.ingest.table.raw import Upload
from kpi.store.removed import QUEUE, REJECTED
from kpi.system.writing import write_whole

_LOG = logging.getLogger(__name__)
_TITLE = "Filen kan ikke stilles i kø"
_ID_CHARACTERS = 12


class NotWaitingError(KpiError):
    """A file that waits no longer: somebody else has decided about it, or a newer one came."""


@dataclass(frozen=True)
class Waiting:
    """A file that waits: what it is, where it came from, and why it was not published by itself.

    `name` is the definition's, `source` its table's or host's. `problems` are those of the check
    when it was fetched. `kept_sha256` is of the bytes that wait, which of a workbook are those of
    its cells alone; empty where they are the answer's own. `texts` is what the source said of its
    codes, `of_all_areas` whether it was asked for all its areas (`Choices`). `id` is what a person
    calls it by: drawn at random, as whoever guesses a small number of the file could try its hash,
    or what is made of it.
    """

    sha256: str
    name: str
    title: str
    source: str
    file: str
    recipe: str
    sheet: str | None
    fetched_at: str
    source_updated: str
    rows: int
    new: int
    changed: int
    problems: Sequence[Problem] = ()
    kept_sha256: str = ""
    reattributed: int = 0
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_all_areas: bool = False
    id: str = field(default_factory=lambda: token_hex(_ID_CHARACTERS // 2))

    def updated_on(self) -> date | None:
        """The day the source was updated; None where it does not say."""
        return day_of(self.source_updated)


@dataclass(frozen=True)
class Rejection:
    """What a person threw away: the file's id and title, by whom, why and when (UTC)."""

    id: str
    title: str
    by: str
    why: str
    rejected_at: str


def fetched_words(source: str, updated: date | None) -> str:
    """Where fetched figures come from: `Hentet fra RAS200, opdateret 28.10.2026`."""
    return f"Hentet fra {source}" + (f", opdateret {updated:%d.%m.%Y}" if updated else "")


def queue_folder(home: Path) -> Path:
    """Where files wait."""
    return home / QUEUE


def wait_for_person(home: Path, waiting: Waiting, upload: Upload) -> None:
    """Puts a file in the queue, in the place of an older one of the same definition.

    The file first: what has no description beside it does not wait. Of a workbook nothing waits
    that nobody searched (kpi/ingest/gate/kept_copy.py). Raises KpiError where the disk is full or
    closed.
    """
    folder = queue_folder(home)
    content = kept_copy(upload.content)
    if content != upload.content:
        waiting = replace(waiting, kept_sha256=Upload(waiting.file, content).sha256)
    described = _description(folder, waiting)
    if described.is_file() and (same := _read(described)) is not None:
        waiting = replace(waiting, id=same.id)
    write_whole(_file(folder, waiting), content, _TITLE, make_folder=True)
    content = json.dumps(asdict(waiting), ensure_ascii=False, indent=1).encode()
    write_whole(described, content, _TITLE)
    for older in waiting_files(home):
        if older.name == waiting.name and older.sha256 != waiting.sha256:
            remove(home, older)


def waiting_files(home: Path) -> list[Waiting]:
    """What waits, the oldest first; nothing that was rejected, as a copy of the store may have."""
    folder = queue_folder(home)
    described = (_read(path) for path in sorted(folder.glob("*.json")))
    waiting = [
        entry
        for entry in described
        if entry is not None
        and _file(folder, entry).is_file()
        and not is_rejected(home, entry.sha256, entry.name)
    ]
    return sorted(waiting, key=lambda entry: (entry.fetched_at, entry.name))


def waiting_of(home: Path, name: str) -> Waiting | None:
    """What waits of a definition."""
    return next((entry for entry in waiting_files(home) if entry.name == name), None)


def waiting_entry(home: Path, wanted: str) -> Waiting:
    """What waits under an id, or the beginning of it; under no hash, which says what is in a file.

    Raises NotWaitingError where nothing does, or several.
    """
    fitting = [entry for entry in waiting_files(home) if wanted and entry.id.startswith(wanted)]
    if len(fitting) > 1:
        raise NotWaitingError(
            "Nummeret passer på flere",
            f"Skriv hele nummeret: {listing([entry.id for entry in fitting])} begynder alle sådan.",
        )
    if not fitting:
        raise NotWaitingError(
            "Filen venter ikke",
            "Der er ingen fil i køen med det nummer. Den er måske allerede udgivet eller afvist, "
            "eller en nyere har taget dens plads. Se køen med »python -m kpi queue«.",
        )
    return fitting[0]


def waiting_file(home: Path, wanted: str) -> tuple[Waiting, Upload]:
    """A file that waits, by its id or the beginning of it. Raises KpiError where it does not."""
    waiting = waiting_entry(home, wanted)
    try:
        content = _file(queue_folder(home), waiting).read_bytes()
    except OSError as error:
        raise KpiError(
            "Filen kan ikke læses",
            f"»{waiting.file}« i køen er væk eller lukket. Afvis den, og hent igen.",
        ) from error
    upload = Upload(waiting.file, content)
    if upload.sha256 != (waiting.kept_sha256 or waiting.sha256):
        raise KpiError(
            "Filen er ændret",
            f"»{waiting.file}« er ikke den, der blev hentet. Afvis den, og hent igen.",
        )
    return waiting, upload


def remove(home: Path, waiting: Waiting) -> None:
    """Takes a file out of the queue; the description first."""
    folder = queue_folder(home)
    for path in (_description(folder, waiting), _file(folder, waiting)):
        with suppress(FileNotFoundError):
            path.unlink()


def reject(home: Path, waiting: Waiting, by: str, why: str) -> None:
    """Throws a file away and remembers its hash. Raises KpiError where `by` or `why` is empty."""
    by, why = by.strip(), why.strip()
    if not by or not why:
        raise KpiError("Der mangler noget", "Skriv både navn (--by) og grund (--why).")
    refuse_personal_texts(by, why)
    rejected = {
        "sha256": waiting.sha256, "name": waiting.name, "id": waiting.id, "title": waiting.title,
        "by": by, "why": why, "rejected_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    write_whole(
        _rejection(home, waiting.sha256, waiting.name),
        json.dumps(rejected, ensure_ascii=False, indent=1).encode(), "Afvisningen kan ikke gemmes",
    )  # fmt: skip
    remove(home, waiting)
    _LOG.info("rejected %s of %s", waiting.id, waiting.name)


def is_rejected(home: Path, content: str, name: str) -> bool:
    """Whether a person has rejected these very bytes (their SHA-256) of a definition."""
    return _rejection(home, content, name).is_file()


def rejections(home: Path) -> list[Rejection]:
    """What persons have thrown away, newest first; none that nobody can read."""
    known = (_read_rejection(path) for path in queue_folder(home).glob(f"*{REJECTED}"))
    return sorted(
        (rejection for rejection in known if rejection is not None),
        key=lambda rejection: (rejection.rejected_at, rejection.id), reverse=True,
    )  # fmt: skip


def _read_rejection(path: Path) -> Rejection | None:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        # Before a rejection said which file it was of, it named the definition alone.
        written = {"id": "", "title": written["name"], **written}
        rejection = Rejection(**{each.name: str(written[each.name]) for each in fields(Rejection)})
        datetime.fromisoformat(rejection.rejected_at)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        _LOG.warning("a rejection cannot be read")
        return None
    return rejection


def _rejection(home: Path, content: str, name: str) -> Path:
    return queue_folder(home) / f"{content}.{name}{REJECTED}"


def _description(folder: Path, waiting: Waiting) -> Path:
    return folder / f"{waiting.sha256}.{waiting.name}.json"


def _file(folder: Path, waiting: Waiting) -> Path:
    ending = PurePath(waiting.file).suffix.casefold()
    # A JSON file is not its own description.
    is_plain = ending[1:].isalnum() and ending != ".json"
    return folder / f"{waiting.sha256}.{waiting.name}{ending if is_plain else '.bin'}"


def _earlier_id(name: str, content: str) -> str:
    return sha256(f"{name} {content}".encode()).hexdigest()[:_ID_CHARACTERS]


def _read(path: Path) -> Waiting | None:
    """What a description says; None for one of a rejected file, or that nobody can read."""
    if path.name.endswith(REJECTED):
        return None
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        # One from before it was said which bytes wait of a workbook has them all.
        written.setdefault("kept_sha256", "")
        # Before copies gave way to their source no figure did.
        written.setdefault("reattributed", 0)
        written.setdefault("texts", {})
        written.setdefault("of_all_areas", False)
        # Before ids were drawn they were made of the hash; such a one is still valid.
        written.setdefault("id", _earlier_id(written["name"], written["sha256"]))
        given = {each.name: written[each.name] for each in fields(Waiting)}
        given["problems"] = tuple(Problem(**problem) for problem in given["problems"])
        entry = Waiting(**given)
        datetime.fromisoformat(entry.fetched_at)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _LOG.warning("a description in the queue cannot be read")
        return None
    return entry if path.name == _description(path.parent, entry).name else None
