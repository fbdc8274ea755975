"""What papers say of single figures stands at its point, under the chart and in its words."""

from dataclasses import replace
from datetime import date

from kpi.charts.marks import LineMarks
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.plan import Remark
from kpi.exhibits import trend_exhibit
from kpi.exhibits.parts import Exhibit
from kpi.exhibits.point_remarks import letters, point_remark
from tests.kpi.made import catalog, indicator, observation, rows_of

YEARS = {str(year): 40.0 + year % 10 for year in range(2008, 2014)}


def _with(*remarks: Remark) -> Catalog:
    return replace(catalog(), remarks=remarks)


def _remark(area: str, period: str, text: str, entered: date | None = None) -> Remark:
    return Remark(f"{area}-{period}", "rate", area, "all", period, text, "paper", entered)


def _drawn(known: Catalog) -> Exhibit:
    higher = {period: value + 5 for period, value in YEARS.items()}
    figures = Figures([*rows_of("aarhus", YEARS), *rows_of("denmark", higher)])
    exhibit = trend_exhibit(indicator(), "all", ["aarhus", "denmark"], figures, known)
    assert exhibit is not None
    return exhibit


def test_a_letter_is_at_the_point_and_its_words_in_remarks_and_alt() -> None:
    exhibit = _drawn(
        _with(
            _remark("aarhus", "2012", "Ny opgørelse af skolerne.", date(2026, 3, 3)),
            _remark("denmark", "2010", "Loven ændres"),
            _remark("odense", "2010", "Ikke tegnet"),
            _remark("aarhus", "1999", "Ingen tal"),
        )
    )
    marks = exhibit.marks
    assert isinstance(marks, LineMarks)
    assert [(note.letter, note.point.value, note.is_over) for note in marks.notes] == [
        ("b", 42.0, False), ("a", 45.0, True),
    ]  # fmt: skip
    (words,) = (remark for remark in exhibit.remarks if remark.startswith("Bemærkninger"))
    title = catalog().sources["paper"].title
    assert words == (
        "Bemærkninger: a Hele landet, 2010: Loven ændres; b Aarhus, 2012: Ny opgørelse "
        f"af skolerne ({title}, registreret 3. marts 2026)."
    )
    assert words in exhibit.alt
    framed = [note for note in exhibit.figure.layout.annotations if note.bordercolor]
    assert [(note.text, date.fromordinal(note.x)) for note in framed] == [
        ("b", date(2012, 12, 31)), ("a", date(2010, 12, 31)),
    ]  # fmt: skip


def test_a_chart_without_remarks_is_as_it_was() -> None:
    assert _drawn(_with(_remark("odense", "2010", "Et andet sted"))) == _drawn(catalog())


def test_a_chart_of_one_period_says_it_without_a_letter() -> None:
    rows = [observation(40.0, "2012")]
    said = point_remark(rows, _with(_remark("aarhus", "2012", "Loven ændres")))
    assert said == "Bemærkning: Loven ændres."
    other = replace(_remark("aarhus", "2012", "Loven ændres"), source_id="other")
    known = _with(other)
    title = "Statusnotat (bilag 1)"
    source = replace(known.sources["paper"], source_id="other", title=title)
    known = replace(known, sources={**known.sources, "other": source})
    assert point_remark(rows, known) == "Bemærkning: Loven ændres (Statusnotat, bilag 1)."


def test_letters_go_on_after_z() -> None:
    assert letters(28)[-3:] == ["z", "aa", "ab"]
