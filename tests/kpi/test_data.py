"""The embedded figures in data/: all of them there, each with its source, and as published."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kpi.domain.units import known_units
from kpi.tables.spec import SPECS
from tests.conftest import DATA
from tests.tables import for_each

OBSERVATIONS = sorted((DATA / "observations").glob("*.csv"))
VALUED = ("final", "preliminary", "approximate", "at_least", "at_most")
Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[Row]:
    return rows(DATA / f"{name}.csv")


ALL = [row for path in OBSERVATIONS for row in rows(path)]
BY_KEY = {
    f"{row['indicator_id']} {row['area_id']} {row['group_id']} {row['period']}": row for row in ALL
}


@for_each(
    ("name", "count"),
    [
        ("theme", 8),
        ("indicator", 61),
        # 98 municipalities, 5 regions, the country, 3 programme and 4 housing areas, 6 parishes
        ("area", 117),
        ("area_set", 9),
        ("population_group", 19),
        ("group_reference", 6),
        ("source", 38),  # papers, registers, transcripts, and what analysts hand in themselves
        ("remark", 1),
        ("target", 46),  # the plan's 6, and 10 limits of the law in 4 housing areas
        ("event", 9),
        ("meeting", 5),
        ("initiative", 30),
        ("initiative_status", 45),
        ("source_release", 1),
        ("moved_period", 16),
        ("similar_feature", 8),
        ("group_theme", 2),
        ("area_tile", 98),
        ("claim", 6),
        ("abbreviation", 55),
        ("observations/handleplan_2024", 12),
        ("observations/handleplan_2024_genoptryk", 3),
        ("observations/handlingsnotat_2024", 3),
        ("observations/status_2025", 7),
        ("observations/oto_status_2025", 35),
        ("observations/ras200", 1456),  # 104 areas in 14 years
        ("observations/uvm_absence", 1174),  # 98 municipalities, 2 stages, 6 school years, less 2
        # 98 municipalities, and where a second number stands beside: that many areas in all.
        ("observations/ras200_transcript", 297),  # 99 in 3 years
        ("observations/ras200_origin_transcript", 1485),  # 99 in 15 years
        ("observations/aup02_derived", 1764),  # 98 in 18 years
        ("observations/folk1a", 520),  # 104 in 5 quarters
        ("observations/folk1am", 416),  # 104 in 4 quarters
        ("observations/folk1a_derived", 490),  # 98 in 5 quarters
        ("observations/folk1e_derived", 588),  # 98 in 6 quarters
        ("observations/are207_derived", 588),  # 98 in 6 quarters
        ("observations/hfudd11", 520),  # 104 in 5 years
        ("observations/indkp101", 3762),  # 99 in 38 years
        ("observations/bol101_derived", 1372),  # 98 in 14 years
        ("observations/bol103_derived", 1568),  # 98 in 16 years
        ("observations/und2_transcript", 99),
        ("observations/ifor12p_transcript", 99),
        ("observations/laby07_transcript", 99),
        ("observations/uvm_absence_high", 98),
        ("observations/sogne_2021_transcript", 6),
        ("observations/gellerup_nu_2015", 7),
        ("observations/skraeppebladet_2016", 3),
        ("observations/bou_2024_bilag_16", 4),
    ],
)
def test_every_row_is_there(name: str, count: int) -> None:
    assert len(table(name)) == count


def test_there_are_no_other_files() -> None:
    assert len(OBSERVATIONS) == 27
    assert {path.stem for path in DATA.glob("*.csv")} == {*SPECS}


@for_each(
    ("key", "value", "of", "status", "as_published"),
    [
        ("self_sufficiency_rate aarhus non_western 2022", "70.0", "/", "final", ""),
        ("self_sufficiency_rate koebenhavn non_western 2022", "81.8", "/", "final", ""),
        ("self_sufficiency_rate denmark non_western 2022", "77.2", "/", "final", ""),
        ("temporary_benefit_share aarhus non_western 2024", "10", "/", "approximate",
         "knap hver tiende"),
        ("temporary_benefit_share aarhus danish 2024", "1.7", "/", "final", ""),
        ("women_outside_labour_market_share aarhus danish_women 2024", "10", "/", "approximate",
         "godt én ud af ti"),
        ("childcare_wait_months aarhus all 2024M06", "", "/", "range", "2-3 måneder"),
        ("nsk_budget aarhus all 2024", "400000", "/", "final", ""),
        ("nsk_network_actors aarhus all 2024M12", "30", "/", "at_least", "mere end 30"),
        ("labour_market_link_share gellerup programme_parents_with_data 2024M10D06", "30",
         "21/68", "final", ""),
        ("company_placement_share viby_syd programme_parents 2024:2025M03", "8", "4/52",
         "final", ""),
        ("wage_hours_parents gellerup programme_parents_with_data 2024M10D06", "12", "/68",
         "final", ""),
        ("programme_families gellerup programme_families 2024:2025M03", "75", "/", "final", ""),
        ("school_absence gellerup programme_children 2024H1", "13", "/", "final", ""),
        ("school_absence gellerup programme_children 2024H2", "9.7", "/", "final", ""),
        ("school_absence viby_syd programme_children 2024H2", "9", "/", "final", ""),
        ("employment_rate denmark all 2008", "76.0", "/", "final", ""),
        ("employment_rate aarhus all 2021", "73.7", "/", "final", ""),
        ("employment_rate region_hovedstaden all 2009", "73.3", "/", "final", ""),
        ("employment_rate odense all 2021", "72.2", "/", "final", ""),
        ("school_absence aarhus lower_secondary 2023/2024", "7.0", "/", "final", ""),
        ("school_absence aarhus middle_school 2019/2020", "4.4", "/", "final", ""),
        ("school_absence haderslev middle_school 2024/2025", "7.1", "/", "final", ""),
        ("employment_rate aarhus all 2024", "74.3", "/", "final", ""),
        ("employment_rate denmark all 2024", "77.4", "/", "final", ""),
        ("employment_origin_ratio denmark non_western_immigrants 2024", "82.18", "/", "final", ""),
        ("employment_origin_ratio laesoe non_western_immigrants 2013", "29.07", "/", "final", ""),
        ("unemployment_rate aarhus all 2024", "3.68", "/", "final", ""),
        ("population aarhus all 2026K1", "378361", "/", "final", ""),
        ("population aarhus all 2022K1", "355238", "/", "final", ""),
        ("higher_education_share aarhus all 2022", "46.2", "123821/268224", "final", ""),
        ("disposable_income aarhus all 2024", "281588", "/", "final", ""),
        ("immigrant_share aarhus all 2026K1", "19.01", "/", "final", ""),
        ("relative_poverty_share aarhus all 2024", "20.1", "/", "final", ""),
        ("child_notifications denmark all 2025", "92.33", "/", "final", ""),
        ("child_poverty_share denmark all 2024", "4.3", "/", "final", ""),
        ("school_absence_high koebenhavn all 2024/2025", "25.1", "/", "final", ""),
    ],
)  # fmt: skip
def test_as_published(key: str, value: str, of: str, status: str, as_published: str) -> None:
    row = BY_KEY[key]
    assert row["value"] == value
    assert f"{row['numerator']}/{row['denominator']}" == of
    assert (row["status"], row["as_published"]) == (status, as_published)


def test_no_figure_without_a_source() -> None:
    sources = {row["source_id"] for row in table("source")}
    assert {row["source_id"] for row in ALL} <= sources
    assert [
        path.stem
        for path in OBSERVATIONS
        if {row["source_id"] for row in rows(path)} != {path.stem}
    ] == []


def test_every_figure_has_a_key_of_its_own() -> None:
    # The plan's reprint has three of its figures again.
    again = [row for row in ALL if row["source_id"] == "handleplan_2024_genoptryk"]
    assert len(BY_KEY) == len(ALL) - len(again) == 16472


def test_nothing_hidden_or_missing_is_written_as_a_number() -> None:
    assert [row for row in ALL if (row["value"] == "") != (row["status"] not in VALUED)] == []


def test_an_approximate_figure_keeps_the_sources_words() -> None:
    assert [row for row in ALL if row["status"] == "approximate" and not row["as_published"]] == []


@for_each(
    "name",
    ["theme", "indicator", "area", "population_group", "source", "target", "event", "meeting",
     "initiative", "claim", "abbreviation"],
)  # fmt: skip
def test_ids_are_unique(name: str) -> None:
    counts = Counter(next(iter(row.values())) for row in table(name))
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_theme_of_the_plan_has_a_headline_indicator_and_no_other() -> None:
    # The front page is the plan's and its programme's.
    beside = {"children_school", "background"}
    with_headline = {row["theme_id"] for row in table("indicator") if row["headline"] == "1"}
    assert with_headline == {row["theme_id"] for row in table("theme")} - beside


def test_the_background_is_never_judged() -> None:
    background = [row for row in table("indicator") if row["theme_id"] == "background"]
    assert {row["direction"] for row in background} == {"neutral"}


@pytest.mark.parametrize("ending", ["_transcript", "_derived"])
def test_what_is_no_figure_of_the_source_itself_is_marked_and_gives_way(ending: str) -> None:
    sources = [row for row in table("source") if row["source_id"].endswith(ending)]
    assert sources
    word = {"_transcript": "(afskrift)", "_derived": "(beregnet)"}[ending]
    # Cards name a source by what stands before the colon.
    assert [row["title"] for row in sources if word not in row["title"].partition(":")[0]] == []
    assert [row["section"] for row in sources if "Tallene afløses" not in row["section"]] == []


def test_transcribed_years_follow_the_registers_own() -> None:
    own, copied = ({row["period"] for row in rows(DATA / "observations" / f"{name}.csv")}
                   for name in ("ras200", "ras200_transcript"))  # fmt: skip
    assert copied == {"2022", "2023", "2024"}
    assert max(own) == "2021"


def test_municipalities_add_up_to_the_country() -> None:
    # Without the 89 to 104 people of Christiansø, which is no municipality.
    municipalities = {row["area_id"] for row in table("area") if row["level"] == "municipality"}
    people: Counter[str] = Counter()
    for row in ALL:
        if row["indicator_id"] == "population" and row["area_id"] in municipalities:
            people[row["period"]] += int(row["value"])
    missing = {
        period: int(BY_KEY[f"population denmark all {period}"]["value"]) - total
        for period, total in people.items()
    }
    assert len(missing) == 9
    assert 80 <= min(missing.values()) <= max(missing.values()) <= 110


@pytest.mark.parametrize("indicator", table("indicator"), ids=lambda row: row["indicator_id"])
def test_every_indicator_says_what_it_is(indicator: Row) -> None:
    assert indicator["definition"]
    # The field's own words; a card's heading holds as much.
    assert len(indicator["short_name"]) <= 40
    assert indicator["unit"] in known_units()
    assert (indicator["unit"] == "percent") is (indicator["kind"] == "proportion")
    assert indicator["default_group"] in {row["group_id"] for row in table("population_group")}


def test_every_municipality_has_its_code() -> None:
    municipalities = [row for row in table("area") if row["level"] == "municipality"]
    assert len(municipalities) == len({row["code"] for row in municipalities}) == 98
    assert [row for row in municipalities if len(row["code"]) != 3] == []
    codes = {row["area_id"]: row["code"] for row in table("area")}
    assert (codes["aarhus"], codes["denmark"], codes["region_midtjylland"]) == ("751", "000", "082")


@for_each(
    ("level", "count"),
    [
        ("country", 1),
        ("region", 5),
        ("municipality", 98),
        ("programme_area", 3),
        ("housing_area", 4),
        ("parish", 6),
    ],
)
def test_levels(level: str, count: int) -> None:
    assert Counter(row["level"] for row in table("area"))[level] == count


def test_initiatives_name_indicators_that_exist() -> None:
    known = {row["indicator_id"] for row in table("indicator")}
    named = {
        indicator_id
        for row in table("initiative")
        for indicator_id in row["indicator_ids"].split(";")
        if indicator_id
    }
    assert named
    assert named <= known


def test_no_target_is_invented_for_the_families_programme() -> None:
    themes = {row["indicator_id"]: row["theme_id"] for row in table("indicator")}
    set_here = [row for row in table("target") if row["state"] != "legal_threshold"]
    assert {themes[row["indicator_id"]] for row in set_here} == {"language", "social_control"}


def test_the_laws_limits_are_of_housing_areas_alone() -> None:
    areas = {row["area_id"]: row for row in table("area")}
    limits = [row for row in table("target") if row["state"] == "legal_threshold"]
    assert {areas[row["area_id"]]["level"] for row in limits} == {"housing_area"}
    # What is counted by other rules, or in a year by itself, has no limit to be compared with.
    assert {row["indicator_id"] for row in limits} == {
        f"housing_{name}"
        for name in ("outside_work", "convicted_times", "basic_school", "income_ratio",
                     "non_western")
    }  # fmt: skip


def test_the_limits_of_endangered_areas_come_before_those_of_prevention() -> None:
    """Where one limit alone is shown, it is § 61 a's: targets of a key come by their id."""
    limits = [row for row in table("target") if row["state"] == "legal_threshold"]
    first: dict[tuple[str, str], dict[str, str]] = {}
    for row in sorted(limits, key=lambda row: row["target_id"]):
        first.setdefault((row["area_id"], row["indicator_id"]), row)
    assert len(limits) == 2 * len(first) == 40
    assert all("§ 61 a" in row["note"] for row in first.values())


