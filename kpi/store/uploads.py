"""Publishing a file and withdrawing it. Every step is a new version; nothing is ever deleted."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from operator import attrgetter
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError, Problem
from kpi.domain.format import long_date
from kpi.domain.lengths import refuse_long_texts
from kpi.domain.period import DENMARK
from kpi.domain.personal import refuse_personal_texts
from kpi.ingest.changes_file import write_changes
from kpi.ingest.checked import Checked
from kpi.ingest.checking import check
from kpi.ingest.loading import Begun
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import all_recipes, parse_recipe
from kpi.ingest.readers.archive import beside_table, member
from kpi.ingest.table.raw import RefusedError, Upload
from kpi.store import versions as place
from kpi.store.catalogs import catalog_of
from kpi.store.connection import compared_with
from kpi.store.current_rows import rebuild_rows
from kpi.store.inserting import Signature, inserting
from kpi.store.next_version import changed_version, next_version_copy, signed
from kpi.store.originals import kept_original
from kpi.store.removed import Removed, refuse_if_removed_since, removals
from kpi.system.temporary import temporary_folder
from kpi.system.writing import write_whole

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class PublishedUpload:
    """What publishing a file came to; `batch_id` is None when nothing was new or errors remain.

    `version_before` is the version that the file was compared with. `recoverable` hidden numbers
    can be computed since then by whoever remembers what was shown before. `hidden`: how many
    figures of each indicator were shown before, and are hidden since to guard a small number.
    """

    checked: Checked
    batch_id: int | None
    version: str
    version_before: str = ""
    recoverable: int = 0
    hidden: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Withdrawn:
    """A batch that no longer counts; `restored` keys have another value, or none, again."""

    batch_id: int
    version: str
    restored: int


def recipe_folders(home: Path | None = None) -> tuple[Path, ...]:
    """Where recipes are kept: with the program's data, and in the store, which goes first."""
    return place.data_folder() / "recipes", (home or place.home_folder()) / "recipes"


def keep_recipe(text: str, name: str, home: Path | None = None) -> None:
    """Keeps a recipe in the store.

    Raises KpiError for one that cannot be read, a bad name, or a disk that is full or closed.
    """
    if not name or not name.replace("_", "").isalnum() or not name.isascii():
        raise KpiError(
            "Opskriften kan ikke gemmes",
            f"»{name}« kan ikke være et navn. Brug små bogstaver a-z, tal og _.",
        )
    refuse_personal_texts(text, name)
    parse_recipe(text, name)
    place.current_version(home or place.home_folder())
    path = recipe_folders(home)[1] / f"{name}.toml"
    write_whole(path, text.encode("utf-8"), "Opskriften kan ikke gemmes", make_folder=True)


def check_file(upload: Upload, choices: Choices | None = None, home: Path | None = None) -> Checked:
    """Everything about a file, compared with the current version. Changes nothing."""
    home = home or place.home_folder()
    version = place.current_version(home)
    with _begun_in_background(upload) as begun:
        catalog = catalog_of(home, version)
        with compared_with(place.version_path(home, version), upload.size) as connection:
            recipes = partial(all_recipes, recipe_folders(home))
            return check(connection, upload, catalog, choices or Choices(), recipes, begun)


def changes_file(
    upload: Upload,
    choices: Choices | None = None,
    version: str = "",
    with_figures: bool = True,
    home: Path | None = None,
) -> bytes:
    """Every key that the file adds to or changes in a version (now's if none is named), as CSV.

    The file is read again, so that nobody has to keep a million changes until they are asked for.
    Not `with_figures`, its own figures are hidden in the answer.
    """
    home = home or place.home_folder()
    version = version or place.current_version(home)
    catalog = catalog_of(home, version)
    with (
        temporary_folder() as folder,
        compared_with(place.version_path(home, version), upload.size) as connection,
    ):
        recipes = partial(all_recipes, recipe_folders(home))
        checked = check(connection, upload, catalog, choices or Choices(), recipes)
        if not checked.compared:
            raise KpiError(
                "Ændringerne kan ikke hentes", "Filen kan ikke læses mere. Indlæs den igen."
            )
        out = folder / "changes.csv"
        write_changes(connection, catalog, out, with_figures=with_figures)
        return out.read_bytes()


def published_file(sha256: str, name: str, home: Path | None = None) -> Upload:
    """A published file as it was, by its hash. Raises KpiError where it is no longer kept."""
    folder = (home or place.home_folder()) / "originals"
    original = next(folder.glob(f"{sha256}.*"), None) if sha256.isalnum() else None
    if original is None:
        raise KpiError("Filen findes ikke", "Den indlæste fil er ikke længere i databasemappen.")
    return Upload(name, original.read_bytes())


