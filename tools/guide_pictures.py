"""The pictures of the guides and of the README, taken of the running program: `make guides`.

Starts the app on data/ in a folder of its own, does there what the guides tell, and keeps what is
seen in kpi/export/guide_pictures: two pictures for each task, in a wide window and on a phone, and
in `seen.json` the labels in each of them, by which a test tells when a picture no longer shows what
the page does.
"""

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, FloatRect, Locator, Page, sync_playwright

from kpi.cli.commands import main as kpi
from kpi.domain.guides import GUIDES, Reader, Task
from kpi.export.guide import PICTURES, SEEN, Seen, picture_of
from tests.browser.clicks import press
from tests.browser.conftest import BROWSER_ARGUMENTS
from tests.browser.find_browser import HOW_TO_GET_ONE, find
from tests.browser.running_app import REPOSITORY, running_app
from tests.browser.screen import open_page, wait_until_drawn

_README = REPOSITORY / "docs" / "overblik.png"
# A pixel of the page is two of a picture: letters stay sharp on paper.
_SHARPNESS = 2
_EDGE = 10
_QUALITY = 80
_PHONE = 390
# No picture is wider on a page or on paper.
_MOST_WIDE = 1120
# How long a section unfolds, in milliseconds.
_UNFOLDING = 1500
# What a crop has of labels: what a person presses, chooses or unfolds, and what stands over a field
# or column. A heading tells what the figures of the day were.
_LABELS = """
box => {
  const labels = 'button, a, summary, th, label, [data-testid=stWidgetLabel], [role=radio]';
  const inside = element => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    return right > left && left >= box.x - 1 && top >= box.y - 1
      && right <= box.x + box.width + 1 && bottom <= box.y + box.height + 1;
  };
  const words = element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('[translate=no], [role=img], svg, kbd').forEach(icon => icon.remove());
    const strong = element.matches('summary') && copy.querySelector('strong');
    return (strong || copy).textContent.replace(/\\s+/g, ' ').trim();
  };
  const found = [...document.querySelectorAll('[data-testid=stMain] :is(' + labels + ')')];
  return [...new Set(found.filter(inside).map(words))].filter(text => text);
}
"""

_HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note\n"
_MENDED = _HEADER + (
    "labour_market_link_share;Gellerup;;2025M10D06;33,8;23;68;;\n"
    "labour_market_link_share;Viby Syd;;2025M10D06;30,8;4;13;;\n"
)
_FAULTY = _MENDED.replace("30,8;4;13", "30,8;14;13").replace("33,8", "tre")

# Goes to the page, does what has to be done before, and says what the picture is of.
_Take = Callable[[Page], list[Locator]]


@dataclass(frozen=True)
class _Shot:
    take: _Take
    width: int
    # Of what is longer, the part that is seen first.
    most_high: int = 480
    height: int = 2400


def main(names: Sequence[str]) -> int:
    """Takes all pictures anew, or only those named: `leder-tema`."""
    executable = find()
    if executable is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        os.environ["KPI_HOME"] = str(home)
        kpi(["init"])
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        with running_app(home, Path(folder) / "app.log") as address:
            _take_all(browser, address, names)
        browser.close()
    return 0