def test_figures_of_housing_areas_say_where_they_were_read_and_how_surely() -> None:
    levels = {row["area_id"]: row["level"] for row in table("area")}
    housing = [row for row in ALL if row["indicator_id"].startswith("housing_")]
    assert {levels[row["area_id"]] for row in housing} == {"housing_area"}
    assert [row for row in housing if "Aflæst " not in row["note"]] == []
    assert [row for row in housing if "Sikkerhed: " not in row["note"]] == []
    # Of the criteria before 2018 it is said in each figure.
    older = [row for row in housing if row["period"] < "2018"]
    judged = [row for row in older if row["indicator_id"] != "housing_residents"]
    assert len(judged) == 9
    assert [row for row in judged if "til og med 2017" not in row["note"]] == []
    breaks = {row["indicator_id"]: row["breaks"] for row in table("indicator")}
    assert {breaks[row["indicator_id"]][:10] for row in judged} == {"2018-01-01", ""}
    assert breaks["housing_outside_work"].startswith("2018-01-01")


def test_tilst_has_no_figures_yet_and_the_papers_say_why() -> None:
    assert [row for row in ALL if row["area_id"] == "tilst"] == []
    assert [row["title"] for row in table("event") if row["area_id"] == "tilst"] == [
        "Opgang til Opgang starter i Tilst"
    ]
