"""What of a file that waits a person sees first: counts, what is asked about, and its series."""

from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Break
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.checked import Change, Checked
from kpi.store import Store
from kpi.views.waiting_figures import Evidence, evidence


def _change(row: int, area: str, period: str, new: float | None, **others: object) -> Change:
    return replace(
        Change(row, "employment_rate", area, "all", period, None, new, None, "final"),
        **others,  # type: ignore[arg-type]
    )


def _seen(
    store: Store, catalog: Catalog, *changes: Change, asked: tuple[int, ...] = ()
) -> Evidence:
    problems = tuple(
        Problem("big_change", "", row, "v", "", "Stor ændring.", "", weight=10.0 - place)
        for place, row in enumerate(asked)
    )
    checked = Checked(
        "f.csv", "statbank_csv", len(changes), len(changes), problems, changes=changes,
        new=sum(each.old_status is None for each in changes), columns=("a",), compared=True,
    )  # fmt: skip
    return evidence(checked, store, catalog, "aarhus")


def test_chips_count_what_the_file_has(store: Store, catalog: Catalog) -> None:
    municipalities = [area.area_id for area in catalog.areas.values()
                      if area.level == "municipality"]  # fmt: skip
    changes = [_change(row, area, "2031", 70.0) for row, area in enumerate(municipalities, 2)]
    seen = _seen(store, catalog, *changes, asked=(2, 3))
    count = len(municipalities)
    assert [chip.text for chip in seen.chips] == [
        f"{count} nye tal for 2031", "2 store ændringer", "Ingen CPR-numre fundet",
        f"Alle {count} kommuner med",
    ]  # fmt: skip
    assert seen.about.endswith(f", {count} områder, 2031.")
    # One is missing, or has another period: neither is said.
    changes[0] = replace(changes[0], period="2030")
    texts = [chip.text for chip in _seen(store, catalog, *changes).chips]
    assert texts == [f"{count} nye tal", "Ingen CPR-numre fundet"]


def test_without_a_question_there_is_no_table(store: Store, catalog: Catalog) -> None:
    assert _seen(store, catalog, _change(2, "odense", "2031", 70.0)).moves is None
    hidden = _change(2, "odense", "2031", None, new_status="suppressed")
    assert _seen(store, catalog, hidden, asked=(2,)).moves is None


def test_what_is_asked_about_stands_beside_its_series(store: Store, catalog: Catalog) -> None:
    last = store.series(["employment_rate"], ["odense"], ["all"])[-1]
    assert last.value is not None
    period = str(last.period.end.year + 1)
    changes = [_change(2, "odense", period, last.value - 9), _change(3, "aarhus", period, 75.0)]
    moves = _seen(store, catalog, *changes, asked=(2,)).moves
    assert moves is not None
    assert moves.title == "Ét tal skal kontrolleres"
    assert moves.table.columns == ("Område", last.period.text, period, "Forskel")
    names = [row[0] for row in moves.table.rows]
    assert names == ["Odense", "Aarhus, til sammenligning"]
    assert moves.table.rows[0][3].replace("\u00a0", " ") == "−9,0 procentpoint"
    assert moves.chart is not None
    assert moves.chart.title == "Odense har ikke svinget så meget før"
    marked = [text for _, text in moves.chart.table.rows if "fra filen" in text]
    assert len(marked) == 1  # the file's own figure alone
    assert "Odense: " in moves.chart.alt
    assert "Aarhus: " in moves.chart.alt


def test_a_changed_figure_stands_beside_the_one_that_it_replaces(
    store: Store, catalog: Catalog
) -> None:
    *_, before, last = store.series(["employment_rate"], ["odense"], ["all"])
    assert before.value is not None
    assert last.value is not None
    changed = _change(2, "odense", last.period.text, 50.0, old=last.value, old_status="final")
    moves = _seen(store, catalog, changed, asked=(2,)).moves
    assert moves is not None
    assert moves.table.columns == ("Område", "Før", "Efter", "Forskel")
    [odense] = [row for row in moves.table.rows if row[0] == "Odense"]
    number = f"{last.value:.1f}".replace(".", ",")
    assert odense[1].replace("\u00a0", " ") == f"{number} % (udgivet, {last.period.text})"
    gap = f"{last.value - 50:.1f}".replace(".", ",")
    assert odense[3].replace("\u00a0", " ") == f"−{gap} procentpoint"
    # What the file only repeats is nothing that it replaces: Aarhus stands with the year before.
    [aarhus] = [row for row in moves.table.rows if row[0].startswith("Aarhus")]
    assert f"({before.period.text})" in aarhus[1]


def test_the_worst_of_every_kind_of_question_is_among_the_first(
    store: Store, catalog: Catalog
) -> None:
    areas = [area.area_id for area in catalog.areas.values() if area.level == "municipality"]
    changes = tuple(_change(row, area, "2031", 60.0) for row, area in enumerate(areas[:9], 2))
    many: list[ProblemCode] = ["big_change"] * 8
    kinds: list[ProblemCode] = [*many, "outlier"]
    problems = tuple(
        Problem(code, "", change.row, "v", "", "", "", weight=0.0 if code == "outlier" else row)
        for row, (code, change) in enumerate(zip(kinds, changes, strict=True), 1)
    )
    checked = Checked(
        "f.csv", "statbank_csv", 9, 9, problems, changes=changes, new=9, columns=("a",),
        compared=True,
    )  # fmt: skip
    moves = evidence(checked, store, catalog, areas[0]).moves
    assert moves is not None
    assert moves.title == "Ni tal skal kontrolleres; fem af dem"
    names = [catalog.areas[areas[place]].name for place in (7, 8, 6, 5, 4)]
    assert [row[0] for row in moves.table.rows[:5]] == names


def test_a_doubt_of_a_period_is_about_none_of_its_figures(store: Store, catalog: Catalog) -> None:
    checked = Checked(
        "f.csv", "statbank_csv", 1, 1, (Problem("unfinished_period", "", 2, "v", "2031", "", ""),),
        changes=(_change(2, "odense", "2031", 70.0),), new=1, columns=("a",), compared=True,
    )  # fmt: skip
    assert evidence(checked, store, catalog, "aarhus").moves is None


def test_nothing_is_compared_across_a_break(store: Store, catalog: Catalog) -> None:
    last = store.series(["employment_rate"], ["odense"], ["all"])[-1]
    year = last.period.end.year + 1
    broken = replace(
        catalog.indicators["employment_rate"],
        breaks=(Break(last.period.end.replace(year=year, month=1, day=1), "Ny opgørelse"),),
    )
    catalog = replace(catalog, indicators={**catalog.indicators, "employment_rate": broken})
    moves = _seen(store, catalog, _change(2, "odense", str(year), 20.0), asked=(2,)).moves
    assert moves is not None
    assert moves.table.rows[0][1] == "intet tidligere tal"
    assert moves.table.rows[0][3] == "kan ikke beregnes"
    assert moves.note == ""
    assert moves.chart is not None
    assert moves.chart.title == "Odense over tid"


def test_a_hidden_number_is_in_no_series(store: Store, catalog: Catalog) -> None:
    hidden = _change(3, "odense", "2009", 1.25, is_hidden=True, old_status="suppressed")
    moves = _seen(store, catalog, _change(2, "odense", "2031", 50.0), hidden, asked=(2,)).moves
    assert moves is not None
    assert moves.chart is not None
    assert "1,25" not in str(moves.chart)
