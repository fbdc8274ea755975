"""Pictures of thirty indicators with long names: no text is clipped or lies over another."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pptx import Presentation
from pypdf import PdfReader

from kpi.domain.vocabulary import PictureSize
from kpi.export.deck import deck
from kpi.export.paper import Item, Paper
from kpi.export.pictures import SIZES, picture, plate_of
from tests.browser.find_browser import find
from tests.kpi.export.wordy import INDICATORS, wordy_paper
from tests.tiers import some

# What each text covers, a little smaller than its box: letters do not fill their lines.
_BOXES = """() => {
    const frame = document.querySelector('svg').getBoundingClientRect();
    return [...document.querySelectorAll('svg text')].map(text => {
        const box = text.getBoundingClientRect();
        return {
            text: text.textContent,
            left: box.left - frame.left, right: box.right - frame.left,
            top: box.top - frame.top + box.height * 0.2,
            bottom: box.bottom - frame.top - box.height * 0.2,
            inside: box.left >= frame.left - 1 && box.right <= frame.right + 1
                && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1,
        };
    }).filter(box => box.text.trim() && box.right > box.left);
}"""


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return wordy_paper(tmp_path_factory.mktemp("wordy"))


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_clipped_or_lies_over_another(
    browser: Browser, wordy: Paper, size: PictureSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", find() or "")
    page = browser.new_page()
    for item in some(wordy.items[:6], 3):  # two of each kind of chart
        page.set_content(picture(plate_of(item, wordy), size, "svg").decode())
        boxes = page.evaluate(_BOXES)
        assert len(boxes) > 10
        assert [box["text"] for box in boxes if not box["inside"]] == [], item.exhibit.key
        assert _overlapping(boxes) == [], item.exhibit.key
    page.close()


def _overlapping(boxes: list[dict[str, float]]) -> list[tuple[float, float]]:
    return [
        (box["text"], other["text"])
        for place, box in enumerate(boxes)
        for other in boxes[place + 1 :]
        if min(box["right"], other["right"]) - max(box["left"], other["left"]) > 1
        and min(box["bottom"], other["bottom"]) - max(box["top"], other["top"]) > 1
    ]


@pytest.mark.soak
def test_the_deck_opens_elsewhere_with_every_text_on_its_slide(
    wordy: Paper, tmp_path: Path
) -> None:
    """Rendered by LibreOffice where it is installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice er ikke installeret")
    if not (Path(office).resolve().parent / "libsdlo.so").exists():
        pytest.skip("LibreOffice er installeret uden Impress, som åbner præsentationer")
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck(wordy))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profil", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = PdfReader(tmp_path / "deck.pdf").pages
    slides = list(Presentation(str(file)).slides)
    assert len(wordy.items) == INDICATORS
    assert len(pages) == len(slides) > INDICATORS
    for page, slide in zip(pages, slides, strict=True):
        assert _letters(slide.shapes.title.text) in _letters(page.extract_text())
    for page, item in zip(pages[2:], wordy.items, strict=False):
        _assert_whole(item, page.extract_text())


def _assert_whole(item: Item, text: str) -> None:
    """The slide says all that stands in the chart and beside it."""
    read = _letters(text)
    for said in (item.exhibit.subtitle, item.reading, item.exhibit.source):
        assert _letters(said) in read
    for row in item.exhibit.table.rows[:1]:
        assert _letters(row[0]) in read


def _letters(text: str) -> str:
    """Without spaces and hyphens: lines are broken where they fit."""
    return "".join(letter for letter in text if letter.isalnum())
