"""A director before a meeting: what moved since 24 June 2024, why, and whose next step it is."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kpi.domain.pages import FRONT_PAGE, PAGES
from tests.browser.clicks import choose, expect_address, expect_title
from tests.browser.faults import assert_no_faults
from tests.browser.focus import out_of_order
from tests.browser.running_app import SharedApp
from tests.browser.screen import open_page, resize, wait_until_drawn


@pytest.mark.soak
def test_what_moved_why_and_whose_step_is_next(page: Page) -> None:
    open_page(page, "/")
    page.get_by_text("Alt, der er nyt siden mødet 24. juni 2024").click()
    expect(
        page.get_by_text("43 opgørelser har fået nye tal siden mødet 24. juni 2024")
    ).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Fravær, Gellerup").first
    expect(row).to_contain_text("13,0 % (forår 2024)")
    expect(row).to_contain_text("Lavere (forår mod efterår)")
    expect(page.get_by_text("Otte af de elleve indsatser, der var planlagt")).to_be_visible()
    page.get_by_role("link", name="Se alle indsatser").click()
    expect_title(page, "9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024")
    expect_address(page, "/handleplan", siden="rmm_2024_06_24")
    page.get_by_text("Opfølgning på mødet 24. juni 2024").click()
    expect(page.get_by_text("9 har fået ny status, 6 har samme status")).to_be_visible()
    money = page.get_by_role("row").filter(has_text="Uoplyst formue").first
    expect(money).to_contain_text("Afventer")
    expect(money).to_contain_text("Bistand er søgt hos SØIK")
    page.get_by_text("Hvem følger op? Seks indsatser er planlagt").click()
    unit = page.get_by_role("row").filter(has_text="UJU og Center for Kontanthjælpsydelser").first
    expect(unit).to_be_visible()
    wait_until_drawn(page)
    assert_no_faults(page)


@pytest.mark.soak
def test_another_meeting_on_a_theme_is_in_its_link(page: Page) -> None:
    open_page(page, "/tema?tema=social_control")
    choose(page, "Siden mødet", "19. marts 2025, Social- og Beskæftigelsesudvalget")
    expect(page.get_by_text("Nyt siden mødet 19. marts 2025")).to_be_visible()
    expect_address(
        page, "/tema", tema="social_control", noegletal="nsk_cases", siden="sbu_2025_03_19"
    )
    page.get_by_text("Nyt siden mødet 19. marts 2025").click()
    expect(page.get_by_text("Ingen tal og ingen indsatser er ændret siden.")).to_be_visible()


@pytest.mark.soak
def test_a_table_of_sentences_stands_whole_on_a_phone(phone: Page) -> None:
    open_page(phone, "/handleplan?siden=rmm_2024_06_24&afsnit=alle")
    assert phone.locator(".i-blokke").count() > 0
    outside = phone.locator(".i-blokke").evaluate_all(
        """boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1)
            .map(box => box.textContent)"""
    )
    assert outside == []
    row = phone.get_by_role("row").filter(has_text="Indsatsen er i gang").first
    expect(row.get_by_text("Indsatsen er i gang")).to_be_visible()
    names = row.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.kolonne)")
    assert names[1:4] == ["24.\u00a0juni 2024", "Seneste status", "Status i korte træk"]


def test_a_phone_shows_the_answer_before_the_boxes_that_it_came_of(phone: Page) -> None:
    open_page(phone, "/sammenlign")
    answer = phone.get_by_role("heading", name="Aarhus ligger")
    assert answer.evaluate("each => each.getBoundingClientRect().bottom") < 844
    boxes = phone.locator(".st-key-sammenlign-valg")
    expect(boxes).to_be_hidden()
    opens = phone.get_by_role("button", name="Vælg nøgletal og områder")
    expect(opens).to_have_attribute("aria-expanded", "false")
    opens.click()
    expect(boxes.locator("input").first).to_be_in_viewport()
    expect(opens).to_have_attribute("aria-expanded", "true")
    assert out_of_order(phone) == []
    opens.focus()
    phone.keyboard.press("Space")
    expect(boxes).to_be_hidden()
    assert_no_faults(phone)


def test_a_phone_has_the_word_for_printing_and_no_menu_over_a_loaded_page(phone: Page) -> None:
    open_page(phone, "/om")
    prints = phone.get_by_role("button", name="Udskriv", exact=True)
    expect(prints.get_by_text("Udskriv")).to_be_in_viewport()
    size = prints.bounding_box()
    assert size is not None
    assert size["height"] >= 40
    page_link = phone.get_by_test_id("stSidebarNavLink").first
    phone.get_by_role("button", name="Menu").click()
    expect(page_link).to_be_in_viewport()
    phone.reload()
    wait_until_drawn(phone)
    expect(page_link).not_to_be_in_viewport()
    assert_no_faults(phone)


def test_a_phone_is_led_to_the_sections_of_a_long_page(phone: Page) -> None:
    open_page(phone, "/")
    phone.get_by_role("link", name="Uden nyt", exact=True).tap()
    waiting = phone.get_by_role("heading", name="uden nyt")
    expect(waiting).to_be_focused()
    _expect_under_the_bar(waiting)
    assert "#" not in phone.url

    open_page(phone, "/handleplan")
    phone.get_by_role("link", name="Tidslinje", exact=True).tap()
    _expect_under_the_bar(phone.get_by_role("heading", name="Tidslinje"))

    # Elsewhere a screen shows two of them at once, and paper has nothing to tap.
    resize(phone, 1400, 900)
    expect(phone.locator(".st-key-spring")).to_be_hidden()
    resize(phone, 390, 844)
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(phone.locator(".st-key-spring")).to_be_hidden()


def test_a_link_to_a_section_far_down_shows_that_section(phone: Page) -> None:
    open_page(phone, "/om?afsnit=regnetjek")
    section = phone.locator(".st-key-afsnit-regnetjek")
    expect(section.get_by_text("Papiret siger").first).to_be_in_viewport()
    # Where it begins in the upper half, the page's title stays.
    open_page(phone, "/vejledning?for=leder&afsnit=overblik")
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()


def test_how_the_strips_are_read_ends_their_list_not_the_page(
    phone: Page, app: SharedApp, shipped_app_home: Path
) -> None:
    app.show(shipped_app_home)
    open_page(phone, "/omraade?omraade=aarhus")
    last = phone.locator(".st-key-omraadeprofil").get_by_text("Hver linje har sin egen skala.")
    files = phone.locator(".st-key-omraadeprofil").get_by_role("button", name="CSV")
    assert _top(files) < _top(last)

    # One line alone has no other whose scale it could be.
    open_page(phone, "/omraade?omraade=gellerup")
    _expect_none_below(phone, phone.get_by_role("heading", name="Boligområdet"))
    expect(phone.get_by_text("Hver linje har sin egen skala.")).to_have_count(0)


def _top(place: Locator) -> float:
    return float(place.evaluate("each => each.getBoundingClientRect().top"))


def _expect_under_the_bar(heading: Locator) -> None:
    expect(heading).to_be_in_viewport()
    assert 60 <= _top(heading) < 200


def _expect_none_below(phone: Page, heading: Locator) -> None:
    """Nothing of the profile stands below what follows it on the page."""
    end = phone.locator(".st-key-omraadeprofil").evaluate(
        """box => Math.max(...[...box.querySelectorAll('p')]
            .map(words => words.getBoundingClientRect().bottom))"""
    )
    assert end < _top(heading)


# At a phone's width test_pages.py looks at each page for it.
@pytest.mark.soak
@pytest.mark.parametrize("page", [name for name in PAGES if name != "udvalg"])
def test_what_gets_the_focus_on_a_phone_comes_in_the_order_of_the_screen(
    phone: Page, page: str
) -> None:
    open_page(phone, "/" if page == FRONT_PAGE else f"/{page}")
    assert out_of_order(phone) == []
