"""What the words of a file stand for."""

import unicodedata
from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog, by_id
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import folded, group_lookup, indicator_lookup, source_lookup
from kpi.ingest.words.statuses import status_of
from tests.tables import for_each


@pytest.mark.parametrize(
    ("text", "area_id"),
    [
        ("aarhus", "aarhus"),
        ("Aarhus", "aarhus"),
        (" AARHUS ", "aarhus"),
        ("Århus", "aarhus"),
        (unicodedata.normalize("NFD", "Århus"), "aarhus"),
        ("751", "aarhus"),
        (f"{TYPED}751", "aarhus"),
        ("751 Aarhus", "aarhus"),
        ("DK-751", "aarhus"),
        ("DK751", "aarhus"),
        ("dk_751", "aarhus"),
        ("DK-999", None),
        ("DK-7510", None),
        ("SE-751", None),
        ("DK", "denmark"),
        ("DNK", "denmark"),
        ("Hele DK", "denmark"),
        ("DKK", None),
        ("DE", None),
        ("751 Århus Kommune", "aarhus"),
        ("751 - Aarhus", "aarhus"),
        ("Aarhus Kommune", "aarhus"),
        ("Københavns Kommune", "koebenhavn"),
        ("Copenhagen", "koebenhavn"),
        ("HøjeTaastrup", "hoeje_taastrup"),
        ("Region Hovedstaden", "region_hovedstaden"),
        ("region hovedstaden", "region_hovedstaden"),
        ("084", "region_hovedstaden"),
        ("84", "region_hovedstaden"),  # Excel took the zero
        (f"{TYPED}84", "region_hovedstaden"),
        ("000", "denmark"),
        ("0", "denmark"),
        ("84 Region Hovedstaden", "region_hovedstaden"),
        ("Hele landet", "denmark"),
        ("All Denmark", "denmark"),
        ("I hele landet", "denmark"),
        ("Danmark i alt", "denmark"),
        ("Hele Danmark", "denmark"),
        ("Landet", "denmark"),
        ("Total, hele landet", "denmark"),
        ("I alt for hele landet", "denmark"),
        ("Danmark (hele landet)", "denmark"),
        ("Landet som helhed", "denmark"),
        ("på landsplan", "denmark"),
        ("The whole of Denmark", "denmark"),
        ("Total", None),
        ("Land", None),
        ("Hele kommunen", None),
        ("Aarhus i alt", None),
        ("Aarhus og hele landet", None),
        ("Region Midtjylland i alt", None),
        ("Hele landet (gns.)", None),
        ("Hele landet ekskl. Aarhus", None),
        ("Resten af landet", None),
        ("Landkommuner", None),
        ("Viby Syd", "viby_syd"),
        ("Region Hovedstaden (1084)", "region_hovedstaden"),
        ("Region Hovedstaden (1085)", None),
        ("Capital Region of Denmark", "region_hovedstaden"),
        ("Municipality of Copenhagen", "koebenhavn"),
        ("1. København", "koebenhavn"),
        ("12. Aarhus Kommune", "aarhus"),
        ("1. distrikt", None),
        ("", None),
        ("751 Odense", None),  # code and name contradict each other
        ("751 Aarhuss", None),
        ("751 noget", None),
        ("999", None),
        ("0751", "aarhus"),
        ("²", None),  # isdigit(), and no number
        ("٧٥١", None),
        ("9" * 5000, None),
        ("Kommune", None),
        ("Atlantis Kommune", None),
        ("i alt", None),
        ("I alt", None),
    ],
)
def test_areas(catalog: Catalog, text: str, area_id: str | None) -> None:
    assert area_lookup(catalog)(text) == area_id


# Former official names of the same municipality, and how its name is said or misspelled.
OTHERWISE_CALLED = {
    "Nordfyn": "nordfyns", "Vesthimmerland": "vesthimmerlands", "Fakse": "faxe",
    "Fakse Kommune": "faxe", "Gladsakse": "gladsaxe", "Mors": "morsoe",
    "Jammerbugten": "jammerbugt", "Elsinore": "helsingoer", "Kjøbenhavn": "koebenhavn",
    "Brønderslev-Dronninglund": "broenderslev", "Frederiksværk-Hundested": "halsnaes",
    # Towns, islands and former municipalities are not the municipality that they lie in.
    "Thy": None, "Lyngby": None, "Ringkøbing": None, "Frederiksværk": None, "Dronninglund": None,
    "Midtfyn": None, "Hundested": None, "Djursland": None, "Himmerland": None, "Nykøbing": None,
}  # fmt: skip


def test_every_municipality_is_known_as_it_is_written(catalog: Catalog) -> None:
    look_up = area_lookup(catalog)
    for area in catalog.areas.values():
        if area.level == "municipality":
            name, bare = area.name, area.name.removesuffix("s")
            ascii_name = name.translate({230: "ae", 248: "oe", 229: "aa", 198: "Ae", 216: "Oe"})
            for text in (
                name, name.upper(), f"{name} Kommune", f"{bare}s Kommune", f"{bare}s kommune",
                f"{area.code} {name}", name.replace("-", " "), ascii_name,
            ):  # fmt: skip
                assert look_up(text) == area.area_id, text
    assert {text: look_up(text) for text in OTHERWISE_CALLED} == OTHERWISE_CALLED


