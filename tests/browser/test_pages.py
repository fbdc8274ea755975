"""Every page on a desktop and on a phone: Danish, accessible, within the window, no errors.

The fixtures `page` and `phone` fail a test whose page logs an error or asks for what is not there.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import box, expect_address, expect_title, popover, press
from tests.browser.faults import faults
from tests.browser.screen import open_page, wait_until_drawn

VIEWS = {
    "/": "Sådan står det til på integrationsområdet",
    "/tema": "Aarhus ligger under hele landet på begge nøgletal",
    "/tema?tema=opgang_til_opgang": "Opgang til Opgang",
    "/tema?noegletal=language_mentor_places": "Mestring af det danske sprog",
    "/omraade": "Aarhus ligger dårligere end hele landet på begge tal",
    "/omraade?omraade=gellerup": "Gellerup: 75 familier, 176 børn og 81 ledige voksne",
    "/omraade?omraade=tilst": "Tilst har endnu ingen tal",
    "/sammenlign": "Beskæftigelsesfrekvens 16-64 år",
    "/om": "Hvert tal kan føres tilbage til sin kilde",
}


@pytest.mark.parametrize(("address", "title"), VIEWS.items())
def test_a_page_on_a_desktop_has_no_faults(page: Page, address: str, title: str) -> None:
    open_page(page, address)
    expect_title(page, title)
    assert faults(page) == {}


@pytest.mark.parametrize(("address", "title"), VIEWS.items())
def test_a_page_on_a_phone_has_no_faults(phone: Page, address: str, title: str) -> None:
    open_page(phone, address)
    expect_title(phone, title)
    assert faults(phone) == {}


@pytest.mark.parametrize("diagram", ["rangering", "afstand"])
def test_a_wide_diagram_fits_a_phone(phone: Page, diagram: str) -> None:
    open_page(phone, f"/sammenlign?noegletal=employment_rate&diagram={diagram}")
    assert faults(phone) == {}


def test_the_menu_of_a_phone_leads_to_every_page(phone: Page) -> None:
    open_page(phone, "/om")
    phone.locator("header").get_by_role("button").last.tap()
    menu = phone.get_by_test_id("stSidebar")
    expect(menu.get_by_role("link")).to_have_text(
        ["Overblik", "Tema", "Område", "Sammenlign", "Om tallene"]
    )
    assert faults(phone) == {}
    menu.get_by_role("link", name="Område").tap()
    expect_address(phone, "/omraade")
    expect(menu).not_to_be_in_viewport()  # it makes room for the page


@pytest.mark.parametrize("label", ["Nøgletal", "Områder", "Grupper", "Fra"])
def test_an_open_box_is_danish_also_when_nothing_matches(page: Page, label: str) -> None:
    open_page(page, "/sammenlign?noegletal=school_absence&omraader=aarhus,odense")
    box(page, label).click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert faults(page) == {}
    box(page, label).fill("qqq")
    expect(page.get_by_role("listbox")).to_contain_text("Ingen")
    assert faults(page) == {}


def test_what_opens_and_what_hovers_is_danish(page: Page) -> None:
    open_page(page, "/omraade?omraade=gellerup")
    for name in ("Tabel", "Noter", "Kopiér link"):
        with popover(page, name) as content:
            content.hover()
            assert faults(page) == {}, name
    for element in ("stPlotlyChart", "stTable", "stMetric"):
        page.get_by_test_id(element).first.hover()
        wait_until_drawn(page)
        assert faults(page) == {}, element
    open_page(page, "/tema")
    page.get_by_text("Om tallet: definition, kilde og historik").click()
    expect(page.get_by_text("Enhed: procent.")).to_be_visible()
    assert faults(page) == {}


def test_the_points_of_a_chart_speak_danish(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus,denmark")
    page.locator("[data-testid=stPlotlyChart] .drag").first.hover(position={"x": 300, "y": 150})
    label = page.locator("[data-testid=stPlotlyChart] .hovertext").first
    expect(label).to_contain_text(",")
    assert faults(page) == {}


@pytest.mark.parametrize("address", ["/findesikke", "/tema/findesikke"])
def test_an_unknown_address_says_so_in_danish(
    page: Page, problems: list[str], address: str
) -> None:
    open_page(page, address)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Siden findes ikke")
    assert faults(page) == {}
    press(page, "Luk")
    expect(dialog).to_be_hidden()
    expect_title(page, VIEWS["/"])
    assert [
        problem for problem in problems if "requested does not seem to exist" not in problem
    ] == []
    problems.clear()


def test_a_bad_link_is_answered_literally_and_runs_nothing(page: Page) -> None:
    open_page(
        page,
        "/sammenlign?noegletal=<img src=x onerror=alert(1)>&omraader=**fed**"
        "&grupper=[her](javascript:alert(1))&fra=![x](http://foreign.invalid/x.png)"
        "&diagram=<script>document.title='hacket'</script>",
    )
    notes = page.get_by_test_id("stAlert")
    for number, injected in enumerate(
        [
            "»<img src=x onerror=alert(1)>«",
            "»**fed**«",
            "»[her](javascript:alert(1))«",
            "»![x](http://foreign.invalid/x.png)«",
            "»<script>document.title='hacket'</script>«",
        ]
    ):
        expect(notes.nth(number)).to_contain_text(injected)
    expect(notes.locator("a, img, strong, script, code")).to_have_count(0)
    expect(page).to_have_title("Sammenlign · Spor")
    expect_title(page, VIEWS["/sammenlign"])
    assert faults(page) == {}
