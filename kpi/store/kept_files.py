"""Removing a file that a person made in the store for good: a recipe, a pack's choice, a draft."""

import logging
from pathlib import Path
from typing import Literal

from kpi.domain.errors import KpiError
from kpi.domain.personal import refuse_personal_texts
from kpi.store import versions as place
from kpi.store.next_version import signed
from kpi.system.os_errors import why_not_written
from kpi.system.writing import flush

_LOG = logging.getLogger(__name__)

KeptKind = Literal["recipes", "packs", "drafts"]
_ENDINGS: dict[KeptKind, str] = {"recipes": ".toml", "packs": ".json", "drafts": ".json"}
KEPT_NAMES: dict[KeptKind, str] = {
    "recipes": "Opskriften", "packs": "Pakken", "drafts": "Kladden",
}  # fmt: skip


def remove_kept(
    kind: KeptKind, name: str, by: str, why: str, home: Path | None = None
) -> list[str]:
    """Removes a recipe, a pack or a draft by its name; the names of those that are left.

    No version has it, so nothing else is written. Raises KpiError where none is called so, it
    cannot be removed, or `by` or `why` is empty.
    """
    signed(by, why)
    refuse_personal_texts(name)
    home = home or place.home_folder()
    with place.write_lock(home):
        kept = {path.stem: path for path in (home / kind).glob(f"*{_ENDINGS[kind]}")}
        if name not in kept:
            raise KpiError(
                f"{KEPT_NAMES[kind]} findes ikke", f"Der er ingen med det navn i mappen {kind}/."
            )
        try:
            kept.pop(name).unlink()
            flush(home / kind)
        except OSError as error:
            raise KpiError(
                f"{KEPT_NAMES[kind]} kan ikke slettes", why_not_written(home.name, error)
            ) from error
    _LOG.info("removed a file of %s for good", kind)
    return sorted(kept)
