"""Writing exports to files for the command line: complete or not at all.

Of the pages ui/committee_files.py makes those of a paper, ui/downloads.py those of a chart.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.annex import annex
from kpi.export.deck import deck
from kpi.export.pack import pack
from kpi.export.paper import Paper
from kpi.export.pictures import Kind, picture, plate_of
from kpi.export.workbook import workbook
from kpi.system.os_errors import why_not_read, why_not_written
from kpi.system.writing import write_whole


def write_paper(
    kind: str, paper: Paper, catalog: Catalog, out: Path, template: bytes | None, size: str
) -> list[Path]:
    """Writes the paper as one of kpi.cli.arguments.PAPER_KINDS; returns the files.

    Several pictures go into the folder `out`, all else is the file `out`.

    Raises KpiError when a file cannot be written, and where a picture needs a browser.
    """
    if kind in ("png", "svg"):
        return _write_pictures("png" if kind == "png" else "svg", paper, out, size)
    makers: dict[str, Callable[[], bytes]] = {
        "pptx": lambda: deck(paper, template),
        "pdf": lambda: annex(paper),
        "xlsx": lambda: workbook(paper, catalog),
        "pack": lambda: pack(paper, catalog, template),
    }
    return [write_whole(out, makers[kind]())]


def _write_pictures(kind: Kind, paper: Paper, out: Path, size: str) -> list[Path]:
    if len(paper.items) == 1 and not out.is_dir():
        return [write_whole(out, picture(plate_of(paper.items[0], paper), size, kind))]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KpiError("Mappen kan ikke oprettes", why_not_written(out.name, error)) from error
    return [
        write_whole(
            out / f"{place:02d}-{item.exhibit.key}.{kind}",
            picture(plate_of(item, paper), size, kind),
        )
        for place, item in enumerate(paper.items, start=1)
    ]


def template_file(path: str | None) -> bytes | None:
    """A template's bytes; KpiError when it cannot be read."""
    if path is None:
        return None
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise KpiError("Skabelonen kan ikke læses", why_not_read(Path(path).name, error)) from error


def names(files: Sequence[Path]) -> str:
    """`3 filer i billeder`, or the one file's name."""
    return str(files[0]) if len(files) == 1 else f"{len(files)} filer i {files[0].parent}"
