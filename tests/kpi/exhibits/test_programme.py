"""What came of the programme: always "n af N", and hidden counts nowhere."""

import re
from dataclasses import replace
from datetime import date

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.period import parse_period
from kpi.domain.wording import claim_badges
from kpi.exhibits import Exhibit, outcomes_exhibit
from kpi.exhibits.begun import unequal_time
from kpi.exhibits.programme import outcomes_finding
from kpi.export.outcome_verdicts import outcome_verdicts
from kpi.store import Store
from kpi.views.claims import claims_of, disputed_keys
from tests.kpi.charts.drawn import labels, marks
from tests.kpi.exhibits.faults import faults_of


def outcomes(area_id: str, figures: Figures, catalog: Catalog) -> Exhibit | None:
    area = catalog.areas[area_id]
    return outcomes_exhibit(area, catalog.siblings(area), figures, catalog)


def test_gellerup_and_viby_syd(store: Store, catalog: Catalog) -> None:
    figures = Figures(store.series(list(catalog.indicators)))
    exhibit = outcomes("gellerup", figures, catalog)
    assert exhibit is not None
    assert exhibit.title == ("Gellerup: tre af ni forskelle til Viby Syd er statistisk sikre")
    assert exhibit.subtitle == (
        "Andel af gruppen i Gellerup og Viby Syd, procent, med sikkerhedsinterval (95\u00a0%)"
    ).replace("\u00a0", " ")
    rows = {row[1]: row[2:] for row in exhibit.table.rows}
    assert rows["Forældre med løntimer på det ordinære arbejdsmarked"] == (
        "12\u00a0af\u00a068  18\u00a0%", "1\u00a0af\u00a013  8\u00a0%", "6. oktober 2024",
    )  # fmt: skip
    assert rows["Forældre afklaret til førtidspension"][1] == "–"  # not reported for Viby Syd
    assert "Tilst har endnu ingen tal." in exhibit.remarks
    assert faults_of(exhibit, catalog) == []


def test_an_area_with_figures_of_another_time_is_not_called_without(
    store: Store, catalog: Catalog
) -> None:
    rows = store.series(list(catalog.indicators))
    moved = [
        row._replace(period=parse_period("2024H2")) if row.area_id == "gellerup" else row
        for row in rows
    ]
    exhibit = outcomes("gellerup", Figures(moved), catalog)
    assert exhibit is not None
    assert "Viby Syd har kun tal for andre perioder." in exhibit.remarks
    assert "Tilst har endnu ingen tal." in exhibit.remarks


def test_every_dot_has_its_counts(store: Store, catalog: Catalog) -> None:
    exhibit = outcomes("viby_syd", Figures(store.series(list(catalog.indicators))), catalog)
    assert exhibit is not None
    counted = [text for text in labels(exhibit.figure) if " af " in text and text[0].isdigit()]
    assert len(counted) == len(marks(exhibit.figure)) == len(exhibit.observations)


def test_no_outcomes_without_figures(store: Store, catalog: Catalog) -> None:
    figures = Figures(store.series(list(catalog.indicators)))
    assert outcomes("tilst", figures, catalog) is None


def test_hidden_counts_are_not_drawn(hidden_catalog: Catalog, hidden_figures: Figures) -> None:
    assert outcomes("gellerup", hidden_figures, hidden_catalog) is None
    exhibit = outcomes("viby_syd", hidden_figures, hidden_catalog)
    assert exhibit is not None
    # One outcome of one area is a number.
    assert labels(exhibit.figure)[0] == "7 af 10 (70 %)"
    assert faults_of(exhibit, hidden_catalog) == []


def test_sure_differences_are_counted_in_one_way(store: Store, catalog: Catalog) -> None:
    exhibit = outcomes("gellerup", Figures(store.series(list(catalog.indicators))), catalog)
    assert exhibit is not None
    (sentence,) = [remark for remark in exhibit.remarks if "forskelle mellem" in remark]
    # Words or digits, never both in one sentence.
    assert bool(re.search(r"\d", sentence)) is not bool(
        re.search(r"\b(to|tre|fire|ni)\b", sentence)
    )
    # Intervals that do not reach each other's share: 38 and 8, 18 and 43, 5 and 13 percent.
    assert sentence.endswith(
        "kan én se sikker ud ved et tilfælde. Sikker forskel: forældre med virksomhedsrettet "
        "indsats, børn med underretning og børn med social sag."
    )
    # Their age is among the first, which are always seen.
    assert "gammelt" in " ".join(exhibit.remarks[:3])
    assert "Familierne i områderne er forskellige." in " ".join(exhibit.remarks)
    assert not any(
        word in " ".join((exhibit.title, *exhibit.remarks)) for word in ("bedre", "effekt på")
    )


