"""The one look at a page sees each kind of fault; a page without any passes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.audit import english_words
from tests.browser.faults import faults, phone_faults, structure_faults

CHART = '<div data-testid="stPlotlyChart" role="figure" aria-label="Søjler" style="width: 200px">'


@pytest.fixture(scope="module")
def phone_size(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def html(body: str, language: str = "da") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><title>Prøve</title>'
        f'<body style="margin: 0"><main data-testid="stMain" tabindex="0">{body}</main>'
    )


@pytest.mark.every_case
@pytest.mark.parametrize(
    "body",
    [
        "<h1>Aarhus</h1><h2>Tal</h2><h3>Job</h3><h2>Kilder</h2><p>Kort tekst.</p>",
        f'<h1>Aarhus</h1>{CHART}<svg width="200"><text x="5" y="20">70,0</text></svg></div>',
        "<h1>Aarhus</h1><table aria-label='Tal'><tr><td>1</td><td><p>–</p></td></tr></table>",
        # A word may be divided at its hyphen, a number at its space.
        "<h1 style='width: 90px'>Opgang-områderne 2024</h1>",
        "<h1>Aarhus</h1><div data-testid='stMetric' style='overflow: hidden'>70,0 %</div>",
        # A wide table in a box of its own, which the keyboard can scroll.
        "<h1>Aarhus</h1><div tabindex='0' style='overflow-x: auto'>"
        "<table aria-label='Tal'><tr><td style='min-width: 900px'>1</td></tr></table></div>",
    ],
)
def test_a_good_page_has_no_faults(phone_size: Page, body: str) -> None:
    phone_size.set_content(html(body))
    # What axe-core makes of good pages is seen in test_pages.py.
    assert structure_faults(phone_size) + english_words(phone_size) == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Ingen</p>", "0 h1: "),
        ("<h1>En</h1><h1>To</h1>", "2 h1: En | To"),
        ("<h1>En</h1><h3>Tre</h3>", "h3 »Tre« comes after h1"),
        ("<h2>To</h2><h1>En</h1>", "h2 »To« comes after h0"),
        ("<h1>En</h1><h2> </h2>", "h2 is empty"),
        (f"<h1>En</h1>{CHART.replace('Søjler', ' ')}</div>", "a chart has no name"),
        ("<h1>En</h1><table><tr><td>1</td></tr></table>", "a table has no name"),
        ('<h1>En</h1><div data-testid="stException">Fejl</div>', "an exception shows: Fejl"),
        ("<h1 style='width: 500px'>En</h1>", "the page is 110 px too wide"),
        (
            "<div style='overflow-x: hidden'><h1>En</h1>"
            "<p style='width: 500px; text-align: right'>Væk</p></div>",
            "cut off at the window's edge: »Væk«",
        ),
        (
            "<h1 style='width: 60px; overflow-wrap: anywhere'>Sammenligning</h1>",
            "broken in the middle: »Sammenligning«",
        ),
        (
            "<h1>En</h1><div data-testid='stMetric'><div style='width: 50px; overflow: hidden;"
            " white-space: nowrap'>37 timer om ugen</div></div>",
            "a number is cut: »37 timer om ugen«",
        ),
        (
            "<h1>En</h1><div data-testid='stTable'><div tabindex='0' style='overflow-x: auto'>"
            "<table aria-label='Tal'><tr><td style='min-width: 500px'>1</td></tr></table></div>"
            "</div>",
            "a table is cut by 116 px: »Tal«",
        ),
        ("<h1>En</h1><p>Fravær</p><p> – </p>", "a dash stands alone"),
        (
            f"<h1>En</h1>{CHART}<svg width='200' overflow='visible'>"
            "<text x='180' y='20'>Hele landet 77,2</text></svg></div>",
            "cut off at the chart's edge: »Hele landet 77,2«",
        ),
        (
            f"<h1>En</h1>{CHART}<svg width='200'>"
            "<text x='5' y='20' fill='#AEB7C0'>Odense</text></svg></div>",
            "pale (2.0:1): »Odense«",
        ),
        (
            f"<h1>En</h1>{CHART}<svg width='200'><text x='5' y='20'>Aarhus</text>"
            "<text x='30' y='20'>70,0</text></svg></div>",
            "»70,0« lies over »Aarhus«",
        ),
    ],
)
def test_each_fault_of_structure_is_found(phone_size: Page, body: str, expected: str) -> None:
    phone_size.set_content(html(body))
    assert expected in structure_faults(phone_size)


def test_another_language_is_a_fault(phone_size: Page) -> None:
    phone_size.set_content(html("<h1>En</h1>", language="en"))
    assert faults(phone_size) == {"structure": ["the language is »en«"]}


def test_words_and_axe_are_looked_at_too(phone_size: Page) -> None:
    phone_size.set_content(html('<h1>En</h1><p>Download</p><img src="x.png">'))
    assert sorted(faults(phone_size)) == ["English words", "accessibility"]


@pytest.mark.every_case
def test_what_a_finger_misses_is_a_fault(phone_size: Page) -> None:
    buttons = {
        "lav": "width: 60px; height: 20px",
        "smal": "width: 20px; height: 60px",
        "stor": "width: 60px; height: 60px",
        # What surrounds it takes the finger too.
        "rummelig": "width: 20px; height: 20px",
    }
    around = "<style>.rummelig::before {content: ''; position: absolute; inset: -12px}</style>"
    drawn = [
        f"<button class='{name}' style='position: relative; display: block; margin: 30px;"
        f" padding: 0; border: 0; {style}'>{name}</button>"
        for name, style in buttons.items()
    ]
    phone_size.set_content(html(around + "".join(drawn)))
    missed = [fault.partition(" px to tap: ")[2] for fault in phone_faults(phone_size)]
    assert missed == ["»lav«", "»smal«"]
