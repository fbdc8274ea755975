"""Files that are there whole or not at all."""

from contextlib import suppress
from pathlib import Path

from kpi.domain.errors import KpiError
from kpi.system.os_errors import why_not_written


def write_whole(
    out: Path, content: bytes, title: str = "Filen kan ikke gemmes", make_folder: bool = False
) -> Path:
    """Writes beside the file and moves it into place, so that no half file is ever left.

    With `make_folder` its own folder is made where there is none. Raises KpiError of that title
    when the disk is full, the folder missing or closed, or `out` a folder.
    """
    if not out.name:
        raise KpiError(title, f"»{out}« er en mappe. Skriv et filnavn.")
    unfinished = out.with_name(f".{out.name}.new")
    try:
        if make_folder:
            out.parent.mkdir(exist_ok=True)
        if out.exists() and not out.is_file() and not out.is_dir():
            out.write_bytes(content)  # a device or a pipe stays what it is
            return out
        unfinished.write_bytes(content)
        unfinished.replace(out)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise KpiError(title, why_not_written(out.name, error)) from error
    return out
