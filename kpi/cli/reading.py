"""Files that a command reads, and paths as an answer writes them."""

import os
from pathlib import Path

from kpi.cli.arguments import WrongUsageError
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.halves import second_halves
from kpi.cpr.messages import without_personal_numbers
from kpi.domain.errors import KpiError
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.table.raw import MOST_BYTES, Upload
from kpi.system.os_errors import why_not_read


def read_file(path: Path) -> Upload:
    """The file at a path; wrong usage where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            # Only its beginning: enough to be reported as too large.
            with path.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        else:
            content = path.read_bytes()
    except OSError as error:
        raise WrongUsageError(
            "Filen kan ikke læses", why_not_read(shown_name(path.name), error)
        ) from error
    return Upload(path.name, content)


def path_to_write(path: str) -> Path:
    """Where a command is to write; wrong usage where the path contains a CPR number.

    A path stays on the disk as a name does, and is repeated by every list of files.
    """
    parts = Path(path).parts
    # A folder and what is in it may be a number's halves.
    if any(map(name_holds_number, parts)) or second_halves(parts):
        raise WrongUsageError(
            "Der står et CPR-nummer",
            "Stien, der skal skrives til, indeholder et CPR-nummer, og intet er skrevet. "
            "Vælg et navn uden CPR-numre.",
        )
    return Path(path)


def file_to_write(path: str) -> Path:
    """Where a command is to write one file: as `path_to_write`, and KpiError for a folder."""
    file = path_to_write(path)
    if means_folder(path):
        raise KpiError(
            "Filen kan ikke gemmes", f"»{shown_path(file)}« er en mappe. Skriv et filnavn."
        )
    return file


def means_folder(path: str) -> bool:
    """Whether a path is written as a folder's, whether or not the folder is there already."""
    return path.endswith(("/", os.sep))


def shown_path(path: Path | str) -> str:
    """A path as an answer writes it."""
    return without_personal_numbers(str(path))
