"""Rows that people enter: kept beside data/, checked, and never in part."""

from datetime import timedelta
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError, RowsRefusedError
from kpi.domain.period import today
from kpi.store import current_version, init, open_store
from kpi.store.entering import enter, free_source_id
from kpi.store.withdrawing_entries import remove_claim
from kpi.tables.spec import Row
from kpi.views.claims import claims_of

CLAIM = {
    "source_id": "oto_status_2025",
    "indicator_id": "school_absence",
    "area_id": "gellerup",
    "group_id": "programme_children",
    "period": "2024H2",
    "from_period": "2024H1",
    "kind": "relative_change",
    "reported_value": "-25.4",
    "unit": "percent",
    "explanation": "Faldet er på en fjerdedel",
}
STATUS = {
    "initiative_id": "sprogboost",
    "date": "2025-06-01",
    "state": "in_operation",
    "summary": "I fast drift",
    "source_id": "status_2025",
}
TARGET = {
    "target_id": "t",
    "indicator_id": "employment_rate",
    "area_id": "aarhus",
    "group_id": "all",
    "period": "2027",
    "value": "80",
    "state": "decided",
    "source_id": "status_2025",
}
REMARK = {
    "remark_id": "r",
    "indicator_id": "employment_rate",
    "area_id": "aarhus",
    "group_id": "all",
    "period": "2015",
    "text": "Mange flygtninge fik ophold",
    "source_id": "status_2025",
}
COMMENT = {
    "comment_id": "b",
    "date": "2025-03-11",
    "author": "Sekretariatet",
    "text": "Ikke en evaluering",
    "indicator_id": "employment_rate",
}
INITIATIVE = {"initiative_id": "ny", "theme_id": "language", "title": "Ny indsats"}
MEETING = {"meeting_id": "m", "date": "2025-09-01", "body": "Byrådet"}


def test_an_entered_claim_is_computed_and_outlives_init(home: Path) -> None:
    assert enter({"claim": [CLAIM]}, "Anna", home).rows == 1
    init(home)
    store = open_store(home)
    *_, last = claims_of(store, store.catalog())
    assert (last.claim.claim_id, last.claim.entered_by, last.verdict) == (
        "indfoert_1", "Anna", "agrees",
    )  # fmt: skip


def test_entered_claims_get_ids_of_their_own_and_can_be_withdrawn(home: Path) -> None:
    enter({"claim": [CLAIM, {**CLAIM, "reported_value": "-34"}]}, "Anna", home)
    remove_claim("indfoert_1", home)
    left = [claim.claim_id for claim in open_store(home).claims() if claim.entered_by]
    assert left == ["indfoert_2"]
    with pytest.raises(KpiError, match="ikke registreret af en person"):
        remove_claim("viby_link_share", home)  # of data/


def test_a_new_status_stands_beside_the_old_ones(home: Path) -> None:
    enter({"initiative_status": [STATUS]}, "Anna", home)
    (kept,) = (
        initiative
        for initiative in open_store(home).plan().initiatives
        if initiative.initiative_id == "sprogboost"
    )
    assert [(status.date, status.state) for status in kept.statuses] == [
        ("2024-06-24", "planned"), ("2025-03-04", "in_progress"), ("2025-06-01", "in_operation"),
    ]  # fmt: skip


def test_rows_of_one_entry_may_point_to_each_other(home: Path) -> None:
    source = {
        "source_id": "notat_2025", "title": "Notat", "publisher": "Kommunen", "min_cell": "0",
    }  # fmt: skip
    enter(
        {"initiative_status": [{**STATUS, "source_id": "notat_2025"}], "source": [source]},
        "Anna",
        home,
    )
    assert "notat_2025" in open_store(home).catalog().sources


def test_a_remark_is_known_from_the_day_it_is_entered(home: Path) -> None:
    yesterday = today() - timedelta(days=1)
    known = open_store(home, as_of=yesterday).catalog().remarks
    enter({"remark": [REMARK]}, "Anna", home)
    init(home)
    *_, last = open_store(home).catalog().remarks
    assert (last.period, last.text, last.entered) == ("2015", REMARK["text"], today())
    assert open_store(home, as_of=yesterday).catalog().remarks == known