def publish(
    upload: Upload,
    choices: Choices | None,
    by: str,
    note: str,
    home: Path | None = None,
    is_allowed: Callable[[Checked], bool] = attrgetter("publishable"),
    removed_before: Sequence[Removed] | None = None,
) -> PublishedUpload:
    """Checks a file against the newest version and publishes its new and changed rows.

    `is_allowed` may ask more of the file than that it has no errors, `removed_before` is what had
    been removed for good when it was read (None: it is read now). Raises KpiError when `by` or
    `note` is empty or too long, another publishes for too long, removed the file for good
    meanwhile, or the disk or memory is full; the earlier version then stays.
    """
    if not by.strip() or not note.strip():
        raise KpiError("Der mangler noget", "Skriv både navn (--by) og note (--note).")
    refuse_long_texts(by, note)
    refuse_personal_texts(by, note, choices.recipe.name if choices and choices.recipe else "")
    home = home or place.home_folder()
    removed_before = removals(home) if removed_before is None else removed_before
    others: list[Problem] = []
    with suppress(RefusedError):  # a ZIP is not kept: what else is in it passed no gate
        upload, others = member(upload, None), beside_table(upload)
    with (
        _begun_in_background(upload, is_hashed=True) as begun,
        next_version_copy(home) as (version, unfinished),
        ExitStack() as keeping,
    ):
        refuse_if_removed_since(home, upload, removed_before)
        catalog = catalog_of(home, version)
        recipe = choices.recipe.name if choices and choices.recipe else None
        signature = Signature(by.strip(), note.strip(), recipe)
        base = place.version_path(home, version)
        with inserting(base, unfinished, upload, catalog, signature) as insertion:
            # As it was checked: a recipe that fits keeps a file from being read by its contents.
            recipes = partial(all_recipes, recipe_folders(home))
            checked = check(
                insertion.connection,
                upload,
                catalog,
                choices or Choices(),
                recipes,
                begun,
                insertion.begin,
            )
            checked = replace(checked, problems=(*checked.problems, *others))
            if not (checked.publishable and checked.moved and is_allowed(checked)):
                return PublishedUpload(checked, None, version, version)
            new = place.next_version(home)
            original_is_kept = keeping.enter_context(kept_original(home, upload, new))
            done = insertion.finish()
        original_is_kept()
        place.make_current(home, unfinished, new)
    _LOG.info("published batch %s as version %s", done.batch_id, new)
    return PublishedUpload(checked, done.batch_id, new, version, done.recoverable, done.hidden)


@contextmanager
def _begun_in_background(upload: Upload, is_hashed: bool = False) -> Iterator[Callable[[], Begun]]:
    """Begins to read a file beside what the block does; what that came to is asked for there.

    `is_hashed`: its hash is worked out after that. Of a long file both take a while.
    """
    with ThreadPoolExecutor(1) as thread:
        begun = thread.submit(Begun, upload)
        if is_hashed:
            thread.submit(lambda: upload.sha256)
        yield begun.result


def withdraw(batch_id: int, by: str, why: str, home: Path | None = None) -> Withdrawn:
    """Withdraws a batch; the values before it are current again.

    Raises KpiError for an unknown batch, one that is withdrawn already, or an empty `by` or `why`.
    """
    by, why = signed(by, why)
    with changed_version(home or place.home_folder()) as (new, connection):
        restored = _withdraw(connection, batch_id, by, why)
    _LOG.info("withdrew batch %s as version %s", batch_id, new)
    return Withdrawn(batch_id, new, restored)


def _withdraw(connection: duckdb.DuckDBPyConnection, batch_id: int, by: str, why: str) -> int:
    batch = connection.execute(
        "SELECT state, origin, withdrawn_on, withdrawn_by FROM batch WHERE batch_id = $batch",
        {"batch": batch_id},
    ).fetchone()
    if batch is None:
        raise KpiError(
            "Indlæsningen findes ikke",
            f"Der er ingen indlæsning nr. {batch_id}. Se alle med »python -m kpi batches«.",
        )
    if batch[0] == "purged":
        raise KpiError(
            "Indlæsningen er slettet",
            f"Nr. {batch_id} blev slettet {long_date(batch[2])} af {batch[3]}.",
        )
    if batch[0] == "withdrawn":
        raise KpiError(
            "Indlæsningen er allerede fortrudt",
            f"Nr. {batch_id} blev fortrudt {long_date(batch[2])} af {batch[3]}.",
        )
    connection.execute("BEGIN")
    connection.execute(
        """
        UPDATE batch SET state = 'withdrawn', withdrawn_on = $day, withdrawn_by = $by,
            withdrawn_why = $why
        WHERE batch_id = $batch
        """,
        {"batch": batch_id, "day": datetime.now(DENMARK).date(), "by": by, "why": why},
    )
    (restored,) = connection.execute(
        "SELECT count(*) FROM current_observation WHERE batch_id = $batch", {"batch": batch_id}
    ).fetchone() or (0,)
    rebuild_rows(connection, [batch_id])
    connection.execute("COMMIT")
    return int(restored)