def test_a_name_of_two_areas_is_neither(catalog: Catalog) -> None:
    twin = replace(catalog.areas["odense"], area_id="odense_2", code="")
    doubled = replace(catalog, areas=by_id([*catalog.areas.values(), twin], "area_id"))
    look_up = area_lookup(doubled)
    assert [look_up(text) for text in ("Odense", "odense_2", "461")] == [None, "odense_2", "odense"]


@pytest.mark.parametrize(
    ("text", "group_id"),
    [("all", "all"), ("ALLE", "all"), ("Ikke-vestlig  baggrund", "non_western"), ("mænd", None)],
)
def test_groups(catalog: Catalog, text: str, group_id: str | None) -> None:
    assert group_lookup(catalog)(text) == group_id


# What the lists of an earlier template offered, and what is called otherwise now.
@pytest.mark.parametrize(
    ("text", "group_id"),
    [
        ("Familier i indsatsen", "programme_families"),
        ("Ledige forældre i indsatsen", "programme_parents"),
        ("Hjemmeboende børn under 18 år i indsatsen", "programme_children"),
        ("Somaliere", "somali"),
    ],
)
def test_former_names_of_groups(catalog: Catalog, text: str, group_id: str) -> None:
    assert group_lookup(catalog)(text) == group_id


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("Ventetid", "childcare_wait_months"),
        ("Sanktioner", "sanction_share"),
        ("Netværksmøde", "nsk_network_actors"),
        ("NSK-timer", "nsk_advisor_hours"),
        ("NSK-budget", "nsk_budget"),
        ("Familier i indsatsen", "programme_families"),
        ("Tilknytning til job", "labour_market_link_share"),
        ("Løntimer", "wage_hours_parents"),
        ("Fleksjob", "flex_job_parents"),
        ("Forældre der er blevet selvforsørgende", "self_supporting_parents"),
        ("Selvforsørgende", "self_supporting_parents"),
        ("Virksomhedsrettet indsats", "company_placement_share"),
        ("Førtidspension", "disability_pension_parents"),
        ("Sundhed", "health_families"),
        ("Familier der har brugt fritids- eller aktivitetspas", "leisure_pass_families"),
        ("Fritidspas", "leisure_pass_families"),
        ("Fritidsjob", "youth_job_families"),
        ("Underretninger", "children_with_notification"),
        ("Underretninger pr. barn", "notifications_per_child"),
        ("Sociale sager", "children_with_social_case"),
        ("Teamet", "programme_staff"),
        ("Familier indsatsen kan hjælpe i alt", "programme_capacity"),
        ("Kapacitet", "programme_capacity"),
        ("Sag i familiecentret", "family_centre_share"),
    ],
)
def test_former_names_of_indicators(catalog: Catalog, text: str, indicator_id: str) -> None:
    assert indicator_lookup(catalog)(text) == indicator_id


def test_a_name_of_now_goes_before_a_former_one(catalog: Catalog) -> None:
    renamed = {
        "nsk_cases": ("Sanktionsandel", "Sager"),
        "nsk_budget": ("Penge",),
        "nsk_advisor_hours": ("Penge",),
    }
    indicators = [
        replace(indicator, aliases=renamed.get(indicator.indicator_id, ()))
        for indicator in catalog.indicators.values()
    ]
    look_up = indicator_lookup(replace(catalog, indicators=by_id(indicators, "indicator_id")))
    assert look_up("Sanktionsandel") == "sanction_share"
    assert look_up("sager") == "nsk_cases"
    assert look_up("Penge") is None  # two were called so


def test_a_percentage_in_a_name_is_written_in_any_way(catalog: Catalog) -> None:
    named = [
        replace(indicator, name="Sager i procent af alle", short_name="Over 10 % fravær")
        if indicator.indicator_id == "sanction_share"
        else indicator
        for indicator in catalog.indicators.values()
    ]
    look_up = indicator_lookup(replace(catalog, indicators=by_id(named, "indicator_id")))
    for text in (
        "Sager i pct. af alle",
        "Sager i % af alle",
        "over 10% fravær",
        "Over 10 pct. fravær",
    ):
        assert look_up(text) == "sanction_share"
    for text in ("Sager i alle", "Sager af alle", "Over 10 fravær"):
        assert look_up(text) is None


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("self_sufficiency_rate", "self_sufficiency_rate"),
        ("selvforsørgelsesgrad", "self_sufficiency_rate"),
        (unicodedata.normalize("NFD", "Selvforsørgelse"), "self_sufficiency_rate"),  # short name
        ("Selvforsørg", None),
        # other signs between the words, another word for percent, or the unit behind the name
        ("Beskæftigelsesfrekvens (16–64 år)", "employment_rate"),
        ("Beskæftigelsesfrekvens, 16 - 64 år", "employment_rate"),
        ("Beskæftigelsesfrekvens 16-65 år", None),
        ("Selvforsørgelse (pct.)", "self_sufficiency_rate"),
        ("Selvforsørgelse i procent", "self_sufficiency_rate"),
        ("Selvforsørgelse, %", "self_sufficiency_rate"),
        ("Selvforsørgelse (antal)", None),
        ("Selvforsørgelse i procentpoint", None),
        ("Workshops (pct.)", None),  # a count
        ("pct.", None),
    ],
)
def test_indicators(catalog: Catalog, text: str, indicator_id: str | None) -> None:
    assert indicator_lookup(catalog)(text) == indicator_id