def test_a_comment_is_known_from_its_entry_however_early_its_day(home: Path) -> None:
    enter({"comment": [COMMENT]}, "Anna", home)
    init(home)
    (kept,) = open_store(home).catalog().comments
    assert (kept.text, kept.author, kept.entered) == (
        "Ikke en evaluering",
        "Sekretariatet",
        today(),
    )
    for days, known in ((1, ()), (0, (kept,))):
        day = today() - timedelta(days=days)
        assert open_store(home, as_of=day).catalog().comments == known


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("comment", {**COMMENT, "indicator_id": ""}, "handler ikke om noget"),
        ("comment", {**COMMENT, "initiative_id": "sprogboost"}, "Skriv to bemærkninger"),
        ("comment", {**COMMENT, "date": str(today() + timedelta(days=1))}, "i fremtiden"),
        ("comment", {**COMMENT, "author": ""}, "navn"),
        ("comment", {**COMMENT, "text": "Om 010190-1111"}, "CPR-nummer"),
        ("comment", {**COMMENT, "author": "010190-1111"}, "CPR-nummer"),
        ("comment", {**COMMENT, "text": "x" * 401}, "højst 400"),
        ("remark", {**REMARK, "period": "2015H7"}, "ikke en periode"),
        ("remark", {**REMARK, "area_id": "arhus"}, "Aarhus"),
        ("remark", {**REMARK, "text": ""}, "tekst"),
        ("remark", {**REMARK, "text": "Om 010190-1111"}, "CPR-nummer"),
        ("claim", {**CLAIM, "area_id": "gelerup"}, "gellerup"),  # the nearest is named
        ("claim", {**CLAIM, "kind": "guess"}, "kolonne regnet som"),
        ("claim", {**CLAIM, "reported_value": ""}, "Skriv papirets tal"),
        ("claim", {**CLAIM, "reported_value": "en fjerdedel"}, "ikke et tal"),
        ("claim", {**CLAIM, "from_period": ""}, "tidligere periode"),
        ("claim", {**CLAIM, "period": "2024H7"}, "ikke en periode"),
        ("claim", {**CLAIM, "explanation": "Om 010190-1111"}, "CPR-nummer"),
        ("initiative_status", {**STATUS, "state": "paused"}, "kolonne status"),
        ("initiative_status", {**STATUS, "date": "2023-01-01"}, "før indsatsens start"),
        ("initiative_status", {**STATUS, "date": "i går"}, "ikke en dato"),
        ("initiative_status", {**STATUS, "source_id": ""}, "kolonne kilde"),
        (
            "event",
            {"event_id": "e", "date": "", "precision": "day", "title": "T",
             "source_id": "status_2025"},
            "kolonne dato",
        ),
        (
            "event",
            {"event_id": "e", "date": "2025-09", "precision": "day", "title": "T",
             "source_id": "status_2025"},
            "ikke nøjagtig nok. Skriv dagen, 19.03.2025.",
        ),
        (
            "event",
            {"event_id": "e", "date": "2025", "precision": "season", "title": "T",
             "source_id": "status_2025"},
            "ikke nøjagtig nok. Skriv måneden, marts 2025.",
        ),
        (
            "meeting",
            {"meeting_id": "m", "date": "2025-03-11", "body": "Rådmandsmøde"},
            "den dag står der allerede",
        ),
        (
            "meeting",
            {"meeting_id": "m", "date": "2025-08", "body": "Rådmandsmøde"},
            "ikke nøjagtig nok. Skriv dagen, 19.03.2025.",
        ),
        (
            "target",
            {"target_id": "t", "indicator_id": "employment_rate", "area_id": "aarhus",
             "group_id": "all", "period": "2027", "value": "80", "state": "decided"},
            "kolonne kilde",
        ),
        ("target", {**TARGET, "value": "-5"}, "»-5« Et måltal kan ikke være under 0."),
        ("target", {**TARGET, "value": "150.5"}, "»150,5« En andel kan højst være 100 %."),
        ("target", {**TARGET, "value": "mange"}, "Skriv et tal, for eksempel 1.234,5."),
        (
            "target",
            {**TARGET, "indicator_id": "nsk_budget", "period": "2025", "state": "Foreslået"},
            "Et måltal af samme slags for samme tal står der allerede (id »nsk_budget«).",
        ),
        (
            "initiative",
            {**INITIATIVE, "indicator_ids": "nsk_case"},
            "Mente du »Unikke sager med NSK-vejleder«",
        ),
        ("initiative", {**INITIATIVE, "theme_id": "Sprg"}, "Vælg en af: "),
        ("initiative", {**INITIATIVE, "title": "x" * 401}, "Teksten er på 401 tegn."),
        ("initiative", {**INITIATIVE, "title": "bande-EXIT"}, "(id »gang_exit«)"),
        (
            "initiative",
            {**INITIATIVE, "initiative_id": "gang_exit", "started": "2024-07"},
            "Indsatsen har en tidligere status (24. juni 2024).",
        ),
        ("initiative_status", {**STATUS, "date": "2099-01-01"}, "i fremtiden"),
        (
            "event",
            {"event_id": "e", "date": "5. marts 2025", "precision": "Dag",
             "title": "Temadag", "source_id": "Findes ikke"},
            "kolonne kilde: »Findes ikke«",
        ),
        (
            "event",
            {"event_id": "e", "date": "5. marts 2025", "precision": "Måned", "title": "Ny",
             "source_id": "status_2025"},
            "»5. marts 2025« Datoen er en dag, men nøjagtigheden er det ikke.",
        ),
        (
            "source",
            {"source_id": "status_2025", "title": "T", "publisher": "K", "min_cell": "0"},
            "allerede",
        ),
    ],
)  # fmt: skip
def test_bad_rows_are_reported_by_row_and_nothing_is_entered(
    home: Path, table: str, row: Row, message: str
) -> None:
    before = current_version(home)
    with pytest.raises(KpiError) as refused:
        enter({table: [row]}, "Anna", home, lines={table: [7]})
    assert message in refused.value.message
    assert "linje 7" in refused.value.message
    assert refused.value.message.startswith("1 fejl. Intet er ændret.")
    assert current_version(home) == before


