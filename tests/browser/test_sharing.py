"""What leaves the page: links, CSV files, and the numbers behind a chart."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.clicks import address_of, charts, expect_title, popover, press, words_of
from tests.browser.screen import open_page, watch

EMPLOYMENT = "/sammenlign?noegletal=employment_rate"
_NUMBER = re.compile(r"[−+]?\d+(?:\.\d{3})*(?:,\d+)?")


@pytest.mark.soak
def test_a_copied_link_shows_another_person_the_same_view(
    page: Page, browser: Browser, problems: list[str]
) -> None:
    open_page(page, f"{EMPLOYMENT}&omraader=odense,denmark&fra=2012&til=2018&diagram=udvikling")
    link = page.get_by_role("link", name="Kopiér link").get_attribute("href") or ""
    other = browser.new_context(locale="en-US", viewport={"width": 1400, "height": 900}).new_page()
    watch(other, problems)
    open_page(other, link)
    expect_title(other, "Beskæftigelsesfrekvens 16-64 år")
    assert address_of(other) == address_of(page)
    assert words_of(other) == words_of(page)
    assert charts(other) == charts(page) != []
    other.context.close()


def test_kopier_link_copies_and_says_so_and_else_shows_the_address_selected(page: Page) -> None:
    open_page(page, f"{EMPLOYMENT}&omraader=aarhus&diagram=udvikling")
    link = page.get_by_role("link", name="Kopiér link")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Linket er kopieret.")).to_be_visible()
    assert page.evaluate("window.copied") == link.get_attribute("href")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject();"
        " document.execCommand = () => false; }"
    )
    link.click()
    field = page.get_by_role("textbox", name="Linket")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == link.get_attribute("href")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(link).to_be_focused()


def test_the_csv_file_holds_raw_numbers_with_their_source(page: Page, tmp_path: Path) -> None:
    open_page(page, f"{EMPLOYMENT}&omraader=aarhus,denmark&fra=2020")
    with page.expect_download() as download:
        press(page, "CSV")
    assert re.fullmatch(r"spor-[\w-]+\.csv", download.value.suggested_filename)
    file = tmp_path / "tal.csv"
    download.value.save_as(file)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # for Excel
    assert content.decode("utf-8-sig").splitlines() == [
        "indicator_id,area_id,group_id,period,value,numerator,denominator,status,as_published,"
        "note,source_id,low,high,measured",
        "employment_rate,aarhus,all,2020,70.5,,,final,,,ras200,,,over",
        "employment_rate,aarhus,all,2021,73.7,,,final,,,ras200,,,over",
        "employment_rate,denmark,all,2020,74.5,,,final,,,ras200,,,over",
        "employment_rate,denmark,all,2021,77.1,,,final,,,ras200,,,over",
    ]


@pytest.mark.parametrize(
    ("address", "known"),
    [
        # A number of each by hand: it proves that labels were found at all.
        (f"{EMPLOYMENT}&omraader=aarhus,denmark,odense", "73,7"),
        (f"{EMPLOYMENT}&omraader=aarhus&diagram=rangering", "73,7"),
        ("/omraade?omraade=gellerup", "31"),
    ],
)
def test_the_table_holds_every_number_of_the_chart(page: Page, address: str, known: str) -> None:
    open_page(page, address)
    chart = page.get_by_test_id("stPlotlyChart").first
    # Labels beside the marks; not the axes, and not the distances between two lines (with a sign).
    drawn = numbers(chart.locator(".annotation-text, .textpoint text").all_text_contents())
    with popover(page, "Tabel") as content:
        expect(content.get_by_role("table")).to_be_visible()
        table = numbers([content.inner_text()])
    assert known in drawn
    assert {number for number in drawn if number[0].isdigit()} - table == set()


def numbers(texts: list[str]) -> set[str]:
    return {number for text in texts for number in _NUMBER.findall(text.replace("\u00a0", " "))}
