"""What is said of the sources that are asked by themselves, and of the files that wait."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kpi.domain.errors import Problem
from kpi.domain.model import Batch
from kpi.domain.period import DENMARK
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import BatchState, FetchSource
from kpi.domain.wording import Badge
from kpi.fetch.definition import parse_definition
from kpi.fetch.journal import Entry
from kpi.fetch.queue import Waiting, queue_folder, reject, rejections
from kpi.fetch.states import FetchState
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.approval import (
    error_lines,
    first_cards,
    gone_words,
    page_title,
    reading_title,
    waiting_card,
    why_not_signed,
)
from kpi.views.fetch_lists import failed_cards, rejected_cards, withdrawn_cards
from kpi.views.fetched import (
    SourceFact,
    as_fetched,
    attention_line,
    fetch_rows,
    source_facts,
    trouble_line,
)
from kpi.views.freshness import FreshnessRow
from kpi.views.source_rows import SourceRow, newest_known, split_rows
from tests.kpi.fetch.ras200 import DEFINITION, NAME
from tests.tables import for_each

DEFINED = parse_definition(DEFINITION, "try_ras200")
WAITING = Waiting(
    "ab" * 32, "try_ras200", DEFINED.title, "RAS200", "RAS200.csv", "try_ras200", None,
    "2026-11-27T08:10:00+00:00", "2026-10-28T08:00:00", 728, 104, 3,
)  # fmt: skip
FETCHED = Entry(
    tried_at="2026-11-27T08:10:00+00:00", fetched_at="2026-11-26T08:10:00+00:00",
    source_updated="2026-10-28T08:00:00", next_expected="2027-10-28", outcome="same",
)  # fmt: skip
STATE = FetchState("try_ras200", DEFINED, FETCHED, None, source_id="ras200")
WAITS = replace(STATE, entry=replace(FETCHED, outcome="waiting"), waiting=WAITING)
LATE = replace(STATE, is_overdue=True)
DOWN = replace(STATE, entry=replace(FETCHED, outcome="failed", error="Kilden er nede.", failures=3))
KEYLESS = replace(
    STATE, entry=Entry(outcome="failed", error="Sæt KPI_TOKEN_X."), lacking_key="KPI_TOKEN_X"
)
TAKEN_BACK = Batch(
    29, "ras200", "upload", "2026-11-27T08:10:00+00:00", "2026-11-27", "hentning", "RAS200.csv",
    "ab" * 32, "Hentet fra RAS200", 104, 0, 0, "withdrawn", "2026-11-28", "Anna", "En fejl.",
)  # fmt: skip
GONE = FetchState("mine", None, Entry(), None, fault="»mine.toml« er ikke UTF-8.")


def _problem(code: ProblemCode, weight: float = 0.0, more: int = 0) -> Problem:
    return Problem(code, "", 1, None, None, "", "", weight=weight, more=more)


@for_each(
    ("states", "line"),
    [
        ((), ""),
        ((STATE,), ""),
        ((KEYLESS,), ""),
        ((WAITS,), "Én hentet fil venter på godkendelse."),
        ((WAITS, WAITS, LATE), "To hentede filer venter på godkendelse, og én kilde er forsinket."),
        ((LATE, LATE), "To kilder er forsinkede."),
        ((DOWN, GONE, LATE), "Én kilde er forsinket, og to kilder er ikke hentet."),
        (
            (replace(WAITS, is_overdue=True),),
            "Én hentet fil venter på godkendelse, og én kilde er forsinket.",
        ),
    ],
)
def test_one_line_says_what_needs_somebody(states: tuple[FetchState, ...], line: str) -> None:
    assert attention_line(states) == line
    without = [replace(state, waiting=None) for state in states]
    assert trouble_line(states) == attention_line(without)


def test_a_source_tells_its_days_and_what_came_of_it() -> None:
    (row,) = fetch_rows([STATE])
    assert (row.title, row.source) == (DEFINED.title, "Danmarks Statistik, RAS200")
    assert (row.asked, row.fetched, row.updated, row.expected) == (
        "27. november 2026 kl. 09.10 (hver dag)", "26. november 2026 kl. 09.10",
        "28. oktober 2026", "28. oktober 2027",
    )  # fmt: skip
    assert (row.badges, row.result) == ((Badge("on_time", "Med"),), "Kilden er ikke opdateret.")
    never = fetch_rows([replace(STATE, entry=Entry())])[0]
    assert (never.asked, never.fetched) == ("aldrig (hver dag)", "aldrig")
    assert (never.updated, never.expected) == ("ikke oplyst", "ikke oplyst")
    assert [badge.text for badge in never.badges] == ["Endnu ikke hentet"]


def test_those_that_need_somebody_come_first_and_two_facts_are_two() -> None:
    rows = fetch_rows([STATE, replace(WAITS, is_overdue=True), DOWN, GONE])
    assert [[badge.text for badge in row.badges] for row in rows] == [
        ["Venter på godkendelse", "Forsinket"], ["Ikke hentet"], ["Kan ikke læses"], ["Med"],
    ]  # fmt: skip
    assert rows[1].result == "Ikke hentet tre gange i træk. Kilden er nede."
    assert rows[2].result == "»mine.toml« er ikke UTF-8."


def test_what_the_source_says_goes_before_what_is_written_of_it() -> None:
    old = FreshnessRow(
        "employment_rate", "", "", "", "", "", "", "slutningen af oktober", "",
        Badge("overdue", "Forsinket"), "ras200",
    )  # fmt: skip
    other = replace(old, source_id="folk1a")
    continued = replace(old, is_continued=True, badge=Badge("on_time", "Med"))
    rows = as_fetched([old, other, continued], source_facts([STATE]))
    assert rows == (
        other,
        replace(old, expected="28. oktober 2027", badge=Badge("on_time", "Med")),
        continued,
    )
    (late,) = as_fetched([replace(old, badge=Badge("on_time", "Med"))], source_facts([LATE]))
    assert late.is_overdue
    without_day = {"ras200": SourceFact(None, is_overdue=False)}
    assert as_fetched([old], without_day)[0].expected == "slutningen af oktober"


def test_the_newest_of_a_source_is_what_stands_of_its_copy_too() -> None:
    old = FreshnessRow(
        "employment_rate", "", "", "2021", "", "", "", "", "", Badge("on_time", "Med"), "ras200",
        is_continued=True, end=date(2021, 11, 30),
    )  # fmt: skip
    copy = replace(old, period="2024", source_id="copy", is_continued=False, end=date(2024, 11, 30))
    assert {key: row.period for key, row in newest_known([old, copy]).items()} == {
        "ras200": "2024", "copy": "2024",
    }  # fmt: skip


@for_each(
    "state",
    [
        KEYLESS, WAITS, replace(STATE, waiting=WAITING), DOWN, GONE, replace(STATE, entry=Entry()),
        replace(STATE, source_id=""), replace(STATE, entry=replace(FETCHED, source_updated="")),
        replace(STATE, withdrawn=TAKEN_BACK),
    ],
)  # fmt: skip
def test_a_source_whose_figures_are_not_all_here_says_nothing_of_their_age(
    state: FetchState,
) -> None:
    assert source_facts([state]) == {}
    assert source_facts([STATE]) == {"ras200": SourceFact(date(2027, 10, 28), is_overdue=False)}


@pytest.mark.parametrize(
    ("state", "badge", "name"), [("withdrawn", "Fortrudt", NAME), ("purged", "Slettet", "")]
)
def test_what_was_withdrawn_is_not_called_on_time(state: BatchState, badge: str, name: str) -> None:
    gone = replace(STATE, withdrawn=replace(TAKEN_BACK, state=state), can_return=bool(name))
    [row] = fetch_rows([gone])
    assert [each.text for each in row.badges] == [badge]
    [card] = withdrawn_cards([STATE, gone])
    assert (card.name, card.badge, card.when) == (name, row.badges[0], "28. november 2026")
    assert card.about == f"Indlæsning nr. 29 er {badge.casefold()} af Anna: En fejl."
    assert row.result == f"Kilden er ikke opdateret. {card.about}"


def test_a_source_that_waits_for_its_key_is_no_failure() -> None:
    [row] = fetch_rows([KEYLESS])
    assert [badge.text for badge in row.badges] == ["Nøglen mangler"]
    assert "KPI_TOKEN_X" in row.result
    assert failed_cards([KEYLESS]) == ()


@for_each(
    ("problems", "badge"),
    [
        ((), "Venter på godkendelse"),
        ((_problem("suppressed"),), "Venter på godkendelse"),
        ((_problem("big_change"), _problem("big_change")), "Venter: stor ændring"),
        (
            (_problem("big_change", 9.0), _problem("unknown_area")),
            "Venter: ukendt område og én til",
        ),
        (
            (_problem("fewer_areas"), _problem("big_change", 2.0), _problem("outlier", 1.0)),
            "Venter: stor ændring og to til",
        ),
    ],
)
def test_a_card_says_why_the_file_waits(problems: tuple[Problem, ...], badge: str) -> None:
    assert waiting_card(replace(WAITING, problems=problems), "statbank").badge.text == badge


@for_each(
    ("source", "origin"),
    [
        ("statbank", "Danmarks Statistik, RAS200"), ("jobindsats", "jobindsats.dk, RAS200"),
        ("url", "RAS200"), (None, "RAS200"),
    ],
)  # fmt: skip
def test_a_card_says_where_the_file_is_from(source: FetchSource | None, origin: str) -> None:
    card = waiting_card(WAITING, source)
    days = "opdateret 28. oktober 2026 · hentet 27. november 2026 kl. 09.10"
    assert card.origin == f"{origin} · {days}"
    undated = waiting_card(replace(WAITING, source_updated=""), source)
    assert undated.origin == f"{origin} · hentet 27. november 2026 kl. 09.10"
    assert card.counts == "Da filen blev hentet: 104 nye tal, 3 ændrede tal."
    faulty = waiting_card(replace(WAITING, problems=(_problem("unknown_area", more=2),)), source)
    assert faulty.counts == "Da filen blev hentet: 3 fejl, 104 nye tal, 3 ændrede tal."


def test_of_a_file_with_errors_each_fault_is_named_once() -> None:
    faults = [replace(_problem("unknown_area"), message=f"»Sted {number}«") for number in range(7)]
    group = replace(_problem("unknown_group", more=2), message="»25«")
    checked = Checked("a.csv", "", 9, 0, (*faults, _problem("big_change"), group))
    lines = error_lines(checked)
    assert lines[0] == "Ukendt gruppe: »25« (3 steder)"
    assert lines[1:5] == tuple(f"Ukendt område: »Sted {number}«" for number in range(4))
    assert lines[5:] == ("Og 3 fejl til.",)
    assert reading_title(checked, Choices()) == "Filen har 10 fejl og kan ikke udgives"


@for_each(
    ("note", "by", "words"),
    [
        ("x", "Anna", ""),
        (" ", "Anna", "Før du kan afvise: Skriv en grund."),
        ("x", "", "Før du kan afvise: Skriv dit navn."),
        ("", " ", "Før du kan afvise: Skriv en grund og skriv dit navn."),
        ("010190-1234", "Anna", "Før du kan afvise: Fjern CPR-nummeret fra noten eller navnet."),
    ],
)
def test_a_rejection_needs_a_reason_and_a_name(note: str, by: str, words: str) -> None:
    assert why_not_signed(note, by, "afvise") == words


@for_each(("count", "first"), [(1, 1), (6, 6), (7, 5), (30, 5)])
def test_of_many_that_wait_the_oldest_are_listed_at_first(count: int, first: int) -> None:
    cards = [waiting_card(replace(WAITING, id=str(each)), "statbank") for each in range(count)]
    assert first_cards(cards) == cards[:first]


def test_the_titles_are_inflected() -> None:
    assert page_title(1) == "Én hentet fil venter på godkendelse"
    assert page_title(3) == "Tre hentede filer venter på godkendelse"


def test_what_was_decided_meanwhile_is_told_with_who_did_it(tmp_path: Path) -> None:
    card = waiting_card(WAITING, "statbank")
    batches = [
        Batch(9, "ras200", "upload", "2026-11-27T08:50:00+00:00", "2026-11-27", "Mette",
              "RAS200.csv", "cd" * 32, "", 1, 0, 0, "published"),
    ]  # fmt: skip
    assert gone_words(card, [], batches).startswith(
        f"»{WAITING.title}« venter ikke længere: En nyere fil"
    )
    approved = [replace(batches[0], original_sha256=card.sha256)]
    assert gone_words(card, [], approved) == (
        f"»{WAITING.title}« er udgivet som indlæsning nr. 9 af Mette den 27. november 2026 "
        "kl. 09.50. Du har intet ændret."
    )
    queue_folder(tmp_path).mkdir()
    reject(tmp_path, WAITING, "Bent", "Fejl hos kilden.")
    (rejection,) = rejections(tmp_path)
    assert gone_words(card, [rejection], batches).endswith(
        ": Fejl hos kilden. Du har intet ændret."
    )
    for days, shown in ((30, 1), (31, 0)):
        day = datetime.fromisoformat(rejection.rejected_at).astimezone(DENMARK).date()
        cards = rejected_cards([rejection], day + timedelta(days))
        assert [each.about for each in cards] == ["Afvist af Bent: Fejl hos kilden."] * shown


@for_each(("needing", "quiet", "first"), [(0, 12, 12), (0, 13, 12), (3, 20, 12), (15, 4, 15)])
def test_no_source_that_needs_somebody_is_folded_away(needing: int, quiet: int, first: int) -> None:
    calm = SourceRow("t", "", "", "", "", "", (Badge("on_time", "Til tiden"),), is_fetched=True)
    rows = [replace(calm, badges=(Badge("waits", "Venter"),))] * needing + [calm] * quiet
    shown, rest = split_rows(rows)
    assert (len(shown), [*shown, *rest]) == (first, rows)
    assert not any(each.needs_person for each in rest)
