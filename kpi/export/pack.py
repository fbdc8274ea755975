"""A meeting's full set of files as one ZIP, with a manifest that says what they were made of."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from kpi.domain.catalog import Catalog
from kpi.export.annex import annex
from kpi.export.annexes import annex_stems, stem_of
from kpi.export.csv import shown_csv
from kpi.export.deck import deck
from kpi.export.overview_page import overview_pdf
from kpi.export.paper import Paper
from kpi.export.pictures import picture, plate_of
from kpi.export.status import status_pdf
from kpi.export.word import submission_file
from kpi.export.workbook import workbook

DECK, SUBMISSION = "oplaeg.pptx", "indstilling.docx"
OVERVIEW = "overblik.pdf"
WORKBOOK, NUMBERS = "tal.xlsx", "tal.csv"
MANIFEST = "indhold.json"
# ZIP cannot say an earlier time; a fixed one keeps the bytes alike.
_TIME = (1980, 1, 1, 0, 0, 0)

# Called with how far it is: a fraction, and what is being made.
Progress = Callable[[float, str], None]


def unseen(done: float, step: str) -> None:
    """How far a file is that nobody waits for at a screen."""


def pack(
    paper: Paper,
    catalog: Catalog,
    template: bytes | None = None,
    progress: Progress = unseen,
    word_template: bytes | None = None,
) -> bytes:
    """Every file of the paper, and a picture of each exhibit; one paper gives the same bytes.

    Raises KpiError without a browser for the pictures.
    """
    steps = len(paper.items) + 7
    files: dict[str, bytes] = {}

    def add(name: str, made: Callable[[], bytes]) -> None:
        """Makes one file of the pack and reports how far the pack is."""
        progress(len(files) / steps, name)
        files[name] = made()

    status, figures = annex_stems(paper)
    add(DECK, lambda: deck(paper, template))
    add(SUBMISSION, lambda: submission_file(paper, "indstilling", word_template))
    if paper.actions or paper.programme:
        add(f"{status}.pdf", lambda: status_pdf(paper, catalog))
    add(OVERVIEW, lambda: overview_pdf(paper, catalog))
    add(f"{figures}.pdf", lambda: annex(paper))
    add(WORKBOOK, lambda: workbook(paper, catalog))
    add(NUMBERS, lambda: numbers_csv(paper, catalog))
    for place, item in enumerate(paper.items, start=1):
        name = f"billeder/{place:02d}-{stem_of(item.indicator.short_name)}.png"
        add(name, partial(picture, plate_of(item, paper), "slide", "png"))
    files[MANIFEST] = manifest(paper, files, template, word_template)
    progress(1.0, MANIFEST)
    return _zipped(files)


def numbers_csv(paper: Paper, catalog: Catalog) -> bytes:
    """The figures of all exhibits, each once."""
    rows = dict.fromkeys(row for item in paper.items for row in item.exhibit.observations)
    return shown_csv(rows, catalog).encode("utf-8")


def manifest(
    paper: Paper,
    files: dict[str, bytes],
    template: bytes | None = None,
    word_template: bytes | None = None,
) -> bytes:
    """What the files were made of, and the SHA-256 of each; of a user's own templates too."""
    choice = asdict(paper.choice)
    contents = {
        "title": paper.title,
        "meeting": paper.occasion,
        "as_of": paper.as_of.isoformat(),
        "version": paper.version,
        "selection": choice,
        "template": hashlib.sha256(template).hexdigest() if template else None,
        "word_template": hashlib.sha256(word_template).hexdigest() if word_template else None,
        "exhibits": [item.exhibit.key for item in paper.items],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return json.dumps(contents, ensure_ascii=False, indent=1).encode("utf-8")


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
