"""The audit finds what it is for, and leaves good Danish pages alone."""

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import english_words, serious_findings
from tests.browser.running_app import REPOSITORY

DANISH_PAGE = """
<!doctype html>
<html lang="da">
<head><title>Tema · Spor</title></head>
<body>
  <nav aria-label="Sider"><a href="/om">Om tallene</a></nav>
  <main>
    <h1>Aarhus ligger 7,2 procentpoint under hele landet</h1>
    <p>Data og status pr. 19. marts 2025: 13 workshops og en plan for personer over 16 år.</p>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Kurve over selvforsørgelsesgrad">
    <button>Hent som PNG <span translate="no" aria-hidden="true">download</span></button>
    <p><span role="img" aria-label="Dårligere" translate="no">error</span> Dårligere</p>
    <p>Filen hedder observations/uvm_absence.csv</p>
    <button title="Kopiér link til diagrammet">CSV</button>
    <label>Område <input placeholder="Vælg område" value="København"></label>
    <p>Kilde: <a href="https://example.org/employment">https://example.org/employment</a></p>
    <noscript>Please enable scripts</noscript>
  </main>
</body>
</html>
"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_a_danish_page_has_no_english_words(blank: Page) -> None:
    blank.set_content(DANISH_PAGE)
    assert english_words(blank) == []


def test_a_danish_page_has_no_serious_findings(blank: Page) -> None:
    blank.set_content(DANISH_PAGE)
    assert serious_findings(blank) == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>Show data table</p>", '"table" in »Show data table« (p)'),
        (
            '<button aria-label="Fullscreen">x</button>',
            '"fullscreen" in »Fullscreen« (aria-label of button)',
        ),
        (
            '<span data-testid="stMore" title="Learn more"></span>',
            '"learn" in »Learn more« (title of stMore)',
        ),
        (
            '<i role="img" aria-label="error icon" translate="no">error</i>',
            '"icon" in »error icon« (aria-label of i)',
        ),
        (
            '<i data-testid="stIconMaterial" translate="no" aria-hidden="true">location_on</i>',
            "the icon location_on is drawn as a word",
        ),
        ('<input placeholder="Search...">', '"search" in »Search...« (placeholder of input)'),
        ('<img alt="Bar chart">', '"chart" in »Bar chart« (alt of img)'),
        ('<input value="unknown">', '"unknown" in »unknown« (value of input)'),
        ('<a data-title="Reset axes">x</a>', '"reset" in »Reset axes« (data-title of a)'),
        ("<title>Streamlit</title>", '"streamlit" in »Streamlit« (the window title)'),
        ("<p>lower_secondary: <b>None</b></p>", '"none" in »None« (b)'),
        (
            "<svg><title>Trace 0</title><desc>Line chart</desc></svg>",
            '"chart" in »Line chart« (desc)',
        ),
        (
            "<svg width=9 height=9><text>March quarter</text></svg>",
            '"quarter" in »March quarter« (text)',
        ),
        # A table drawn on a canvas gives its cells to screen readers only.
        ("<canvas><table><tr><td>Employment</table></canvas>", '"employment" in »Employment« (td)'),
        ('<iframe srcdoc="<p>Loading</p>"></iframe>', '"loading" in »Loading« (p)'),
        (
            "<div><template shadowrootmode='open'><p>Please wait</p></template></div>",
            '"please" in »Please wait« (p)',
        ),
    ],
)
def test_an_english_word_is_found_wherever_it_stands(
    blank: Page, content: str, expected: str
) -> None:
    blank.goto("about:blank")
    # set_content would drop a declarative shadow root.
    blank.evaluate("html => document.body.setHTMLUnsafe(html)", content)
    blank.wait_for_function(
        "Array.from(frames).every(frame => frame.document.readyState === 'complete')"
    )
    assert expected in english_words(blank)


def test_hidden_text_is_left_alone_until_it_shows(blank: Page) -> None:
    blank.set_content('<p id="menu" style="display: none">Settings</p>')
    assert english_words(blank) == []
    blank.evaluate("menu.style.display = 'block'")
    assert english_words(blank) == ['"settings" in »Settings« (p)']


def test_the_committee_papers_own_words_pass_as_danish(blank: Page) -> None:
    columns = {
        "area.csv": "name",
        "indicator.csv": "definition",
        "initiative.csv": "title",
        "source.csv": "title",
    }
    texts = [row[column] for name, column in columns.items() for row in _rows(name)]
    blank.set_content("<br>".join(texts))
    assert len(texts) > 100
    assert english_words(blank) == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('<img src="x.png">', "image-alt (critical)"),
        ("<input>", "label (critical)"),
        ("<button></button>", "button-name (critical)"),
        ('<p style="color: #aaa; background: #fff">Grå</p>', "color-contrast (serious)"),
    ],
)
def test_a_serious_fault_is_found(blank: Page, content: str, rule: str) -> None:
    blank.set_content(f'<html lang="da"><title>Prøve</title><body>{content}</body></html>')
    assert [finding.split(":")[0] for finding in serious_findings(blank)] == [rule]


def test_a_missing_language_is_found(blank: Page) -> None:
    blank.set_content("<title>Prøve</title><p>Tekst</p>")
    assert [finding.split(":")[0] for finding in serious_findings(blank)] == [
        "html-has-lang (serious)"
    ]


def test_a_finding_names_the_element_and_the_remedy(blank: Page) -> None:
    blank.set_content('<html lang="da"><title>Prøve</title><input id="omraade"></html>')
    (finding,) = serious_findings(blank)
    assert "#omraade" in finding
    assert "label" in finding.split("#omraade", 1)[1]


def _rows(name: str) -> list[dict[str, str]]:
    with (REPOSITORY / "data" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
