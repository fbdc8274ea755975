"""What the session knows of its files: how each was read, and what was published of it.

The queue itself is ui/upload_files.py's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from kpi.domain.model import Batch
from kpi.ingest.checked import Change, Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import OWN_SOURCE
from kpi.ingest.mapping.recipe import Recipe, all_recipes
from kpi.ingest.mapping.recipe_fit import is_of_known_names
from kpi.store.uploads import recipe_folders
from kpi.views.upload import needs_recipe
from kpi.views.upload_problems import has_personal_data
from kpi.views.upload_queue import Finding, finding
from ui import cache
from ui.badges import plain
from ui.turns import waiting
from ui.upload_files import (
    DONE,
    READ,
    Handed,
    answer,
    close,
    current_file,
    drop,
    files,
    forget,
    has_answer,
    say,
)
from ui.upload_work import check_file

# A file with more problems is read again when it becomes the current one, not kept for that.
_MOST_PROBLEMS_KEPT = 500
_MOST_LEFT_OVER = 20


@dataclass(frozen=True)
class Reading:
    """A file as it was read with some choices, compared with a version.

    Of a file that nobody looks at, `checked` may be without its problems; `finding` is complete.
    `recipes` are those that there were, where the file was in want of one.
    """

    key: object
    checked: Checked
    choices: Choices
    finding: Finding
    is_whole: bool = True
    recipes: object = None


@dataclass(frozen=True)
class Done:
    """A publication of this session, for the page to show."""

    checked: Checked
    choices: Choices
    batch_id: int
    version: str
    version_before: str
    sha256: str
    recoverable: int = 0
    hidden: Mapping[str, int] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the publication added and changed."""
        return self.checked.changes


def done(batches: Sequence[Batch]) -> Done | None:
    """What the current file was published as; a publication that was withdrawn is forgotten."""
    counts = {batch.batch_id for batch in batches if batch.state == "published"}
    for file in files():
        if file.batch_id is not None and file.batch_id not in counts:
            drop(file.number)
    hand = current_file()
    published: dict[int, Done] = st.session_state.get(DONE, {})
    return published.get(hand.number) if hand else None


def finish(published: Done) -> None:
    """Notes a publication of the current file and releases its content."""
    hand = current_file()
    assert hand is not None
    st.session_state.setdefault(DONE, {})[hand.number] = published
    _readings().pop(hand.number, None)
    close(hand.number, published.batch_id)


def recipes() -> dict[str, Recipe]:
    """Every recipe by name."""
    return {recipe.name: recipe for recipe in all_recipes(recipe_folders())}


def choices_of(number: int) -> Choices:
    """What the boxes say of a file; they may be drawn further down, or not now."""
    name = answer("opskrift", number)
    source_id = answer("kilde", number)
    return Choices(
        recipe=recipes().get(str(name)) if name else None,
        # The box begins at our own source, which no choice means too: the file is read once.
        source_id=None if source_id in (None, OWN_SOURCE) else str(source_id),
        decimal=str(answer("decimaltegn", number) or "") or None,
        sheet=str(answer("ark", number) or "").strip() or None,
        measure=str(answer("maal", number) or "").strip() or None,
        scale=float(str(factor)) if (factor := answer("skala", number)) else None,
        accept_recipe=answer("brug-opskrift", number) is True,
    )


def checked_file(version_key: str) -> tuple[Checked | None, Choices]:
    """The current file, read and compared with the version, and the choices it was read with."""
    hand = current_file()
    if hand is None or hand.batch_id is not None:
        return None, Choices()
    read = _readings().get(hand.number)
    if read is not None and not read.is_whole and hand.is_open:
        _readings().pop(hand.number)
    read = _reading(hand, version_key)
    return read.checked, read.choices


def reading_of(file: Handed, version_key: str) -> Reading | None:
    """How a file was read last; None where it is not yet read as it is to be now."""
    known = _readings().get(file.number)
    if known is None or not file.is_open:
        return known
    is_same = known.key == _key(file, choices_of(file.number), version_key)
    # A recipe that was made or mended meanwhile may be the one that the file was in want of.
    return known if is_same and known.recipes in (None, _kept_recipes()) else None


def read_the_rest(version_key: str, show: Callable[[Handed, Reading], None]) -> None:
    """Reads the files that nobody looks at now, after the page is drawn; shows each finding."""
    hand = current_file()
    if any(file.is_open and reading_of(file, version_key) is None for file in files()):
        # The browser clears away what was further down on the page before only when all is done.
        for _ in range(_MOST_LEFT_OVER):
            st.empty()
    for file in files():
        if file.is_open and reading_of(file, version_key) is None:
            show(file, _reading(file, version_key, is_shown=False))
        known = _readings().get(file.number)
        if known and file is not hand and len(known.checked.problems) > _MOST_PROBLEMS_KEPT:
            fewer = replace(known.checked, problems=(), changes=())
            _readings()[file.number] = replace(known, checked=fewer, is_whole=False)


def _reading(file: Handed, version_key: str, is_shown: bool = True) -> Reading:
    """The file as it reads now. A recipe that is sure to be for it is chosen unasked."""
    known = reading_of(file, version_key)
    if known is not None:
        return known
    choices = choices_of(file.number)
    if choices.recipe and not is_of_known_names(choices.recipe, cache.catalog(version_key)):
        # What it is of was withdrawn while the file was in hand: it is chosen again when that is.
        forget("opskrift", file.number)
        choices = replace(choices, recipe=None)
    read = _read(file, choices, version_key, is_shown)
    checked = read.checked
    if (
        needs_recipe(checked, choices)
        and len(checked.proven) == 1
        and checked.proven == checked.fitting
        and not has_answer("opskrift", file.number)
    ):
        say("opskrift", file.number, checked.fitting[0])
        choices = replace(choices, recipe=recipes()[checked.fitting[0]])
        read = _read(file, choices, version_key, is_shown)
    return read


def _read(file: Handed, choices: Choices, version_key: str, is_shown: bool) -> Reading:
    assert file.upload is not None, "a refused file has been read"
    with waiting(f"Læser »{plain(file.name)}« …" if is_shown else ""):
        checked = check_file(file.upload, choices)
        if has_personal_data(checked):
            close(file.number)
        key = _key(file, choices, version_key)
        kept = _kept_recipes() if needs_recipe(checked, choices) else None
        read = Reading(key, checked, choices, finding(checked, choices), recipes=kept)
        _readings()[file.number] = read
    return read


def _key(file: Handed, choices: Choices, version_key: str) -> object:
    return (file.sha256, choices, version_key)


def _kept_recipes() -> tuple[tuple[str, int], ...]:
    """The files of all recipes, and when each was written."""
    paths = (path for folder in recipe_folders() for path in sorted(folder.glob("*.toml")))
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths)


def _readings() -> dict[int, Reading]:
    readings: dict[int, Reading] = st.session_state.setdefault(READ, {})
    return readings
