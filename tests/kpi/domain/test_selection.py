"""A page's choices: to the URL and back, unknown parts reported, and all of it in words."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.catalog import Catalog
from kpi.domain.guides import PARTS, READERS
from kpi.domain.pages import PAGES
from kpi.domain.plan import STATUS_CHOICES
from kpi.domain.selection import (
    ABOUT_PARTS,
    ALL_PARTS,
    DIAGRAMS,
    NO_MEETING,
    SHOWN,
    SORTINGS,
    Selection,
    read_selection,
)
from tests.kpi.domain.test_period import PERIOD_TEXTS
from tests.kpi.made import catalog as made_catalog
from tests.tables import for_each

MADE = made_catalog()


@for_each(
    ("selection", "path"),
    [
        (Selection(), "/"),
        (Selection("om"), "/om"),
        (Selection("tema", tema="work"), "/tema?tema=work"),
        (Selection("tema", tema="work", noegletal="rate"), "/tema?tema=work&noegletal=rate"),
        (Selection("omraade", omraade="gellerup"), "/omraade?omraade=gellerup"),
        (
            Selection("sammenlign", noegletal="rate", omraader=("aarhus", "denmark"),
                      grupper=("all",), fra="2020", til="2024/2025", diagram="rangering"),
            "/sammenlign?noegletal=rate&omraader=aarhus,denmark&grupper=all&fra=2020"
            "&til=2024/2025&diagram=rangering",
        ),
        # A choice that the page does not have is not in its link.
        (Selection("omraade", omraade="tilst", tema="work"), "/omraade?omraade=tilst"),
        (Selection("sammenlign", fra="2021:2025"), "/sammenlign?fra=2021%3A2025"),
    ],
)  # fmt: skip
def test_deep_link(selection: Selection, path: str) -> None:
    assert selection.path() == path


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any selection that a page can hold: only its own parameters are set."""
    page = draw(st.sampled_from(sorted(PAGES)))
    areas, groups = st.sampled_from(sorted(MADE.areas)), st.sampled_from(sorted(MADE.groups))
    choices: dict[str, st.SearchStrategy[Any]] = {
        "tema": st.sampled_from(["", *MADE.themes]),
        "noegletal": st.sampled_from(["", *MADE.indicators]),
        "omraade": st.just("") | areas,
        "omraader": st.lists(areas, unique=True, max_size=4).map(tuple),
        "grupper": st.lists(groups, unique=True, max_size=3).map(tuple),
        "fra": st.just("") | PERIOD_TEXTS,
        "til": st.just("") | PERIOD_TEXTS,
        "diagram": st.sampled_from(["", *DIAGRAMS]),
        "moede": st.sampled_from(["", NO_MEETING, *MADE.meetings]),
        "siden": st.sampled_from(["", *MADE.meetings]),
        "afsnit": st.just((ALL_PARTS,))
        | st.lists(
            st.sampled_from([*{"om": ABOUT_PARTS, "vejledning": PARTS}.get(page, MADE.themes)]),
            unique=True,
        ).map(tuple),
        "ansvarlig": st.sampled_from(["", "Jobcentret, Fagligt Sekretariat; MKB"]),
        "status": st.sampled_from(["", *STATUS_CHOICES]),
        "blandt": st.sampled_from(["", *MADE.area_sets, "similar", "region"]),
        "sorter": st.sampled_from(["", *SORTINGS]),
        "vis": st.sampled_from(["", *SHOWN]),
        "for": st.sampled_from(["", *READERS]),
        "dag": st.sampled_from(["", "2024-06-26"]),
        "kladde": st.sampled_from(["", "bcdfghjkmn"]),
        "aaben": st.just("")
        | st.sampled_from([*MADE.indicators])
        | st.tuples(st.sampled_from([*MADE.indicators]), groups).map("/".join),
    }
    drawn = {name: draw(choices[name]) for name in PAGES[page].parameters}
    if "for" in drawn:
        drawn["laeser"] = drawn.pop("for")
    return Selection(page, **drawn)


@given(selections())
def test_a_selection_survives_its_parameters(selection: Selection) -> None:
    read_back = read_selection(selection.page, selection.parameters(), MADE)
    assert read_back == (selection, ())


@given(selections())
def test_a_selection_survives_its_link(selection: Selection) -> None:
    parts = urlsplit(selection.path())
    page = parts.path.strip("/") or "overblik"
    assert read_selection(page, dict(parse_qsl(parts.query)), MADE) == (selection, ())


@given(
    st.sampled_from(sorted(PAGES)),
    st.dictionaries(
        st.sampled_from(sorted({*PAGES["sammenlign"].parameters, "tema", "x"})), st.text()
    ),
)
def test_any_link_is_read(page: str, parameters: dict[str, str]) -> None:
    selection, _ = read_selection(page, parameters, MADE)
    again, notes = read_selection(page, selection.parameters(), MADE)
    assert (again, notes) == (selection, ())


