"""What the page says of a fetched file that waits for a person, and of what became of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kpi.cpr.typed import typed_holds_number
from kpi.domain import format as fmt
from kpi.domain.errors import Problem, count_of
from kpi.domain.lengths import MOST_IN_DECISION, long_texts
from kpi.domain.model import Batch
from kpi.domain.problem_codes import PROBLEM_KINDS
from kpi.domain.vocabulary import FETCH_SOURCE_NAMES, FetchSource
from kpi.domain.wording import Badge, capital, counts_in_words, in_text, listing
from kpi.fetch.queue import Rejection, Waiting
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.store.uploads import PublishedUpload
from kpi.views.upload import title
from kpi.views.upload_counts import moved_words
from kpi.views.upload_problems import errors_of, warnings_of

_MOST_FAULTS = 5
# Of more than these and one more the others are behind a button.
_SHOWN_FIRST = 5
NOTHING_LEFT = "Tallene er udgivet i forvejen. Filen kan tages ud af køen."


@dataclass(frozen=True)
class WaitingCard:
    """A file that waits, in words; `id` is which, `counts` what it changed when it came.

    `sha256` is of its bytes: never shown, as few small numbers are soon all tried.
    """

    id: str
    sha256: str
    title: str
    badge: Badge
    origin: str
    counts: str


def waiting_card(waiting: Waiting, source: FetchSource | None) -> WaitingCard:
    """The words of a file that waits; `source` None where its definition is gone."""
    publisher = FETCH_SOURCE_NAMES[source] if source not in (None, "url") else ""
    updated = waiting.updated_on()
    parts = [
        ", ".join(filter(None, [publisher, waiting.source])),
        f"opdateret {fmt.long_date(updated)}" if updated else "",
        f"hentet {fmt.danish_time(waiting.fetched_at)}",
    ]
    return WaitingCard(
        waiting.id,
        waiting.kept_sha256 or waiting.sha256,
        waiting.title,
        Badge("waits", _why(waiting.problems)),
        " · ".join(filter(None, parts)),
        f"Da filen blev hentet: {_counts(waiting)}.",
    )


def _counts(waiting: Waiting) -> str:
    wrong = count_of([problem for problem in waiting.problems if problem.severity == "error"])
    moved = moved_words(waiting.new, waiting.changed, reattributed=waiting.reattributed)
    return f"{fmt.counted(wrong, 'fejl', 'fejl')}, {moved}" if wrong else moved


def _why(problems: Sequence[Problem]) -> str:
    """`Venter: stor ændring`: the most serious problem; errors go before the heaviest warning."""
    asking = [problem for problem in problems if PROBLEM_KINDS[problem.code].needs_action]
    if not asking:
        return "Venter på godkendelse"
    worst = max(asking, key=lambda problem: (problem.severity == "error", problem.weight))
    others = {problem.code for problem in asking} - {worst.code}
    more = f" og {fmt.count_word(len(others))} til" if others else ""
    return f"Venter: {in_text(PROBLEM_KINDS[worst.code].name)}{more}"


def section_title(count: int) -> str:
    """`Til godkendelse (2)`."""
    return f"Til godkendelse ({fmt.number(count, 0)})"


def first_cards(cards: Sequence[WaitingCard]) -> Sequence[WaitingCard]:
    """The files that are listed at first, the oldest; all where only one more would be left."""
    return cards if len(cards) <= _SHOWN_FIRST + 1 else cards[:_SHOWN_FIRST]


def rest_words(count: int) -> str:
    """`Vis de øvrige 25 filer, der venter`."""
    return f"Vis de øvrige {fmt.number(count, 0)} filer, der venter"


def page_title(count: int) -> str:
    """`Én hentet fil venter på godkendelse`."""
    return capital(waiting_words(count))


def waiting_words(count: int) -> str:
    """`to hentede filer venter på godkendelse`."""
    (many,) = counts_in_words(count, common=True)
    return f"{many} {'hentet fil' if count == 1 else 'hentede filer'} venter på godkendelse"


def why_not_signed(note: str, by: str, purpose: str) -> str:
    """What a decision lacks beside its ticks (`Før du kan afvise: Skriv dit navn.`), or nothing."""
    if typed_holds_number(note) or typed_holds_number(by):
        return f"Før du kan {purpose}: Fjern CPR-nummeret fra noten eller navnet."
    if words := long_texts(by, note, MOST_IN_DECISION):
        return f"Før du kan {purpose}: {words}"
    what = "en grund" if purpose == "afvise" else "en note"
    missing = [f"skriv {what}"] if not note.strip() else []
    missing += ["skriv dit navn"] if not by.strip() else []
    return f"Før du kan {purpose}: {capital(listing(missing))}." if missing else ""


def problems_title(checked: Checked) -> str:
    """`Alle problemer i filen: 2 fejl og 71 advarsler`."""
    wrong, warned = count_of(errors_of(checked)), count_of(warnings_of(checked))
    counts = [fmt.counted(wrong, "fejl", "fejl")] if wrong else []
    counts += [fmt.counted(warned, "advarsel", "advarsler")] if warned else []
    return f"Alle problemer i filen: {listing(counts)}"


def reading_title(checked: Checked, choices: Choices) -> str:
    """What the file comes to; one with errors cannot be mended on the page."""
    wrong = count_of(errors_of(checked))
    if wrong:
        return f"Filen har {fmt.counted(wrong, 'fejl', 'fejl')} og kan ikke udgives"
    return title(checked, choices)


def error_lines(checked: Checked) -> tuple[str, ...]:
    """What is wrong with a file that cannot be published: each fault once, the most frequent first.

    `Ukendt gruppe: … (728 steder)`; where there are many the last line counts the others.
    """
    counts: Counter[str] = Counter()
    for problem in errors_of(checked):
        words = f"{PROBLEM_KINDS[problem.code].name}: {problem.message}"
        counts[words] += 1 + problem.more
    lines = [
        f"{words} ({fmt.number(count, 0)} steder)" if count > 1 else words
        for words, count in counts.most_common(_MOST_FAULTS)
    ]
    rest = len(counts) - len(lines)
    return (*lines, *([f"Og {fmt.counted(rest, 'fejl', 'fejl')} til."] if rest > 0 else []))


def approved_words(title: str, done: PublishedUpload) -> str:
    """What an approval came to."""
    if done.batch_id is not None:
        checked = done.checked
        moved = moved_words(checked.new, checked.changed, checked.hidden, checked.reattributed)
        return (
            f"»{title}« er udgivet som indlæsning nr. {done.batch_id}: {moved}. Den kan fortrydes "
            "under »Tidligere indlæsninger«."
        )
    if done.checked.publishable:
        return f"»{title}« er taget ud af køen. Tallene var udgivet i forvejen."
    return (
        f"Intet blev udgivet: »{title}« har fået fejl, siden siden blev vist. Gennemgå filen igen."
    )


def rejected_words(title: str) -> str:
    """What a rejection came to."""
    return f"»{title}« er afvist. De samme tal kommer ikke i køen igen."


def gone_words(card: WaitingCard, rejections: Sequence[Rejection], batches: Sequence[Batch]) -> str:
    """A file that was decided about between its being shown and the press: how, and by whom."""
    rejected = [each for each in rejections if each.id == card.id]
    approved = [each for each in batches if each.original_sha256 == card.sha256]
    if rejected:
        by, moment, end = rejected[0].by, rejected[0].rejected_at, f": {rejected[0].why}"
        how = "er afvist"
    elif approved:
        by, moment, end = approved[0].published_by, approved[0].published_at, ""
        how = f"er udgivet som indlæsning nr. {approved[0].batch_id}"
    else:
        return (
            f"»{card.title}« venter ikke længere: En nyere fil har taget dens plads. Du har intet "
            "ændret."
        )
    words = f"»{card.title}« {how} af {by} den {fmt.danish_time(moment)}{end}"
    return f"{words.rstrip('.')}. Du har intet ændret."
