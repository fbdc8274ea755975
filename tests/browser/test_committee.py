"""A meeting prepared in the browser: its figures and files, what moved in the plan, as of a day."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.browser.clicks import (
    address_of,
    choose,
    expect_address,
    expect_title,
    follow,
    press,
    words_of,
)
from tests.browser.faults import assert_no_faults, faults
from tests.browser.screen import open_page, resize, wait_until_drawn

JUNE = "Social- og Beskæftigelsesudvalget, 26. juni 2024"
NSK = "NSK-sager i Aarhus: 60 i alt, opgjort marts 2025"
TITLE = "Seksten nye sager – »æøå« & 50 %"
BAND = "Du ser data, som de forelå 26. juni 2024."


def titles_of(page: Page) -> list[str]:
    """The figures' titles, in the order of the list."""
    return page.locator(".st-key-udvalg-liste [data-testid=stMarkdown]").all_inner_texts()


def expect_listed(page: Page, place: int, title: str) -> None:
    """Waits until the figure of a place in the list is called this, and is drawn."""
    rows = page.locator(".st-key-udvalg-liste [data-testid=stMarkdown]")
    expect(rows.nth(place - 1)).to_have_text(title)
    wait_until_drawn(page)


def unfold_choices(page: Page) -> None:
    """Opens what else may be chosen beside the meeting."""
    page.get_by_text("Temaer, sammenligning og sag").click()


def slides_of(file: Path) -> list[list[str]]:
    """The texts of each slide."""
    presentation: Any = Presentation(str(file))
    return [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in presentation.slides
    ]


# --- Udvalg -------------------------------------------------------------------------------------


@pytest.mark.soak
def test_another_meeting_brings_its_own_day_and_figures(page: Page) -> None:
    open_page(page, "/udvalg")
    expect_title(page, "8 figurer til Social- og Beskæftigelsesudvalget, 19. marts 2025")
    choose(page, "Møde", JUNE)
    expect_title(page, f"6 figurer til {JUNE}")
    expect_address(page, "/udvalg", moede="sbu_2024_06_26", omraade="aarhus")
    assert "Data som kendt 26. juni 2024" in words_of(page)
    page.go_back()
    expect_title(page, "8 figurer til")


@pytest.mark.soak
def test_a_draft_is_whole_on_a_tablet_and_called_after_its_meeting_once(analyst: Page) -> None:
    open_page(analyst, "/udvalg?moede=sbu_2025_03_19")
    press(analyst, "Fjern figur")
    expect_title(analyst, "7 figurer til")
    resize(analyst, 768, 900)
    drafts = analyst.locator(".st-key-udvalg-kladder")
    called = "Social- og Beskæftigelsesudvalget, 19. marts 2025"
    expect(drafts.get_by_text(called)).to_have_count(1)
    expect(drafts.get_by_role("button", name="Slet")).to_be_visible()
    press(analyst, "Ny kladde")
    name = drafts.get_by_role("button", name=called)
    assert name.get_by_role("paragraph").evaluate("p => p.scrollWidth <= p.clientWidth")
    assert_no_faults(analyst)