def _take_all(browser: Browser, address: str, names: Sequence[str]) -> None:
    if not names or _README.stem in names:
        _take_front_page(browser, address)
    former = json.loads(SEEN.read_text(encoding="utf-8")) if names else {}
    seen: dict[str, Seen] = {}
    for reader, guide in GUIDES.items():
        for task, on_phone in product(guide.tasks, (False, True)):
            name = picture_of(reader, task.part, on_phone).stem
            is_wanted = not names or name in names
            seen[name] = (
                _take(browser, address, reader, task, on_phone) if is_wanted else former[name]
            )
    SEEN.write_text(json.dumps(seen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _take_front_page(browser: Browser, address: str) -> None:
    with _window(browser, address, 1400, 1) as page:
        open_page(page, "/")
        tracks = page.locator(".st-key-spor").bounding_box()
        assert tracks is not None
        high = tracks["y"] + tracks["height"] + _EDGE
        drawn = page.screenshot(
            clip={"x": 0, "y": 0, "width": 1400, "height": high}, animations="disabled"
        )
        image = Image.open(io.BytesIO(drawn)).convert("RGB")
        # The octree keeps the colours of what is small, such as a sign.
        few = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(_README, optimize=True)


def _take(browser: Browser, address: str, reader: Reader, task: Task, on_phone: bool) -> Seen:
    """Takes the picture of one task, and says how wide it was and which labels are in it."""
    shot = _SHOTS[reader, task.part]
    path = picture_of(reader, task.part, on_phone)
    width = _PHONE if on_phone else shot.width
    with _window(browser, address, width, _SHARPNESS, shot.height) as page:
        parts = shot.take(page)
        wait_until_drawn(page)
        parts[-1].scroll_into_view_if_needed()
        wait_until_drawn(page)
        box = _box(parts, shot.most_high)
        image: Image.Image = Image.open(
            io.BytesIO(page.screenshot(clip=box, animations="disabled"))
        )
        if image.width > _MOST_WIDE:
            high = round(image.height * _MOST_WIDE / image.width)
            image = image.resize((_MOST_WIDE, high), Image.Resampling.LANCZOS)
        image.convert("RGB").save(path, quality=_QUALITY, method=6)
        print(f"{path.name}: {image.width} x {image.height}, {path.stat().st_size // 1024} KB")
        return {"width": round(box["width"]), "labels": page.evaluate(_LABELS, box)}


@contextmanager
def _window(
    browser: Browser, address: str, width: int, sharpness: int, height: int = 2400
) -> Iterator[Page]:
    profile = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="da-DK",
        timezone_id="Europe/Copenhagen", device_scale_factor=sharpness,
        reduced_motion="reduce",
    )  # fmt: skip
    page = profile.new_page()
    page.set_default_timeout(60_000)
    yield page
    profile.close()


def _box(parts: list[Locator], most_high: int) -> FloatRect:
    """What holds all parts whole, with an edge around; of too high a one its upper part."""
    boxes = [box for part in parts if (box := part.bounding_box())]
    left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
    right = max(box["x"] + box["width"] for box in boxes)
    bottom = max(box["y"] + box["height"] for box in boxes)
    return {
        "x": left - _EDGE, "y": top - _EDGE, "width": right - left + 2 * _EDGE,
        "height": min(bottom - top, most_high) + 2 * _EDGE,
    }  # fmt: skip


def _overview(page: Page) -> list[Locator]:
    open_page(page, "/")
    return [page.locator(".st-key-kort2-stand").locator('[class*="st-key-kort-"]').first]


def _theme(page: Page) -> list[Locator]:
    open_page(page, "/tema?tema=employment")
    return [page.locator('[class*="st-key-kort-employment_rate"]').first]


def _area(page: Page) -> list[Locator]:
    open_page(page, "/omraade?omraade=aarhus&sorter=bagud")
    rows = page.locator('[class*="st-key-profilgitter-post-raekke-"]')
    return [page.locator("h2").first, rows.nth(0), rows.nth(1)]


def _compare(page: Page) -> list[Locator]:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus,similar")
    # On a phone the answer comes first, and the boxes are folded.
    folded = page.get_by_role("button", name="Vælg nøgletal og områder")
    if folded.is_visible():
        folded.click()
    return [
        page.get_by_test_id("stSelectbox").first,
        page.get_by_test_id("stMultiSelect").first,
        page.locator(".st-key-diagramvalg").get_by_test_id("stButtonGroup"),
    ]


def _plan(page: Page) -> list[Locator]:
    open_page(page, "/handleplan")
    return [
        page.locator("h2").first,
        page.get_by_test_id("stTable").first.locator("tbody tr").nth(3),
    ]


def _upload(page: Page) -> list[Locator]:
    open_page(page, "/indlaes")
    return [
        page.get_by_text("Vælg en eller flere filer med tal"),
        page.get_by_test_id("stFileUploader"),
        page.get_by_text("Kun samlede tal."),
    ]


def _hand_in(page: Page, content: str) -> None:
    open_page(page, "/indlaes")
    file = FilePayload(name="4. kvartal 2025.csv", mimeType="text/csv", buffer=content.encode())
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Udgiv", exact=True).wait_for()
    wait_until_drawn(page)


def _problems(page: Page) -> list[Locator]:
    _hand_in(page, _FAULTY)
    heading = page.get_by_role("heading", name="Problemer i filen")
    return [heading, page.get_by_role("table", name="Problemer i filen")]


def _publish(page: Page) -> list[Locator]:
    _hand_in(page, _MENDED)
    for box in page.get_by_text("Jeg har gennemgået").all():
        box.click()
        wait_until_drawn(page)  # each tick makes the page anew
    page.get_by_label("Note til historikken").fill("Fjerde kvartal 2025")
    page.get_by_label("Dit navn").fill("Mette Hansen")
    page.locator("h1").click()
    wait_until_drawn(page)
    fields = page.get_by_test_id("stTextInput")
    return [fields.first, fields.last, page.get_by_role("button", name="Udgiv", exact=True)]


def _undo(page: Page) -> list[Locator]:
    _publish(page)
    press(page, "Udgiv")
    press(page, "Indlæs en fil mere")
    press(page, "Fortryd")
    return [
        page.get_by_role("heading", name="Tidligere indlæsninger"),
        page.get_by_test_id("stPopoverBody"),
    ]


def _control(page: Page) -> list[Locator]:
    open_page(page, "/om?afsnit=regnetjek")
    folded = page.locator(".st-key-afsnit-regnetjek")
    return [folded.locator("summary"), folded.locator("tbody tr").nth(1)]


def _meeting(page: Page) -> list[Locator]:
    open_page(page, "/udvalg?moede=sbu_2025_03_19")
    return [
        page.get_by_test_id("stTextInput").first,
        page.get_by_test_id("stSelectbox").nth(1),
    ]


def _figures(page: Page) -> list[Locator]:
    open_page(page, "/udvalg?moede=sbu_2025_03_19")
    buttons = [page.get_by_role("button", name=name) for name in ("Forrige", "Fjern figur")]
    fields = page.get_by_test_id("stTextArea")
    heading = fields.filter(has=page.get_by_text("Overskrift", exact=True)).first
    return [heading, *buttons]


def _files(page: Page) -> list[Locator]:
    open_page(page, "/udvalg?moede=sbu_2025_03_19")
    press(page, "PowerPoint")
    made = page.get_by_role("button", name="Hent PowerPoint")
    made.wait_for()
    return [page.get_by_role("heading", name="Hent filerne"), made]


def _chart(page: Page) -> list[Locator]:
    open_page(
        page, "/sammenlign?noegletal=employment_rate&omraader=aarhus,odense,denmark&diagram=afstand"
    )
    return [
        page.get_by_test_id("stPlotlyChart"),
        page.get_by_role("link", name="Kopiér link"),
    ]


def _status(page: Page) -> list[Locator]:
    open_page(page, "/handleplan")
    page.get_by_text("Registrér en ny status").click()
    page.wait_for_timeout(_UNFOLDING)
    folded = page.locator(".st-key-ny-status")
    return [folded.locator("summary"), folded.locator(".st-key-status-kilde")]


_SHOTS: dict[tuple[Reader, str], _Shot] = {
    ("leder", "overblik"): _Shot(_overview, 1400, most_high=640),
    ("leder", "tema"): _Shot(_theme, 880, most_high=600),
    ("leder", "omraade"): _Shot(_area, 830),
    ("leder", "sammenlign"): _Shot(_compare, 1000),
    ("leder", "handleplan"): _Shot(_plan, 800),
    ("analytiker", "indlaes"): _Shot(_upload, 1000),
    ("analytiker", "problemer"): _Shot(_problems, 1000),
    ("analytiker", "udgiv"): _Shot(_publish, 800),
    ("analytiker", "fortryd"): _Shot(_undo, 800),
    ("analytiker", "kontrol"): _Shot(_control, 800),
    ("sekretariat", "moede"): _Shot(_meeting, 1260),
    ("sekretariat", "figurer"): _Shot(_figures, 1260),
    ("sekretariat", "filer"): _Shot(_files, 800),
    ("sekretariat", "diagram"): _Shot(_chart, 800),
    ("sekretariat", "status"): _Shot(_status, 800),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