def test_of_several_others_each_is_said_what_differs_from_it(
    store: Store, catalog: Catalog
) -> None:
    rows = store.series(list(catalog.indicators))
    # Tilst is as Gellerup in all but the children with a notification, who are as in Viby Syd.
    rows += [
        row._replace(area_id="tilst")
        for row in rows
        if row.area_id == ("viby_syd" if row.indicator_id == "children_with_notification"
                           else "gellerup")
    ]  # fmt: skip
    figures = Figures(rows)
    gellerup = catalog.areas["gellerup"]
    others = catalog.siblings(gellerup)
    assert outcomes_finding(gellerup, others, figures, catalog) == (
        "Gellerup: sikker forskel fra Viby Syd på forældre med virksomhedsrettet indsats, børn "
        "med underretning og børn med social sag og fra Tilst på børn med underretning"
    )
    exhibit = outcomes("gellerup", figures, catalog)
    assert exhibit is not None
    assert exhibit.subtitle.startswith("Andel af gruppen i Gellerup, Viby Syd og Tilst,")
    assert "mellem Gellerup og henholdsvis Viby Syd og Tilst er" in exhibit.remarks[0]
    assert exhibit.remarks[0].endswith("og fra Tilst på børn med underretning.")
    # The mark at an outcome is of all of the others.
    marked = [
        name
        for name, word in zip(
            (row[1] for row in exhibit.table.rows), outcome_verdicts(exhibit), strict=True
        )
        if "lavere" in word
    ]
    assert marked == ["Børn med underretning"]


def test_every_outcome_says_when_it_holds_and_how_old_it_is(store: Store, catalog: Catalog) -> None:
    known = replace(catalog, as_of=date(2025, 10, 6))
    exhibit = outcomes("gellerup", Figures(store.series(list(known.indicators))), known)
    assert exhibit is not None
    assert exhibit.table.columns[-1] == "Opgjort"
    times = {row[-1] for row in exhibit.table.rows}
    assert times == {"6. oktober 2024", "siden 2024, opgjort marts 2025"}
    (sentence,) = [remark for remark in exhibit.remarks if "gammelt" in remark]
    assert sentence.startswith(
        "Opgjort 6. oktober 2024 (12\u00a0måneder\u00a0gammelt): ledige forældre med "
    )
    assert "; resten siden 2024, opgjort marts 2025 (" in sentence


def test_a_number_that_a_paper_says_otherwise_is_marked(store: Store, catalog: Catalog) -> None:
    checked = claims_of(store, catalog)
    known = replace(catalog, disputed=disputed_keys(checked))
    exhibit = outcomes("gellerup", Figures(store.series(list(known.indicators))), known)
    assert exhibit is not None
    marked = {row[1] for row in exhibit.table.rows if row[1].endswith(" *")}
    claimed = [row for row in exhibit.observations if claim_badges(row, known)]
    assert marked == {f"{known.indicators[row.indicator_id].name} *" for row in claimed}
    assert marked
    (said,) = [remark for remark in exhibit.remarks if remark.startswith("* Papirets tal")]
    remarks = [f"* {part}" for part in said.removeprefix("* ").split(" * ")]
    assert {claim_badge.text for row in claimed for claim_badge in claim_badges(row, known)} == {
        remark.removeprefix("* ").partition(" (se Regnetjek): ")[0] for remark in remarks
    }
    assert all("i Gellerup" in remark or "i Viby Syd" in remark for remark in remarks)
    assert faults_of(exhibit, known) == []


def test_figures_since_a_day_say_where_the_programme_began_later(shipped: Store) -> None:
    catalog = shipped.catalog()
    exhibit = outcomes("gellerup", Figures(shipped.series(list(catalog.indicators))), catalog)
    assert exhibit is not None
    said = (
        "Opgang til Opgang starter i Viby Syd (juni 2024): Tallene er ikke talt over lige lang tid."
    )
    assert said in exhibit.remarks
    # On a day alone, and of one area, nothing is said.
    at_a_day = [row for row in exhibit.observations if row.measured != "since"]
    of_one = [row for row in exhibit.observations if row.area_id == "gellerup"]
    assert unequal_time(at_a_day, catalog) == unequal_time(of_one, catalog) == ""