@pytest.mark.soak
def test_figures_are_arranged_and_the_slides_made_of_them(page: Page, tmp_path: Path) -> None:
    open_page(page, "/udvalg?moede=sbu_2025_03_19")
    expect_title(page, "8 figurer til")
    page.get_by_text("Små nøgletal samlet", exact=True).click()
    unfold_choices(page)
    choose(page, "Temaer", "Indsats mod negativ social kontrol")
    page.keyboard.press("Escape")
    expect_title(page, "4 figurer til")
    first, second, third, fourth = titles_of(page)

    press(page, "2")
    expect(page.get_by_role("heading", name="Figur 2 af 4")).to_be_visible()
    wait_until_drawn(page)
    page.locator(".st-key-udvalg-liste").get_by_role("button", name="Flyt op").nth(1).click()
    expect_listed(page, 1, second)
    expect(page.get_by_role("heading", name="Figur 1 af 4")).to_be_visible()

    page.get_by_label("Overskrift", exact=True).fill(TITLE)
    page.keyboard.press("Tab")
    expect_listed(page, 1, TITLE)
    assert_no_faults(page)

    press(page, "Næste")
    expect(page.get_by_label("Overskrift", exact=True)).to_have_value(first)
    press(page, "Fjern figur")
    expect_title(page, "3 figurer til")
    page.get_by_text("Fjernede figurer (1)").click()
    assert faults(page) == {}
    page.locator("[class*=st-key-udvalg-ind-]").get_by_role("button", name=first).click()
    expect_title(page, "4 figurer til")
    expect_listed(page, 2, first)
    press(page, "3")
    expect(page.get_by_label("Overskrift", exact=True)).to_have_value(third)
    press(page, "Fjern figur")
    expect_title(page, "3 figurer til")

    # What was made is kept as it is made: reloading loses nothing of it.
    page.reload()
    expect_title(page, "3 figurer til")
    expect_listed(page, 1, TITLE)
    expect_listed(page, 2, first)

    press(page, "PowerPoint")
    expect(page.get_by_role("button", name="Hent PowerPoint")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Hent PowerPoint")
    assert download.value.suggested_filename == "oplaeg-2025-03-19.pptx"
    file = tmp_path / "oplaeg.pptx"
    download.value.save_as(file)
    slides = slides_of(file)
    contents = ["\n".join(texts).replace("\xa0", " ") for texts in slides]
    # Once: so few slides have no contents until somebody wants them.
    (place,) = (number for number, text in enumerate(contents) if TITLE in text)
    assert first in contents[place + 1]
    assert any(fourth.replace("\xa0", " ") in text for text in contents)
    assert not any(second in text for text in contents)  # its title was edited
    assert not any(third in text for text in contents)
    assert "19. marts 2025" in contents[0]


@pytest.mark.soak
def test_a_file_that_takes_pictures_is_made_and_the_pack_is_kept(
    page: Page, tmp_path: Path
) -> None:
    open_page(page, "/udvalg?moede=rmm_2025_03_11")
    unfold_choices(page)
    choose(page, "Nøgletal", "NSK-sager")
    page.keyboard.press("Escape")
    expect_title(page, "1 figur til Rådmandsmøde, 11. marts 2025")
    press(page, "Hele pakken (ZIP)")
    expect(page.get_by_role("button", name="Hent Hele pakken (ZIP)")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Hent Hele pakken (ZIP)")
    file = tmp_path / "pakke.zip"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"PK")
    page.get_by_text(
        "Rådmandsmøde, 11. marts 2025 · data som kendt 11. marts 2025 · 1 figur"
    ).click()
    expect(page.get_by_text("Ingen af pakkens tal er ændret siden.")).to_be_visible()
    wait_until_drawn(page)
    assert_no_faults(page)
    choose(page, "Nøgletal", "Sprogboost-forløb")
    page.keyboard.press("Escape")
    expect_title(page, "2 figurer til")
    press(page, "Åbn med data pr. 11. marts 2025")
    expect_title(page, "1 figur til Rådmandsmøde, 11. marts 2025")


# --- Handleplan ---------------------------------------------------------------------------------


@pytest.mark.soak
def test_filters_leave_what_fits_and_stay_in_the_address(page: Page) -> None:
    open_page(page, "/handleplan")
    expect_title(page, "9 af 22 indsatser")
    choose(page, "Tema", "Spor 3: Social kontrol")
    expect_address(page, "/handleplan", tema="social_control", siden="rmm_2024_06_24")
    assert "Spor 4: Bekæmpelse af socialt snyd" not in words_of(page)
    choose(page, "Seneste status", "Planlagt")
    expect_title(page, "Spor 3 · Social kontrol: To indsatser er planlagt")
    choose(page, "Seneste status", "Afsluttet")
    expect(page.get_by_text("Ingen indsatser passer til valgene.")).to_be_visible()
    wait_until_drawn(page)
    assert faults(page) == {}


@pytest.mark.soak
def test_what_is_new_since_another_meeting(page: Page) -> None:
    open_page(page, "/handleplan")
    choose(page, "Siden mødet", "19. marts 2025, Social- og Beskæftigelsesudvalget")
    expect_title(page, "Ingen af 24 indsatser i de 4 spor har fået ny status siden mødet 19. marts")
    assert address_of(page) == ("/handleplan", {"siden": "sbu_2025_03_19"})
    page.get_by_text("Nyt siden mødet 19. marts 2025").click()
    expect(page.get_by_text("Nye tal (2)")).to_be_visible()
    wait_until_drawn(page)
    assert_no_faults(page)
    page.go_back()
    expect_title(page, "9 af 22 indsatser")


# --- as of a day --------------------------------------------------------------------------------


@pytest.mark.soak
def test_a_meetings_day_is_chosen_kept_and_left(page: Page) -> None:
    open_page(page, "/tema")
    page.get_by_role("button", name="Vist som Spor kendte tallene ").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    assert faults(page) == {}
    choose(page, "Møde", JUNE)
    expect(page.get_by_text(BAND)).to_be_visible()
    page.keyboard.press("Escape")
    wait_until_drawn(page)
    assert address_of(page)[1]["pr"] == "2024-06-26"
    assert_no_faults(page)

    follow(page, "Område")
    expect_title(page, "Aarhus")
    expect(page.get_by_text(BAND)).to_be_visible()
    expect_address(page, "/omraade", pr="2024-06-26")
    follow(page, "Sammenlign")
    expect_address(page, "/sammenlign", pr="2024-06-26")
    page.go_back()
    expect_title(page, "Aarhus")
    expect_address(page, "/omraade", pr="2024-06-26")
    choose(page, "Område", "Gellerup")
    expect_address(page, "/omraade", omraade="gellerup", pr="2024-06-26")
    expect_title(page, "Gellerup: endnu ingen tal")

    press(page, "Vis nyeste data")
    expect(page.get_by_text(BAND)).to_be_hidden()
    expect_address(page, "/omraade", omraade="gellerup")
    expect_title(page, "Gellerup: sikker forskel fra Viby Syd")


def test_a_link_as_of_a_day_shows_another_person_the_same(page: Page) -> None:
    open_page(page, "/omraade?omraade=gellerup&pr=2024-06-26")
    expect(page.get_by_text(BAND)).to_be_visible()
    expect_title(page, "Gellerup: endnu ingen tal")
    page.reload()
    expect(page.get_by_text(BAND)).to_be_visible()
    expect_address(page, "/omraade", omraade="gellerup", pr="2024-06-26")