@pytest.mark.parametrize(
    ("text", "source_id"),
    [("ras200", "ras200"), ("elevfravær i folkeskolen", "uvm_absence"), ("", None)],
)
def test_sources(catalog: Catalog, text: str, source_id: str | None) -> None:
    assert source_lookup(catalog)(text) == source_id


@for_each(
    ("text", "status"),
    [
        ("final", "final"),
        ("Endelig", "final"),
        ("foreløbig", "preliminary"),
        (unicodedata.normalize("NFD", "Foreløbigt"), "preliminary"),
        ("Cirka", "approximate"),
        ("ca.", "approximate"),
        ("skjult", "suppressed"),
        ("mangler", "missing"),
        ("Ikke relevant", "not_applicable"),
        ("not_applicable", "not_applicable"),
        ("ukendt", None),
    ],
)
def test_statuses(text: str, status: str | None) -> None:
    assert status_of(text) == status


def test_folded() -> None:
    assert folded(" Ikke-\u00a0Vestlig\t") == "ikke-vestlig"


@pytest.mark.parametrize(
    ("text", "indicator_id"),
    [
        ("Gennemsnit af Selvforsørgelse", "self_sufficiency_rate"),
        ("avg(Selvforsørgelse)", "self_sufficiency_rate"),
        ("Selvforsørgelse_Mean", "self_sufficiency_rate"),
        ("Average of Selvforsørgelse", "self_sufficiency_rate"),
        ("Sum af NSK-sager", "nsk_cases"), ("sum(NSK-sager)", "nsk_cases"),
        # Another figure than the indicator's: a sum of shares, a mean of counts, a count of rows.
        ("Sum af Selvforsørgelse", None),
        ("Gennemsnit af NSK-sager", None), ("Antal af Selvforsørgelse", None),
        ("Gennemsnit af", None), ("Gennemsnitlig Ledighed", None), ("Summerne af Ledighed", None),
    ],
)  # fmt: skip
def test_what_a_pivot_table_calls_an_indicator(
    catalog: Catalog, text: str, indicator_id: str | None
) -> None:
    assert indicator_lookup(catalog)(text) == indicator_id


def test_measures_with_what_they_measure(catalog: Catalog) -> None:
    read = {
        "Ledighedsprocent": "unemployment", "Ledighedsprocenten": "unemployment",
        "Fraværsprocent": "school_absence", "Elevfraværsprocent": "school_absence",
        "Sanktionsprocent": "sanction_share", "Selvforsørgelsesandel": "self_sufficiency_rate",
        "Beskæftigelsesfrekvens": "employment_rate", "Beskæftigelsesprocent": "employment_rate",
        "Andel ejerboliger": "homes", "Andelen af ejerboliger": "homes",
        "Andelen med videregående uddannelse": "education",
        "Andel elever med over 10 pct. fravær": "absence",
        "Antal familier i Opgang til Opgang": "programme_families",
        "Antallet af familier i Opgang til Opgang": "programme_families",
        # Something else of the same people: persons for a share, a share of a count, rows.
        "Antal ejerboliger": None, "Antal indvandrere og efterkommere": None,
        "Andel familier i Opgang til Opgang": None, "Andel workshops": None, "Antal børn": None,
        "Antal af Unikke sager med NSK-vejleder": None, "Antal underretninger": None,
        "Erhvervsfrekvens": None, "Arbejdsløshedsprocent": None, "Bruttoledighedsprocent": None,
        "Ledighedsgrad": None, "Fraværsdage": None, "Sygefraværsprocent": None, "Procent": None,
        "Andel": None, "Andel af": None, "Antal": None,
    }  # fmt: skip
    made = [
        replace(catalog.indicators["sanction_share"], indicator_id=own, name=name, short_name=name)
        for own, name in {
            "unemployment": "Ledighed", "homes": "Ejerboliger",
            "education": "Andel med videregående uddannelse",
            "absence": "Elever med over 10 % fravær",
        }.items()
    ]  # fmt: skip
    indicators = [*catalog.indicators.values(), *made]
    look_up = indicator_lookup(replace(catalog, indicators=by_id(indicators, "indicator_id")))
    assert {text: look_up(text) for text in read} == read
