"""Packs that were made: what was chosen and of which day, so that they can be made again."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kpi.domain.errors import KpiError
from kpi.domain.model import Observation
from kpi.domain.personal import refuse_personal_texts
from kpi.export.choice import CaseDetails, Choice, OwnSlide, texts_of
from kpi.export.paper import Paper
from kpi.store.versions import home_folder
from kpi.system.os_errors import why_not_written
from kpi.system.writing import write_in_one_step

Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class SavedPack:
    """A pack as it was made: what it was called, its choice, day, version and exhibits' titles."""

    pack_id: str
    name: str
    as_of: date
    version: str
    choice: Choice
    exhibits: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A figure that differs between two papers; None where one of them lacks it."""

    key: Key
    before: Observation | None
    now: Observation | None


def save(paper: Paper, home: Path | None = None) -> SavedPack:
    """Keeps what the paper was made of; the same choice of the same day is kept once.

    Raises KpiError when a title contains a CPR number, or the pack cannot be written.
    """
    refuse_personal_texts(*texts_of(paper.choice))
    kept = {
        "name": paper.occasion or paper.dated,
        "as_of": paper.as_of.isoformat(),
        "version": paper.version,
        "choice": asdict(paper.choice),
        "exhibits": [item.exhibit.key for item in paper.items],
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    pack_id = f"{paper.as_of.isoformat()}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    folder = _folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_in_one_step(folder / f"{pack_id}.json", text.encode())
    except OSError as error:
        raise KpiError(
            "Pakken kan ikke gemmes",
            "Der kan ikke skrives i databasemappen. " + why_not_written(pack_id, error),
        ) from error
    return _read(pack_id, text)


def saved_packs(home: Path | None = None) -> list[SavedPack]:
    """All kept packs, the newest day first; a file that cannot be read is left out."""
    packs = []
    for path in sorted(_folder(home).glob("*.json"), reverse=True):
        try:
            packs.append(_read(path.stem, path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return packs


def packs_about(
    indicator_ids: Collection[str], known_from: str, home: Path | None = None
) -> list[str]:
    """The names of kept packs that may show figures of the indicators as known from a day on."""
    return [
        f"{saved_pack.name} ({saved_pack.pack_id})"
        for saved_pack in saved_packs(home)
        if saved_pack.as_of.isoformat() >= known_from
        and any(
            indicator in key.split("-") or key.startswith("resultater-")
            for key in saved_pack.exhibits
            for indicator in indicator_ids
        )
    ]


def moved(before: Paper, now: Paper) -> tuple[Moved, ...]:
    """The figures of two papers that differ, in the order of the first; new ones last."""
    old, new = _figures(before), _figures(now)
    return tuple(
        Moved(key, old.get(key), new.get(key))
        for key in dict.fromkeys([*old, *new])
        if _shown(old.get(key)) != _shown(new.get(key))
    )


def _figures(paper: Paper) -> dict[Key, Observation]:
    return {
        (row.indicator_id, row.area_id, row.group_id, row.period.text): row
        for item in paper.items
        for row in item.exhibit.observations
    }


def _shown(row: Observation | None) -> object:
    return row and (
        row.value, row.low, row.high, row.numerator, row.denominator, row.status,
    )  # fmt: skip


def _read(pack_id: str, text: str) -> SavedPack:
    kept = json.loads(text)
    return SavedPack(
        pack_id,
        kept["name"],
        date.fromisoformat(kept["as_of"]),
        kept["version"],
        choice_of(kept["choice"]),
        tuple(kept["exhibits"]),
    )


def choice_of(chosen: Mapping[str, Any]) -> Choice:
    """A choice as it was kept. Raises KeyError and TypeError for what is none."""
    return Choice(
        chosen["area_id"],
        chosen["meeting_id"],
        tuple(chosen["theme_ids"]),
        tuple(chosen["indicator_ids"]),
        tuple(chosen["order"]),
        tuple(chosen["left_out"]),
        dict(chosen["titles"]),
        # Packs of earlier versions do not say.
        chosen.get("claims", True),
        chosen.get("among", ""),
        CaseDetails(**chosen.get("case", {})),
        tuple(chosen.get("picked", ())),
        tuple(chosen.get("without", ())),
        chosen.get("cover", ""),
        chosen.get("gathered", False),
        tuple(OwnSlide(**slide) for slide in chosen.get("slides", ())),
    )


def _folder(home: Path | None) -> Path:
    return (home or home_folder()) / "packs"
