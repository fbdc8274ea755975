"""Vejledning: whose it is and which task stand in the address, and pages lead to their part."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from kpi.domain.guides import GUIDES, READERS, Reader
from kpi.domain.pages import PAGES
from kpi.export.guide import picture_of, seen
from tests.kpi.domain.test_guides import names_of_data
from tests.pages.visit import assert_healthy, open_page, read, texts_of, title_of
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")


def alts_of_pictures(app: AppTest) -> list[str]:
    """What each task's picture shows: one of a wide window and one of a phone, of the same."""
    alts = [picture.alt for each in app.get("image") for picture in each.proto.imgs]
    assert alts[::2] == alts[1::2]
    return alts[::2]


def words_on(app: AppTest) -> set[str]:
    """What stands on fields, buttons, links, choices, folded sections and columns."""
    words = {str(column) for table in app.table for column in table.value.columns}
    for element in app.main:
        words.add(read(getattr(element.proto, "label", "")))
        words |= {str(option) for option in getattr(element, "options", ())}
    words |= {read(popover.proto.popover.label) for popover in app.get("popover")}
    return words | {read(re.sub(r"\*\* .*", "", folded.label)) for folded in app.expander}


@for_each("reader", READERS)
def test_a_guide_stands_open_with_a_picture_of_each_task(reader: Reader) -> None:
    app = open_page("vejledning", **{"for": reader})
    assert_healthy(app)
    guide = GUIDES[reader]
    assert title_of(app) == guide.title
    assert alts_of_pictures(app) == [task.alt for task in guide.tasks]
    texts = texts_of(app)
    assert all(step in texts for task in guide.tasks for step in task.steps)
    assert dict(app.query_params) == {"for": reader}


def test_a_task_of_the_address_is_open_alone() -> None:
    app = open_page("vejledning", **{"for": "sekretariat", "afsnit": "filer"})
    assert_healthy(app)
    assert alts_of_pictures(app) == [
        task.alt for task in GUIDES["sekretariat"].tasks if task.part == "filer"
    ]
    assert dict(app.query_params) == {"for": "sekretariat", "afsnit": "filer"}


def test_another_reader_has_all_of_their_tasks_open() -> None:
    app = open_page("vejledning", **{"for": "sekretariat", "afsnit": "filer"})
    app.button_group(key="laeser").set_value("leder").run()
    assert title_of(app) == GUIDES["leder"].title
    assert len(alts_of_pictures(app)) == len(GUIDES["leder"].tasks)


def test_an_unknown_reader_and_task_are_named() -> None:
    app = open_page("vejledning", **{"for": "minister", "afsnit": "flyv"})
    notes = [read(note.value) for note in app.warning]
    first, second = (note.split(" findes ikke")[0] for note in notes)
    assert (first, second) == ("Læseren »minister«", "Opgaven »flyv«")
    assert title_of(app) == GUIDES["leder"].title


def test_where_nothing_is_entered_no_task_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_UPLOADS", "off")
    app = open_page("vejledning", **{"for": "analytiker"})
    assert_healthy(app)
    assert len(alts_of_pictures(app)) == 1


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("page", "reader", "part"),
    [(page, *known.guide) for page, known in PAGES.items() if known.guide is not None],
)
def test_a_page_leads_to_its_part_and_has_what_pictures_show_of_it(
    page: str, reader: Reader, part: str
) -> None:
    """Where it lacks a label, `make guides` takes the pictures anew."""
    app = open_page(page, **({"afsnit": "regnetjek"} if page == "om" else {}))
    links = [link.proto for link in app.get("page_link")]
    assert [link.query_string for link in links if link.label == "Vejledning til denne side"] == [
        f"for={reader}&afsnit={part}"
    ]
    tasks = [(reader, task) for reader, guide in GUIDES.items() for task in guide.tasks]
    # Where something was pressed first, pictures show what is not there without.
    shown = [
        seen()[picture_of(reader, task.part, on_phone).stem]["labels"]
        for reader, task in tasks
        for on_phone in (False, True)
        if task.page == page and not task.is_entering and task.part != "filer"
    ]
    lacking = {label for labels in shown for label in labels} - words_on(app)
    # What is counted, and of which indicator, is of the day on which they were taken.
    assert [
        each for each in lacking if not (re.search(r"\d", each) or each.startswith(names_of_data()))
    ] == [], "a picture shows a label that the page has no more: `make guides`"
