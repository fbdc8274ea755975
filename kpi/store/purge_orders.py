"""What is to be removed for good: an order in the store until it is; a kill undoes nothing."""

import json
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.domain.format import long_date
from kpi.domain.period import DENMARK
from kpi.domain.vocabulary import REMOVED_TEXT
from kpi.ingest.mapping.recipe import all_recipes
from kpi.store import versions as place
from kpi.store.connection import connect, open_store
from kpi.store.publishing import clear
from kpi.store.removed import removed_among
from kpi.store.removing_entries import refuse_if_needed_today
from kpi.system.writing import write_in_one_step

ORDER = "purging.json"


@dataclass(frozen=True)
class Order:
    """What is to be removed, until it is: kept in the store, so that a kill undoes nothing.

    An entry is known by its moment (UTC, ISO); a file by its hash.
    """

    batch_ids: list[int]
    sha256: str
    by: str
    why: str
    day: str
    indicator_ids: list[str]
    known_from: str
    recipes: list[str] = field(default_factory=list)
    entry_id: int = 0
    entered_at: str = ""

    @property
    def key(self) -> str:
        """What the store remembers it by."""
        return self.entered_at or self.sha256


def order_of_batch(batch_id: int, by: str, why: str, home: Path) -> Order:
    """What a batch's file has left in the current version. Raises KpiError as `purge`."""
    version = place.current_version(home)
    open_store(home, version).close()  # says what to do where an earlier program wrote it
    with connect(place.version_path(home, version), None) as connection:
        batch = connection.execute(_BATCH, {"batch": batch_id}).fetchone()
        if batch is None:
            raise KpiError(
                "Indlæsningen findes ikke",
                f"Der er ingen indlæsning nr. {batch_id}. Se alle med »python -m kpi batches«.",
            )
        state, origin, sha256, day, who = batch
        if state == "purged":
            raise KpiError(
                "Indlæsningen er allerede slettet",
                f"Nr. {batch_id} blev slettet {long_date(day)} af {who}.",
            )
        if origin != "upload":
            raise KpiError(
                "Indlæsningen kan ikke slettes",
                f"Nr. {batch_id} kommer fra data/ og ikke fra en indlæst fil. Tag rækkerne ud af "
                "data/, og byg databasen i en ny mappe.",
            )
        return _order_of_file(sha256, by, why, home, connection)


def _order_of_file(
    sha256: str, by: str, why: str, home: Path, connection: duckdb.DuckDBPyConnection
) -> Order:
    """What the batches of a file have left in a version that is open."""
    batches = connection.execute(SAME_FILE, {"sha256": sha256}).fetchall()
    numbers = [number for number, _ in batches]
    indicators = connection.execute(_INDICATORS, {"batches": numbers}).fetchall()
    named = connection.execute(_NAMED, {"batches": numbers}).fetchall()
    return Order(
        numbers, sha256, by, why, datetime.now(DENMARK).date().isoformat(),
        [indicator_id for (indicator_id,) in indicators],
        min((known.isoformat() for _, known in batches), default=""),
        _recipes_of({name for name, _ in named}, {recipe for _, recipe in named}, home),
    )  # fmt: skip


def order_of_entry(entry_id: int, by: str, why: str, home: Path) -> Order:
    """What an entry has left in the current version. Raises KpiError as `purge_entry`."""
    version = place.current_version(home)
    open_store(home, version).close()
    copy = home / "versions" / "next.tmp"
    try:
        shutil.copyfile(place.version_path(home, version), copy)
        with duckdb.connect(str(copy)) as connection:
            entry = connection.execute(_ENTRY, {"entry": entry_id}).fetchone()
            if entry is None:
                raise KpiError(
                    "Registreringen findes ikke",
                    f"Der er ingen registrering nr. {entry_id}. Se alle med »python -m kpi "
                    "entries«.",
                )
            moment, origin, day, who = entry
            if origin == REMOVED_TEXT:
                raise KpiError(
                    "Registreringen er allerede slettet",
                    f"Nr. {entry_id} blev slettet {long_date(day)} af {who}.",
                )
            refuse_if_needed_today(moment, connection, _REMEDY)
    finally:
        clear(copy)
    return _of_entry(entry_id, moment.isoformat(), by, why)


def _of_entry(entry_id: int, moment: str, by: str, why: str) -> Order:
    today = datetime.now(DENMARK).date().isoformat()
    return Order([], "", by, why, today, [], moment[:10], [], entry_id, moment)


def _recipes_of(files: set[str], used: set[str], home: Path) -> list[str]:
    """The store's recipes that were made from files of these names, or that were used for them."""
    return [
        recipe.name
        for recipe in all_recipes((home / "recipes",))
        if recipe.name in used or (recipe.made_from and recipe.made_from.file in files)
    ]


def orders_again(home: Path, connection: duckdb.DuckDBPyConnection) -> list[Order]:
    """What was removed before and stands in a version that is open, which a backup brought back."""
    published = {sha256 for (sha256,) in connection.execute(_FILES).fetchall()}
    kept = {path.stem for path in (home / "originals").glob("*.*")}
    orders = [
        _order_of_file(sha256, removed.by, removed.why, home, connection)
        for sha256, removed in removed_among(home, published | kept)
    ]
    entered = {
        moment.isoformat(): number
        for number, moment in connection.execute(_ENTRIES, {"removed": REMOVED_TEXT}).fetchall()
    }
    orders += [
        _of_entry(entered[moment], moment, removed.by, removed.why)
        for moment, removed in removed_among(home, entered)
    ]
    return orders


def read_order(home: Path) -> Order | None:
    """The order of a removal that was begun and not finished; None where there is none."""
    try:
        return Order(**json.loads((home / ORDER).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def write_order(home: Path, order: Order) -> None:
    """Keeps an order until it is carried out."""
    content = json.dumps(asdict(order), ensure_ascii=False).encode()
    write_in_one_step(home / ORDER, content, home / f"{ORDER}.new", flushed=True)


_FILES = "SELECT DISTINCT original_sha256 FROM batch WHERE origin = 'upload'"
_BATCH = """
SELECT state, origin, original_sha256, withdrawn_on, withdrawn_by FROM batch
WHERE batch_id = $batch
"""
_INDICATORS = """
SELECT DISTINCT indicator_id FROM observation WHERE list_contains($batches::INTEGER[], batch_id)
ORDER BY indicator_id
"""
_NAMED = """
SELECT original_name, coalesce(recipe, '') FROM batch
WHERE list_contains($batches::INTEGER[], batch_id)
"""
_ENTRY = "SELECT entered_at, origin, withdrawn_on, withdrawn_by FROM entry WHERE entry_id = $entry"
_ENTRIES = "SELECT entry_id, entered_at FROM entry WHERE origin IS DISTINCT FROM $removed"
_REMEDY = (
    " Eller ret rækken med en ny registrering (samme id) uden det, der skal væk; så kan denne "
    "slettes."
)
SAME_FILE = """
SELECT batch_id, known_from FROM batch
WHERE origin = 'upload' AND original_sha256 = $sha256
ORDER BY batch_id
"""
