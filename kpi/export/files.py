"""The files of a paper, and writing them for the command line: complete or not at all.

The files of a single chart are made in ui/downloads.py.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import assert_never

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PICTURE_ENDINGS, WORD_FILES, PaperFile, PictureFormat, PictureSize
from kpi.export.annex import annex
from kpi.export.annexes import file_name
from kpi.export.deck import deck
from kpi.export.overview_page import overview_pdf
from kpi.export.pack import Progress, numbers_csv, pack, unseen
from kpi.export.paper import Paper
from kpi.export.pictures import picture, plate_of
from kpi.export.sandboxed_office import MOST_MEGABYTES
from kpi.export.status import status_pdf
from kpi.export.status_word import status_file
from kpi.export.word import submission_file
from kpi.export.word_template import is_word
from kpi.export.workbook import workbook
from kpi.system.os_errors import why_not_read, why_not_written
from kpi.system.writing import write_whole


def paper_file(
    kind: PaperFile,
    paper: Paper,
    catalog: Catalog,
    template: bytes | None = None,
    progress: Progress = unseen,
    word_template: bytes | None = None,
) -> bytes:
    """The paper as one file; the templates are for its slides and for Word.

    Raises KpiError without a browser it needs.
    """
    match kind:
        case "csv":
            return numbers_csv(paper, catalog)
        case "pptx":
            return deck(paper, template)
        case "docx":
            return submission_file(paper, "indstilling", word_template)
        case "notat":
            return submission_file(paper, "notat", word_template)
        case "status":
            return status_pdf(paper, catalog)
        case "status-docx":
            return status_file(paper, catalog, word_template)
        case "overblik":
            return overview_pdf(paper, catalog)
        case "pdf":
            return annex(paper)
        case "xlsx":
            return workbook(paper, catalog)
        case "pack":
            return pack(paper, catalog, template, progress, word_template)
    assert_never(kind)


def write_paper(
    kind: PaperFile | PictureFormat, paper: Paper, catalog: Catalog, out: Path,
    template: bytes | None, size: PictureSize,
) -> list[Path]:  # fmt: skip
    """Writes the paper; returns the files. Of a pack `template` is for what it is a template of.

    Several pictures go into the folder `out`; all else is the file `out`, or in the folder `out` a
    file named as the page names it.

    Raises KpiError when a file cannot be written, and where a picture needs a browser.
    """
    match kind:
        case "png" | "svg" | "svg-omrids":
            return _write_pictures(kind, paper, out, size)
        case _:
            for_word = kind in WORD_FILES or (kind == "pack" and is_word(template))
            slides, word = (None, template) if for_word else (template, None)
            content = paper_file(kind, paper, catalog, slides, word_template=word)
            if out.is_dir():
                out /= file_name(kind, paper, catalog.meetings.values())
            return [write_whole(out, content)]


def _write_pictures(kind: PictureFormat, paper: Paper, out: Path, size: PictureSize) -> list[Path]:
    if len(paper.items) == 1 and not out.is_dir():
        return [write_whole(out, picture(plate_of(paper.items[0], paper), size, kind))]
    make_folder(out)
    return [
        write_whole(
            out / f"{place:02d}-{item.exhibit.key}.{PICTURE_ENDINGS[kind]}",
            picture(plate_of(item, paper), size, kind),
        )
        for place, item in enumerate(paper.items, start=1)
    ]


def make_folder(folder: Path) -> Path:
    """The folder, made where it is not; KpiError when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KpiError("Mappen kan ikke oprettes", why_not_written(folder.name, error)) from error
    return folder


def template_file(path: str | None) -> bytes | None:
    """A template's bytes; KpiError when it cannot be read."""
    if path is None:
        return None
    try:
        megabytes = Path(path).stat().st_size // 1024**2
        if megabytes > MOST_MEGABYTES:
            raise KpiError(
                "Skabelonen er for stor",
                f"Den fylder {megabytes} MB og må fylde {MOST_MEGABYTES}. Tag billeder og video "
                "ud, og gem den igen.",
            )
        return Path(path).read_bytes()
    except OSError as error:
        raise KpiError("Skabelonen kan ikke læses", why_not_read(Path(path).name, error)) from error


def names(files: Sequence[Path]) -> str:
    """`3 filer i billeder`, or the one file's name."""
    return str(files[0]) if len(files) == 1 else f"{len(files)} filer i {files[0].parent}"