@for_each(
    ("page", "parameters", "kept", "notes"),
    [
        (
            "omraade",
            {"omraade": "gelerup"},
            Selection("omraade"),
            ["Området »gelerup« findes ikke. Mente du »gellerup«?"],
        ),
        (
            "tema",
            {"tema": "sprog", "noegletal": "rate"},
            Selection("tema", noegletal="rate"),
            ["Temaet »sprog« findes ikke."],
        ),
        (
            # The known ones of a list are kept.
            "sammenlign",
            {"omraader": "aarhus,århus,odense", "grupper": "danis"},
            Selection("sammenlign", omraader=("aarhus", "odense")),
            [
                "Området »århus« findes ikke. Mente du »aarhus«?",
                "Gruppen »danis« findes ikke. Mente du »danish«?",
            ],
        ),
        (
            "sammenlign",
            {"fra": "2024H3", "til": "2024Q1", "diagram": "lagkage"},
            Selection("sammenlign", til="2024K1"),  # Q is K
            [
                "Ukendt periode: »2024H3« er ikke en periode. Skriv for eksempel 2022, 2024H1, "
                "2024K1, 2024M05, 2024U05, 2024M05D31, 2024/2025 eller 2021:2025.",
                "Diagramtypen »lagkage« findes ikke. Vælg en af: udvikling, placering, forskel, "
                "kort, små diagrammer, tragtdiagram.",
            ],
        ),
        ("overblik", {"omraade": "gelerup", "utm_source": "mail"}, Selection(), []),
        ("omraade", {"omraade": " gellerup , "}, Selection("omraade", omraade="gellerup"), []),
        ("omraade", {"omraade": ""}, Selection("omraade"), []),
        (
            "omraade",
            {"aaben": "rate/all", "sorter": "bagud", "vis": "bedre"},
            Selection("omraade", aaben="rate/all", sorter="bagud", vis="bedre"),
            [],
        ),
        (
            "omraade",
            {"sorter": "Ældste tal", "vis": "Dårligere"},  # as the page has them
            Selection("omraade", sorter="aeldst", vis="daarligere"),
            [],
        ),
        (
            "omraade",
            {"aaben": "rat/all", "sorter": "baglæns"},
            Selection("omraade"),
            [
                "Rækkefølgen »baglæns« findes ikke. Vælg en af: tema, længst bagud, længst foran, "
                "størst ændring, ældste tal.",
                "Nøgletallet »rat« findes ikke. Mente du »rate«?",
            ],
        ),
        (
            "omraade",
            {"aaben": "rate/danis", "vis": "røde"},
            Selection("omraade"),
            [
                "Visningen »røde« findes ikke. Vælg en af: alle nøgletal, dårligere, bedre, nye "
                "siden mødet.",
                "Gruppen »danis« findes ikke. Mente du »danish«?",
            ],
        ),
        (
            "sammenlign",
            {"omraader": "aarhus,aarhus"},
            Selection("sammenlign", omraader=("aarhus",)),
            [],
        ),
    ],
)
def test_what_is_unknown_is_left_out_and_reported(
    page: str, parameters: dict[str, str], kept: Selection, notes: list[str]
) -> None:
    assert read_selection(page, parameters, MADE) == (kept, tuple(notes))


@for_each("start", ["", "2022", "2022" + " " * 90])
def test_long_nonsense_is_not_repeated_at_length(start: str) -> None:
    selection, notes = read_selection("sammenlign", {"fra": start + "x" * 5000}, MADE)
    assert len("".join(notes)) < 400
    assert selection.fra in ("", "2022")


@for_each(
    ("selection", "sentence"),
    [
        (Selection(), ""),
        (Selection("omraade", omraade="gellerup"), "Gellerup"),
        (
            Selection("sammenlign", omraader=("aarhus", "denmark"), grupper=("non_western",),
                      fra="2008", til="2021"),
            "Aarhus og hele landet, ikke-vestlig baggrund, 2008 til 2021",
        ),
        (
            Selection("sammenlign", omraader=("aarhus", "odense", "denmark"), grupper=("all",)),
            "Aarhus, Odense og hele landet",  # everyone needs no words
        ),
        (Selection("sammenlign", fra="2024K1", til="2024K1"), "1. kvartal 2024"),
        (Selection("sammenlign", fra="2024K1"), "1. kvartal 2024 til nyeste periode"),
        (Selection("sammenlign", til="2021"), "første periode til 2021"),
    ],
)  # fmt: skip
def test_sentence(selection: Selection, sentence: str) -> None:
    assert selection.sentence(MADE) == sentence


def test_many_areas_are_counted_home_first(catalog: Catalog) -> None:
    every = [area.area_id for area in catalog.areas.values() if area.level == "municipality"]
    assert every[0] != "aarhus"
    chosen = Selection("sammenlign", omraader=(*every, "denmark"))
    assert chosen.sentence(catalog, "aarhus") == "Aarhus, hele landet og 97 andre kommuner"
    without = Selection("sammenlign", omraader=tuple(each for each in every if each != "aarhus"))
    assert without.sentence(catalog, "aarhus") == "97 kommuner"
    few = Selection("sammenlign", omraader=tuple(every[:8]))
    assert few.sentence(catalog, "aarhus").count(",") == 6  # eight names


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_default_of_every_page_needs_no_parameters(page: str, catalog: Catalog) -> None:
    assert read_selection(page, {}, catalog) == (Selection(page), ())


# Ids, and the words of this page and of the one before it.
@pytest.mark.parametrize(
    ("written", "diagram"),
    [
        ("rangering", "rangering"),
        ("Rangering", "rangering"),
        ("Placering", "rangering"),
        ("AFSTAND", "afstand"),
        ("Forskel", "afstand"),
        ("Tragt", "tragt"),
        ("Tragtdiagram", "tragt"),
        ("Udvikling", "udvikling"),
    ],
)
def test_a_diagram_is_known_by_its_words(catalog: Catalog, written: str, diagram: str) -> None:
    selection, notes = read_selection("sammenlign", {"diagram": written}, catalog)
    assert (selection.diagram, notes) == (diagram, ())