def test_a_target_may_be_below_0_where_the_figures_may(home: Path) -> None:
    target = {**TARGET, "indicator_id": "notifications_per_child", "value": "-1"}
    assert enter({"target": [target]}, "Anna", home).rows == 1


def test_faults_come_in_the_files_order_and_words(home: Path) -> None:
    rows = [
        {**STATUS, "date": "1. juni 2023", "initiative_id": "Bande-exit"},
        {**STATUS, "date": "32.13.2025"},
        {**STATUS, "state": "Pause"},
    ]
    with pytest.raises(RowsRefusedError) as refused:
        enter({"initiative_status": rows}, "Anna", home, lines={"initiative_status": [3, 4, 6]})
    reported = [(problem.row, problem.column, problem.value) for problem in refused.value.problems]
    assert reported == [
        (3, "dato", "1. juni 2023"), (4, "dato", "32.13.2025"), (6, "status", "Pause"),
    ]  # fmt: skip


def test_the_one_row_of_a_form_stands_on_no_line(home: Path) -> None:
    with pytest.raises(KpiError) as refused:
        enter({"initiative_status": [{**STATUS, "date": "2023"}]}, "Anna", home)
    assert "status på indsatser, kolonne dato: »2023«" in refused.value.message


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            {"meeting": [MEETING, {**MEETING, "meeting_id": "n", "body": "byrådet"}]},
            "linje 2, kolonne dato: »2025-09-01« Forummets møde den dag står der allerede i linje 1"
            " (id »m«).",
        ),
        ({"meeting": [MEETING, MEETING]}, "kolonne møde: »m« Værdien står også i linje 1."),
        (
            {"initiative": [{**INITIATIVE, "initiative_id": "a"},
                            {**INITIATIVE, "initiative_id": "b", "title": "NY INDSATS"}]},
            "En indsats med den titel står der allerede i linje 1",
        ),
        (
            {"initiative": [{**INITIATIVE, "initiative_id": "a", "started": "2025-05"}],
             "initiative_status": [{**STATUS, "initiative_id": "a", "date": "2025-04-30"}]},
            "Datoen ligger før indsatsens start (maj 2025).",
        ),
    ],
)  # fmt: skip
def test_rows_of_one_file_are_compared_with_each_other(
    home: Path, rows: dict[str, list[Row]], message: str
) -> None:
    with pytest.raises(KpiError) as refused:
        enter(rows, "Anna", home)
    assert message in refused.value.message


def test_a_number_for_a_person_is_never_repeated(home: Path) -> None:
    with pytest.raises(KpiError) as refused:
        enter({"initiative_status": [{**STATUS, "state": "010190-1111"}]}, "Anna", home)
    assert "CPR-nummer" in refused.value.message
    assert "010190" not in refused.value.message


@pytest.mark.parametrize(
    ("rows", "by"),
    [({"claim": [CLAIM]}, " "), ({}, "Anna"), ({"claim": [CLAIM]}, "Anna 010190-1234")],
)
def test_no_name_a_number_for_one_and_no_rows(
    home: Path, rows: dict[str, list[Row]], by: str
) -> None:
    with pytest.raises(KpiError):
        enter(rows, by, home)


def test_a_claim_may_be_of_a_paper_that_is_new(home: Path) -> None:
    source_id = free_source_id(open_store(home).catalog())
    paper = {"source_id": source_id, "title": "Notat", "publisher": "Kommunen", "min_cell": "0"}
    enter({"source": [paper], "claim": [{**CLAIM, "source_id": source_id}]}, "Anna", home)
    store = open_store(home)
    (entered,) = (claim for claim in store.claims() if claim.entered_by)
    assert store.catalog().sources[entered.source_id].title == "Notat"
    assert free_source_id(store.catalog()) != source_id
