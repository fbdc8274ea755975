"""What a store remembers of files that were removed from it for good, and of its backups.

A backup that was made before a removal brings the file back when it is restored: so the store
remembers a key of each file, which reveals nothing of the file, and where it was copied to.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import scrypt
from pathlib import Path
from typing import Any

from kpi.cpr.messages import without_personal_numbers
from kpi.domain.errors import KpiError
from kpi.domain.period import DENMARK
from kpi.ingest.table.raw import Upload
from kpi.system.writing import write_in_one_step

_REMOVED = "removed.json"
# What persons rejected of what was fetched, in this folder: a file each (kpi/fetch/queue.py).
QUEUE, REJECTED = "queue", ".rejected.json"
# What the latest fetch of each definition came to, in this folder (kpi/fetch/journal.py).
JOURNALS = "fetch"
# Of this place alone: no copy has it.
BACKUPS = "backups.json"
# Few numbers are soon all tried: each try takes long.
_COST, _BLOCK, _SALT_BYTES = 2**14, 8, 16


@dataclass(frozen=True)
class Removed:
    """One removal: the key of the file's hash with its own salt, by whom and why.

    The moment of an entry is no secret, as the history keeps it: it is its own key, without a salt.
    """

    salt: str
    key: str
    by: str
    why: str

    def is_of(self, sha256: str) -> bool:
        """Whether it was the file of this hash, or the entry of this moment."""
        return (_key(sha256, self.salt) if self.salt else sha256) == self.key


class RemovedError(KpiError):
    """A file that was removed for good while it was on its way into the store."""


def removals(home: Path) -> list[Removed]:
    """All that was removed so far."""
    return _removed(home)


def refuse_if_removed_since(home: Path, upload: Upload, before: Sequence[Removed]) -> None:
    """Refuses a file that was removed since `before`: whoever removed it knew nothing of this one.

    Only the one who holds the store's lock can ask. Raises RemovedError.
    """
    since = [removed for removed in _removed(home) if removed not in before]
    if any(removed.is_of(upload.sha256) for removed in since):
        raise RemovedError(
            "Filen er slettet",
            "En anden slettede den samme fil for altid, mens denne blev udgivet. Den er ikke "
            "udgivet igen. Skal tallene alligevel med, så indlæs filen på ny.",
        )


def remember(home: Path, sha256: str, said: tuple[str, str], is_secret: bool = True) -> None:
    """Remembers that a file was removed, by whom and why (looked through by `purge`); once.

    Of an entry the moment is given, which is not `is_secret`.
    """
    known = _removed(home)
    if not any(removed.is_of(sha256) for removed in known):
        salt = secrets.token_hex(_SALT_BYTES) if is_secret else ""
        key = _key(sha256, salt) if is_secret else sha256
        _write(home / _REMOVED, [*known, Removed(salt, key, *said)])


def removed_among(home: Path, hashes: Iterable[str]) -> list[tuple[str, Removed]]:
    """The files (or entries) that were removed from the store before, by their hashes (moments)."""
    known = _removed(home)
    records = (
        (sha256, next((removed for removed in known if removed.is_of(sha256)), None))
        for sha256 in sorted(filter(None, hashes))
    )
    return [(sha256, removed) for sha256, removed in records if removed is not None]


def take_memory_along(home: Path, restored: Path) -> bool:
    """Adds to a copy of a store what the one whose place it takes remembers.

    These are removals, backups, and what was rejected since the copy was made, which then waits no
    more. Returns whether any removal was added. Either store may remember nothing.
    """
    added = [removed for removed in _removed(home) if removed not in _removed(restored)]
    if added:
        _write(restored / _REMOVED, [*_removed(restored), *added])
    if backups := _read(home / BACKUPS):
        _write_json(restored / BACKUPS, backups)
    for rejection in sorted((home / QUEUE).glob(f"*{REJECTED}")):
        (restored / QUEUE).mkdir(exist_ok=True)
        write_in_one_step(restored / QUEUE / rejection.name, rejection.read_bytes(), flushed=True)
    return bool(added)


def forget_fetched(home: Path, sha256: str) -> None:
    """Takes a removed file's hash out of what is remembered of fetches. Raises OSError."""
    for path in sorted((home / JOURNALS).glob("*.json")):
        content = path.read_bytes()
        if sha256 and sha256.encode() in content:
            write_in_one_step(path, content.replace(sha256.encode(), b""), flushed=True)


def note_backup(home: Path, folder: Path) -> None:
    """Remembers where the store was copied to: never a CPR number in the path of it."""
    entry = {
        "folder": without_personal_numbers(str(folder)),
        "day": datetime.now(DENMARK).date().isoformat(),
    }
    others = [other for other in _read(home / BACKUPS) if other["folder"] != entry["folder"]]
    _write_json(home / BACKUPS, [*others, entry])


def backups_since(home: Path, day: str) -> tuple[str, ...]:
    """The backups that were made since a day (2025-03-19), oldest first."""
    return tuple(entry["folder"] for entry in _read(home / BACKUPS) if entry["day"] >= day)


def _key(sha256: str, salt: str) -> str:
    return scrypt(sha256.encode(), salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=1).hex()


def _removed(home: Path) -> list[Removed]:
    return [Removed(**entry) for entry in _read(home / _REMOVED)]


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return entries


def _write(path: Path, known: Iterable[Removed]) -> None:
    _write_json(path, [asdict(removed) for removed in known])


def _write_json(path: Path, entries: list[dict[str, Any]]) -> None:
    content = json.dumps(entries, ensure_ascii=False, indent=1).encode()
    write_in_one_step(path, content, path.with_name(f"{path.name}.new"), flushed=True)
