"""A bad link: a Danish note with what was given and the nearest choice, and the default view."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import PAGES, alts_of, open_page, read, title_of
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")

TEMA = "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal"
OMRAADE = "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær"
SAMMENLIGN = "Beskæftigelsesfrekvens 16-64 år"
HANDLEPLAN = (
    "9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024, "
    "og 2 er nye i opfølgningen"
)
UDVALG = "8 figurer til Social- og Beskæftigelsesudvalget, 19. marts 2025"
OM = "Hvert tal kan føres tilbage til sin kilde"
# A mark that markdown acts on, unless a backslash stands before it.
_LIVE_MARK = re.compile(r"(?<!\\)[*_`\[\]<>$~#|]")


def notes_of(app: AppTest) -> list[str]:
    assert [error.message for error in app.exception] == []
    assert [read(error.value) for error in app.error] == []
    return [read(note.value) for note in app.warning]


@for_each(
    ("page", "parameters", "expected"),
    [
        (
            "tema",
            {"tema": "employmnet"},
            "Temaet »employmnet« findes ikke. Mente du »employment«?",
        ),
        (
            "tema",
            {"noegletal": "employment_rat"},
            "Nøgletallet »employment_rat« findes ikke. Mente du »employment_rate«",
        ),
        (
            "omraade",
            {"omraade": "odnse"},
            "Området »odnse« findes ikke. Mente du »odense«",
        ),
        (
            "sammenlign",
            {"noegletal": "employment_rate", "omraader": "aarhus,kobenhavn"},
            "Området »kobenhavn« findes ikke. Mente du »koebenhavn«",
        ),
        (
            "sammenlign",
            {"grupper": "danisk"},
            "Gruppen »danisk« findes ikke. Mente du »danish«",
        ),
        ("sammenlign", {"fra": "i går"}, "Ukendt periode: »i går« er ikke en periode. Skriv for"),
        ("sammenlign", {"til": "2024K5"}, "Ukendt periode: »2024K5« er ikke en periode."),
        ("sammenlign", {"fra": "9999U52"}, "Ukendt periode: »9999U52« er ikke en periode."),
        (
            "sammenlign",
            {"diagram": "lagkage"},
            "Diagramtypen »lagkage« findes ikke. Vælg en af: udvikling, placering, forskel, kort",
        ),
        ("om", {"afsnit": "kilder,alde"}, "Afsnittet »alde« findes ikke. Vælg en af: sådan læses"),
        ("om", {"noegletal": "nsk_case"}, "Nøgletallet »nsk_case« findes ikke. Mente du"),
        (
            "handleplan",
            {"status": "planlag"},
            "Status »planlag« findes ikke. Vælg en af: planlagt, i gang, ",
        ),
        ("handleplan", {"ansvarlig": "Ingen"}, "ingen indsatser under »Ingen«"),
        ("handleplan", {"tema": "languge"}, "Temaet »languge« findes ikke. Mente du »langu"),
        (
            "handleplan",
            {"siden": "rmm_2024_06_25"},
            "Mødet »rmm_2024_06_25« findes ikke. Siden vises",
        ),
        # Another day is another meeting.
        ("udvalg", {"moede": "sbu_2025_03_18"}, "findes ikke. Siden vises"),
        ("udvalg", {"omraade": "odnse"}, "Området »odnse« findes ikke. Mente du »odense«"),
        # Nothing is near: a reader chooses on the page, by name.
        (
            "omraade",
            {"omraade": "Paris"},
            "Området »Paris« findes ikke. Siden vises uden dette valg.",
        ),
    ],
)
def test_the_note_names_what_was_given_and_the_nearest_choice(
    page: str, parameters: dict[str, str], expected: str
) -> None:
    (note,) = notes_of(open_page(page, **parameters))
    assert expected in note
    assert note.endswith("Siden vises uden dette valg.")


# What people know an area or indicator by: its name, however it is spelled.
@for_each(
    ("page", "parameters", "nearest"),
    [
        ("omraade", {"omraade": "Odense"}, "odense"),
        ("omraade", {"omraade": "KØBENHAVN"}, "koebenhavn"),
        ("omraade", {"omraade": "viby syd"}, "viby_syd"),
        ("omraade", {"omraade": "Gellerup "}, "gellerup"),
    ],
)
def test_a_name_in_place_of_an_id_finds_the_id(
    page: str, parameters: dict[str, str], nearest: str
) -> None:
    app = open_page(page, **parameters)
    notes = notes_of(app)
    assert app.query_params["omraade"] == nearest or f"»{nearest}«" in notes[0]


# page, parameter, and the h1 of the default view.
PARAMETERS = [
    ("tema", "tema", TEMA),
    ("tema", "noegletal", TEMA),
    ("omraade", "omraade", OMRAADE),
    ("omraade", "sorter", OMRAADE),
    ("omraade", "vis", OMRAADE),
    ("omraade", "aaben", OMRAADE),
    ("sammenlign", "noegletal", SAMMENLIGN),
    ("sammenlign", "omraader", SAMMENLIGN),
    ("sammenlign", "grupper", SAMMENLIGN),
    ("sammenlign", "fra", SAMMENLIGN),
    ("sammenlign", "til", SAMMENLIGN),
    ("sammenlign", "diagram", SAMMENLIGN),
    ("handleplan", "tema", HANDLEPLAN),
    ("handleplan", "siden", HANDLEPLAN),
    ("handleplan", "ansvarlig", HANDLEPLAN),
    ("handleplan", "status", HANDLEPLAN),
    ("handleplan", "afsnit", HANDLEPLAN),
    ("udvalg", "moede", UDVALG),
    ("udvalg", "omraade", UDVALG),
    ("om", "noegletal", OM),
    ("om", "afsnit", OM),
]
INJECTED = [
    "<script>alert(1)</script>",
    "**fed**",
    "_kursiv_",
    "[a](javascript:alert(1))",
    "![x](http://foreign.invalid/x.png)",
    "<http://foreign.invalid>",
    ":red[rød]",
    "`kode`",
    "$x^2$",
    "a|b",
    "# h",
    "\\*stjerne\\*",
    "2022 \nfalsk linje",
    "1. punkt",
    "%00\x00",
    "æøå 😀 ٣",
    "' OR 1=1; --",
]


@for_each(
    ("page", "parameter", "title", "injected"),
    [
        *((*place, INJECTED[number % 5]) for number, place in enumerate(PARAMETERS)),
        *(("omraade", "omraade", OMRAADE, injected) for injected in INJECTED),
    ],
)
def test_what_a_stranger_wrote_is_shown_as_it_is(
    page: str, parameter: str, title: str, injected: str
) -> None:
    app = open_page(page, **{parameter: injected})
    (note,) = notes_of(app)
    assert title_of(app) == title
    assert f"»{injected}«" in note
    assert _LIVE_MARK.findall(app.warning[0].value) == []
    assert injected not in app.query_params.values()


@for_each(
    ("page", "parameters"),
    [
        ("tema", {"tema": "x" * 10_000}),
        ("omraade", {"omraade": "ø" * 10_000}),
        ("sammenlign", {"fra": "2022" + " " * 200 + "x"}),
        ("sammenlign", {"fra": "2" * 5000}),
        ("sammenlign", {"diagram": "*" * 10_000}),
        ("sammenlign", {"omraader": ",".join(f"by{number}" for number in range(3000))}),
        ("sammenlign", {"grupper": "," * 10_000}),
        ("sammenlign", {"noegletal": "'; DROP TABLE observation; --" * 1000}),
    ],
)
def test_a_link_of_absurd_length_gets_a_short_answer(page: str, parameters: dict[str, str]) -> None:
    app = open_page(page, **parameters)
    assert sum(len(note) for note in notes_of(app)) < 2000
    assert alts_of(app) or page == "omraade"
    assert title_of(app)
    assert max(len(value) for value in app.query_params.values()) < 200


def test_every_part_that_is_wrong_gets_its_note_and_the_rest_holds() -> None:
    app = open_page(
        "sammenlign",
        noegletal="school_absence",
        omraader="odense,odnse",
        grupper="middle_school,middle_schol",
        fra="2021/2023",
    )
    assert [" ".join(note.split()[:2]) for note in notes_of(app)] == [
        "Området »odnse«",
        "Gruppen »middle_schol«",
        "Ukendt periode:",
    ]
    assert app.query_params == {
        "noegletal": "school_absence",
        "omraader": "odense",
        "grupper": "middle_school",
        "diagram": "udvikling",
    }


# These exist, but not together.
@for_each(
    ("page", "parameters", "message"),
    [
        (
            "sammenlign",
            {"noegletal": "employment_rate", "grupper": "non_western"},
            "Der er ingen tal for beskæftigelsesfrekvens 16-64 år blandt borgere med ikke-vestlig "
            "baggrund.",
        ),
        ("sammenlign", {"noegletal": "employment_rate", "fra": "1950"}, "1950"),
        ("sammenlign", {"noegletal": "employment_rate", "til": "2024K1"}, "1. kvartal 2024"),
        ("tema", {"tema": "language", "noegletal": "employment_rate"}, "Beskæftigelse"),
    ],
)
def test_parts_that_do_not_fit_together_are_reported(
    page: str, parameters: dict[str, str], message: str
) -> None:
    app = open_page(page, **parameters)
    notes = notes_of(app) + [read(note.value) for note in app.info]
    assert any(message in note for note in notes)


@for_each("page", PAGES)
def test_unknown_parameters_are_ignored(page: str) -> None:
    app = open_page(page, utm_source="mail", embed="true")
    assert notes_of(app) == []
    assert "utm_source" not in app.query_params


def test_the_note_goes_away_with_the_next_choice() -> None:
    app = open_page("omraade", omraade="odnse")
    assert notes_of(app) != []
    app.selectbox(key="omraade").select("odense").run()
    assert notes_of(app) == []
    assert title_of(app).startswith("Odense")
