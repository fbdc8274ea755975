"""A new indicator beside those there are: called alike, with their figures, and what it covers."""

from pathlib import Path

from kpi.domain.catalog import Catalog
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import Store
from kpi.store.new_facts import NEW_ID, NewFacts, SameFigures, read_new_facts, with_unknown
from kpi.views.new_alike import alike_indicators
from kpi.views.new_coverage import coverage
from kpi.views.new_preview import new_preview


def alike_ids(text: str, catalog: Catalog) -> list[str]:
    return [each.indicator.indicator_id for each in alike_indicators([text], (), catalog)]


def test_only_what_is_called_alike_is_offered(catalog: Catalog) -> None:
    assert alike_ids("Fuldtidspersoner på kontanthjælp i procent", catalog) == [
        "temporary_benefit_share"
    ]
    assert "school_absence" in alike_ids("Skolefravær og elevfravær", catalog)
    assert "sanction_share" in alike_ids("Sanktionerede, sanktionsandel", catalog)
    # Words of who, how much and for how long tell nothing; a short word begins too many others.
    for text in ("populationRate", "Andel borgere i procent", "Antal personer", "Jo", "", "Lånere"):
        assert alike_ids(text, catalog) == []


def test_every_indicator_is_like_itself(catalog: Catalog) -> None:
    for own, indicator in catalog.indicators.items():
        same = alike_indicators([indicator.name], [SameFigures(own, 9, 9)], catalog)
        assert same[0].indicator == indicator
        assert same[0].why == "har 9 af 9 tal til fælles"
        assert len(same) <= 3


def facts_of_published(store: Store, changed: int, home: Path, catalog: Catalog) -> NewFacts:
    """The facts of published figures under a new name, so many of them changed."""
    rows = [
        row
        for row in store.series(["employment_rate"], ["aarhus", "odense", "denmark"], ["all"])
        if row.value is not None
    ]
    lines = [
        f"Nyt mål;{row.area_id};;{row.period.text};{(row.value or 0) + (0.7 if n < changed else 0)}"
        for n, row in enumerate(rows)
    ]
    content = "\n".join(["indicator_id;area;group;period;value", *lines]) + "\n"
    known = with_unknown(catalog, ["Nyt mål"])
    return read_new_facts(
        Upload("fil.csv", content.encode()), Choices(), known, ["aarhus"], NEW_ID, home
    )


def test_published_figures_under_a_new_name_are_recognised(
    store: Store, catalog: Catalog, built_home: Path
) -> None:
    whole = facts_of_published(store, 0, built_home, catalog)
    (same,) = whole.same
    assert (same.indicator_id, same.equal) == ("employment_rate", same.shared)
    assert same.shared == whole.rows >= 8
    # Some corrected since, and then so many that it is another measure.
    few = facts_of_published(store, same.shared // 5, built_home, catalog)
    assert [each.indicator_id for each in few.same] == ["employment_rate"]
    many = facts_of_published(store, same.shared // 5 + 1, built_home, catalog)
    assert many.same == ()


def test_coverage_counts_areas_periods_and_groups(catalog: Catalog) -> None:
    towns = tuple(own for own, area in catalog.areas.items() if area.level == "municipality")
    months = tuple(f"2025M{month:02d}" for month in range(1, 13))
    facts = NewFacts(area_ids=("denmark", *towns), periods=months, group_ids=("all",))
    assert coverage(facts, catalog) == (
        f"hele landet og {len(towns)} kommuner · 12 måneder, januar 2025 til december 2025 · alle"
    )
    facts = NewFacts(area_ids=("gellerup", "tilst"), periods=("2024", "2025", "2025K1"))
    assert coverage(facts, catalog) == "Gellerup og Tilst · 2 år og 1 kvartal, 2024 til 2025"
    assert coverage(NewFacts(periods=("2025",)), catalog) == "2025"
    assert coverage(NewFacts(), catalog) == ""


def test_the_country_is_not_drawn_beside_a_towns_number_of_persons(
    catalog: Catalog, built_home: Path
) -> None:
    lines = [
        f"Nye sager;{area};;{year};{number + year}"
        for area, number in (("Aarhus", 1000), ("Odense", 900), ("Hele landet", 90000))
        for year in range(2018, 2025)
    ]
    content = "\n".join(["nøgletal;område;gruppe;periode;værdi", *lines]) + "\n"
    known = with_unknown(catalog, ["Nye sager"])
    facts = read_new_facts(
        Upload("fil.csv", content.encode()), Choices(), known, ["aarhus", "denmark", "odense"],
        NEW_ID, built_home,
    )  # fmt: skip
    row = {"kind": "count", "unit": "persons", "name": "Nye sager", "default_group": "all"}
    for kind, drawn in (("count", {"aarhus", "odense"}), ("mean", {"aarhus", "odense", "denmark"})):
        exhibit = new_preview(row | {"kind": kind}, facts, known, "aarhus").exhibit
        assert exhibit is not None
        assert {each.area_id for each in exhibit.observations} == drawn
