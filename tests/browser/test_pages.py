"""Every page on a desktop and on a phone: Danish, accessible, within the window, no errors.

The fixtures `page` and `phone` fail a test whose page logs an error or asks for what is not there.
"""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from kpi.domain.pages import FRONT_PAGE, PAGES
from kpi.domain.selection import ALL_PARTS
from tests.browser.audit import english_words
from tests.browser.clicks import box, expect_address, expect_title, popover
from tests.browser.faults import faults, phone_faults, structure_faults
from tests.browser.focus import focus_rings, out_of_order
from tests.browser.page_looks import LOOKS, MARKED, assert_keys_are_marked
from tests.browser.screen import open_page, resize, wait_until_drawn
from tests.browser.test_widths import BETWEEN
from tests.tiers import in_turn, takes_every_case

UNFOLDED = f"/om?afsnit={ALL_PARTS}"
VIEWS = {
    "/": "Aarhus ligger dårligere end hele landet på beskæftigelse, men bedre end de fleste",
    "/tema": "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal",
    "/tema?tema=opgang_til_opgang": "Gellerup: sikker forskel fra Viby Syd",
    "/tema?noegletal=language_mentor_places": "Mestring af det danske sprog",
    "/omraade": "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær",
    "/omraade?omraade=aarhus&sorter=bagud&aaben=employment_rate/all": (
        "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær"
    ),
    "/omraade?omraade=gellerup": (
        "Gellerup: sikker forskel fra Viby Syd på forældre med virksomhedsrettet indsats, "
        "børn med underretning og børn med social sag"
    ),
    "/omraade?omraade=tilst": "Tilst: endnu ingen tal",
    "/omraade?omraade=ringkoebing_skjern": "Ringkøbing-Skjern",
    "/sammenlign": "Beskæftigelsesfrekvens 16-64 år",
    "/sammenlign?noegletal=employment_rate&diagram=rangering": "Beskæftigelsesfrekvens 16-64 år",
    "/sammenlign?noegletal=employment_rate&diagram=afstand": "Beskæftigelsesfrekvens 16-64 år",
    "/sammenlign?noegletal=employment_rate&diagram=kort": "Beskæftigelsesfrekvens 16-64 år",
    "/sammenlign?noegletal=employment_rate&diagram=smaa": "Beskæftigelsesfrekvens 16-64 år",
    "/handleplan": ("9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024"),
    "/handleplan?tema=language&siden=sbu_2025_03_19": (
        "Spor 1 · Sprog: Ingen af fire indsatser har fået ny status siden mødet 19. marts 2025"
    ),
    "/udvalg": "8 figurer til Social- og Beskæftigelsesudvalget, 19. marts 2025",
    "/tema?pr=2024-06-26": (
        "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal"
    ),
    "/indlaes": "Vælg en fil, og se, hvad den ændrer",
    "/om": "Hvert tal kan føres tilbage til sin kilde",
    UNFOLDED: "Hvert tal kan føres tilbage til sin kilde",
    "/vejledning": "Fem ting, en leder gør i Spor",
}
# Pages of more screens than a phone should need.
LONG = {UNFOLDED, "/omraade?omraade=aarhus&sorter=bagud&aaben=employment_rate/all"}
# Of pages that stand above already, in another form.
SECOND_VIEWS = {
    "/omraade?omraade=aarhus&sorter=bagud&aaben=employment_rate/all",
    "/tema?noegletal=language_mentor_places", "/omraade?omraade=tilst",
    "/omraade?omraade=ringkoebing_skjern", "/sammenlign?noegletal=employment_rate&diagram=afstand",
    "/sammenlign?noegletal=employment_rate&diagram=rangering", "/tema?pr=2024-06-26",
    "/sammenlign?noegletal=employment_rate&diagram=kort",
    "/sammenlign?noegletal=employment_rate&diagram=smaa",
    "/handleplan?tema=language&siden=sbu_2025_03_19", "/tema?tema=opgang_til_opgang", UNFOLDED,
}  # fmt: skip
# The desktop comes last: the focus is looked at there.
SIZES = {"phone": (390, 844), "desktop": (1400, 900)}
# Of the views above; where one stands twice, the first of its kind.
BETWEEN_SIZES = (
    "/",
    "/omraade",
    "/omraade?omraade=gellerup",
    "/sammenlign",
    "/handleplan",
    "/udvalg",
    "/indlaes",
    "/om",
)
# Cards, a profile and a form: axe-core goes through these on a phone as well.
AUDITED_ON_A_PHONE = {"/", "/omraade", "/indlaes"}
# How many links, buttons and fields take the focus.
FOCUSED_AT_LEAST = {
    "/": 15, "/tema": 25, "/omraade": 25, "/omraade?omraade=gellerup": 20, "/sammenlign": 25,
    "/handleplan": 15, "/udvalg": 20, "/indlaes": 10, "/om": 12, "/vejledning": 15,
}  # fmt: skip

# Until then its words have not got their room.
_ARRIVED = "menu => Promise.all(menu.getAnimations({subtree: true}).map(each => each.finished))"


