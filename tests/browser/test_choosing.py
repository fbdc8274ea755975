"""Finding one's way: links, boxes and buttons change the view and the address; back undoes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import (
    box,
    charts,
    choose,
    expect_address,
    expect_chart,
    expect_title,
    follow,
    press,
)
from tests.browser.screen import open_page

# How Aarhus stands: on the front page, on its own, and on the theme of employment.
FRONT = "Aarhus ligger dårligere end hele landet på beskæftigelse, men bedre end de fleste"
AARHUS = "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær"
TEMA = "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal"
SIX_CITIES = "aarhus,denmark,koebenhavn,odense,aalborg,esbjerg,randers"


@pytest.mark.soak
def test_the_top_bar_leads_to_every_page_and_back(page: Page) -> None:
    open_page(page, "/")
    for link, path, title in [
        ("Tema", "/tema", TEMA),
        ("Område", "/omraade", AARHUS),
        ("Sammenlign", "/sammenlign", "Beskæftigelsesfrekvens 16-64 år"),
        ("Handleplan", "/handleplan", "9 af 22 indsatser i de 4 spor har fået ny status"),
        ("Udvalg", "/udvalg", "8 figurer til Social- og Beskæftigelsesudvalget"),
        ("Om tallene", "/om", "Hvert tal kan føres tilbage til sin kilde"),
        ("Overblik", "/", FRONT),
        # A page one comes back to starts as it did the first time.
        ("Tema", "/tema", TEMA),
    ]:
        follow(page, link)
        expect_address(page, path)
        expect_title(page, title)
        expect(page).to_have_title(f"{link} · Spor")
    press(page, "Gå til forsiden")  # the logo
    expect_address(page, "/")
    expect_title(page, FRONT)


@pytest.mark.soak
def test_a_theme_an_indicator_back_and_reload(page: Page) -> None:
    open_page(page, "/tema")
    first = charts(page)

    choose(page, "Tema", "Bekæmpelse af socialt snyd")
    expect_address(page, "/tema", tema="benefit_fraud", noegletal="sanction_share")
    expect_title(page, "Bekæmpelse af socialt snyd")
    assert charts(page) != first

    choose(page, "Tema", "Beskæftigelse og selvforsørgelse")
    expect_address(page, "/tema", tema="employment", noegletal="employment_rate")
    assert charts(page) == first

    press(page, "Vis nøgletallet")
    expect_address(page, "/tema", tema="employment", noegletal="self_sufficiency_rate")
    expect(box(page, "Nøgletal")).to_have_value("Selvforsørgelse")
    assert charts(page)[-1] != first[-1]
    # The chart is below the cards: the page has moved to it (ui/chosen.js).
    expect(page.locator(".st-key-spalter-noegletal .main-svg").first).to_be_in_viewport()

    page.reload()
    expect_title(page, TEMA)
    expect_address(page, "/tema", tema="employment", noegletal="self_sufficiency_rate")
    expect(box(page, "Nøgletal")).to_have_value("Selvforsørgelse")

    page.go_back()
    expect(box(page, "Nøgletal")).to_have_value("Beskæftigelse")
    expect_address(page, "/tema", tema="employment", noegletal="employment_rate")
    assert charts(page) == first


@pytest.mark.soak
def test_area_after_area_and_all_the_way_back(page: Page) -> None:
    open_page(page, "/omraade")
    visited = [
        ("Odense", "odense", "Odense ligger efter på"),
        ("Tilst", "tilst", "Tilst: endnu ingen tal"),
        ("Ærø", "aeroe", "Ærø"),
    ]
    for name, area_id, title in visited:
        choose(page, "Område", name)
        expect_address(page, "/omraade", omraade=area_id)
        expect_title(page, title)
    for name, area_id, title in visited[-2::-1]:
        page.go_back()
        expect_address(page, "/omraade", omraade=area_id)
        expect_title(page, title)
        expect(box(page, "Område")).to_have_value(name)
    page.go_forward()
    expect_address(page, "/omraade", omraade="tilst")
    press(page, "Se Gellerup")
    expect_address(page, "/omraade", omraade="gellerup")
    expect_title(page, "Gellerup: sikker forskel fra Viby Syd")


@pytest.mark.soak
def test_the_links_of_the_front_page_lead_to_their_views_and_back(page: Page) -> None:
    open_page(page, "/")
    for link, path, parameters, title in [
        ("Alle Aarhus' nøgletal", "/omraade", {"omraade": "aarhus"}, AARHUS),
        ("Hvem følger op?", "/handleplan", {}, "9 af 22 indsatser i de 4 spor"),
    ]:
        follow(page, link)
        expect_address(page, path, **parameters)
        expect_title(page, title)
        page.go_back()
        expect_title(page, FRONT)
        expect_address(page, "/")


@pytest.mark.soak
def test_what_a_page_fills_into_its_address_is_no_step_back(page: Page) -> None:
    open_page(page, "/omraade?omraade=odense&aaben=employment_rate/all")
    follow(page, "Åbn i Sammenlign")
    expect(page).to_have_url(re.compile("/sammenlign.*diagram=udvikling"))
    page.go_back()
    expect_address(page, "/omraade", omraade="odense", aaben="employment_rate/all")


@pytest.mark.soak
def test_a_comparison_is_built_box_by_box_and_kept_in_the_address(page: Page) -> None:
    open_page(page, "/sammenlign")
    view = {
        "noegletal": "employment_rate",
        "omraader": SIX_CITIES,
        "grupper": "all",
        "diagram": "udvikling",
    }
    expect_address(page, "/sammenlign")

    choose(page, "Områder", "Billund")
    page.keyboard.press("Escape")
    view["omraader"] = f"{SIX_CITIES},billund"
    expect_address(page, "/sammenlign", **view)
    expect_chart(page, "Billund: ")

    page.get_by_role("button", name="Fjern Esbjerg").click()
    view["omraader"] = view["omraader"].replace(",esbjerg", "")
    expect_address(page, "/sammenlign", **view)
    assert "Esbjerg" not in charts(page)[0]

    choose(page, "Fra", "2015")
    view["fra"] = "2015"
    expect_address(page, "/sammenlign", **view)
    choose(page, "Til", "2019")
    view["til"] = "2019"
    expect_address(page, "/sammenlign", **view)
    expect_chart(page, "procent, 2015-2019")

    page.get_by_role("radio", name="Placering").click()
    view["diagram"] = "rangering"
    expect_address(page, "/sammenlign", **view)
    expect_chart(page, "Aarhus er nr. 91 (delt) af de 98 kommuner, der har tal")

    page.reload()
    expect_chart(page, "Aarhus er nr. 91 (delt) af de 98 kommuner, der har tal")
    expect_address(page, "/sammenlign", **view)

    page.go_back()
    view["diagram"] = "udvikling"
    expect_chart(page, "procent, 2015-2019")
    expect_address(page, "/sammenlign", **view)

    choose(page, "Nøgletal", "Elevfravær · Opgang til Opgang · 100 områder · 2024/2025")
    expect_title(page, "Elevfravær")
    assert "noegletal=school_absence" in page.url
    assert "fra=" not in page.url


# In one of three whole runs the first of the four choices was lost, twice; alone and beside other
# work it never is. Until the cause is known it stops no other change.
@pytest.mark.soak
def test_choosing_fast_loses_no_choice(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus")
    box(page, "Områder").click()
    for name in ("Hele landet", "Region Hovedstaden", "Region Midtjylland", "Region Nordjylland"):
        # The page is still at work on the one before.
        page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    expect_chart(page, "Region Nordjylland: ")
    expect_address(
        page,
        "/sammenlign",
        noegletal="employment_rate",
        omraader="aarhus,denmark,region_hovedstaden,region_midtjylland,region_nordjylland",
        grupper="all",
        diagram="udvikling",
    )