def test_every_page_is_looked_at() -> None:
    paths = {"/" if page == FRONT_PAGE else f"/{page}" for page in PAGES}
    assert {path.partition("?")[0] for path in VIEWS} == paths


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("address", "title"),
    [
        pytest.param(address, title, marks=[pytest.mark.soak] if address in SECOND_VIEWS else [])
        for address, title in VIEWS.items()
    ],
)
def test_a_page_has_no_faults(page: Page, address: str, title: str) -> None:
    """Opened once, and looked at in every way: opening takes longer than looking."""
    open_page(page, address)
    expect_title(page, title)
    for width in _widths(address):
        resize(page, width, 900)
        assert structure_faults(page) == [], width
    for name, (width, height) in SIZES.items():
        resize(page, width, height)
        if name == "desktop" or address in AUDITED_ON_A_PHONE or takes_every_case():
            assert faults(page) == {}, name
        else:  # axe-core takes as long as the rest, and finds the same elements on the desktop
            assert structure_faults(page) + english_words(page) == [], name
        if name == "phone":
            assert out_of_order(page) == []
            too_long = [] if address not in LONG else ["the page is"]
            faulty = phone_faults(page)
            assert [each for each in faulty if not each.startswith(tuple(too_long))] == []
    assert_keys_are_marked(page, address)
    for look in LOOKS.get(address, ()):
        look(page)
    if least := FOCUSED_AT_LEAST.get(address):
        rings = focus_rings(page)
        assert rings["unseen"] == []
        assert rings["seen"] >= least


def _widths(address: str) -> Sequence[int]:
    """Between a phone and a desktop; `make test` takes the least, and another one for each page."""
    if address not in BETWEEN_SIZES:
        return ()
    return [*dict.fromkeys((*in_turn(BETWEEN, BETWEEN_SIZES.index(address)), min(BETWEEN)))]


def test_the_lists_of_what_is_looked_at_are_of_views() -> None:
    assert {*BETWEEN_SIZES, *AUDITED_ON_A_PHONE, *FOCUSED_AT_LEAST, *LOOKS, *MARKED} <= set(
        VIEWS
    ) - SECOND_VIEWS
    assert len(BETWEEN_SIZES) >= len(BETWEEN)  # so each width is looked at


def test_the_menu_of_a_phone_leads_to_every_page_and_the_question_mark_to_its_guide(
    phone: Page,
) -> None:
    open_page(phone, "/om")
    phone.locator("header").get_by_role("button").last.tap()
    menu = phone.get_by_test_id("stSidebar")
    expect(menu.get_by_role("link")).to_have_text(
        [
            "Overblik", "Tema", "Område", "Sammenlign", "Handleplan", "Udvalg", "Indlæs data",
            "Om tallene", "Vejledning",
        ]
    )  # fmt: skip
    menu.evaluate(_ARRIVED)
    assert faults(phone) == {}
    phone.keyboard.press("Escape")
    expect(menu).not_to_be_in_viewport()
    phone.locator("header").get_by_role("button").last.tap()
    menu.get_by_role("link", name="Område").tap()
    expect_address(phone, "/omraade")
    expect(menu).not_to_be_in_viewport()  # it makes room for the page
    phone.get_by_role("link", name="Vejledning til denne side").tap()
    expect_address(phone, "/vejledning", **{"for": "leder", "afsnit": "omraade"})
    expect(phone.get_by_text("3. Se alle tal for ét område")).to_be_in_viewport()


def test_an_open_box_is_danish_also_when_nothing_matches(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=school_absence&omraader=aarhus,odense")
    choices = page.get_by_role("listbox")
    for label in ("Nøgletal", "Områder"):  # one choice, several choices
        box(page, label).click()
        expect(choices.get_by_role("option").first).to_be_visible()
        wait_until_drawn(page)  # the list fades in
        assert faults(page) == {}, label
        box(page, label).fill("qqq")
        expect(choices).to_contain_text("Ingen")
        assert faults(page) == {}, label
        page.locator("h1").click()
        expect(choices).to_be_hidden()


def test_what_opens_and_what_hovers_is_danish(page: Page) -> None:
    open_page(page, "/omraade?omraade=gellerup")
    for name in ("Tabel", "Noter"):
        with popover(page, name) as content:
            content.hover()
            assert faults(page) == {}, name
    for element in ("stPlotlyChart", "stLinkButton"):
        page.get_by_test_id(element).first.hover()
        wait_until_drawn(page)
        assert english_words(page) == [], element
    open_page(page, "/tema")
    page.get_by_text("Om tallet: definition, kilde og historik").click()
    expect(page.get_by_text("Enhed: procent.")).to_be_visible()
    assert faults(page) == {}


@pytest.mark.soak
def test_the_points_of_a_chart_speak_danish(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus,denmark")
    place = page.locator("[data-testid=stPlotlyChart] .point").last.bounding_box()
    assert place is not None
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x - 20, y)
    page.mouse.move(x, y, steps=4)
    expect(page.locator("[data-testid=stPlotlyChart] .hovertext")).to_contain_text("2021: 73,7")
    assert english_words(page) == []


def test_an_unknown_address_says_so_in_danish(page: Page, problems: list[str]) -> None:
    open_page(page, "/findesikke")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Siden findes ikke")
    assert faults(page) == {}
    page.keyboard.press("Escape")
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
            "»![x](http:/\u2060/foreign.invalid/x.png)«",  # joined by a mark that breaks the link
            "»<script>document.title='hacket'</script>«",
        ]
    ):
        expect(notes.nth(number)).to_contain_text(injected)
    expect(notes.locator("a, img, strong, script, code")).to_have_count(0)
    expect(page).to_have_title("Sammenlign · Spor")
    expect_title(page, VIEWS["/sammenlign"])
    # The notes name valid ids, which are the address's own words and English.
    assert faults(page).keys() <= {"English words"}
