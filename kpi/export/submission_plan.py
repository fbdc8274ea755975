"""What an indstilling says of the plan: counted in a table, and what is new by track."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kpi.domain import format as fmt
from kpi.domain.plan import NOT_MENTIONED
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import in_text, listing, sentences
from kpi.export.actions import Action
from kpi.export.news import FIRST_STATUS, NEW_STATUS
from kpi.export.paper import Paper
from kpi.export.plan_words import counted_by_state, counted_signs
from kpi.export.word_content import (
    Block,
    Caption,
    Emphasis,
    Grid,
    Heading,
    Reference,
    Span,
    Strong,
    text,
)

_PLANNED, _USUAL = STATE_NAMES["planned"], STATE_NAMES["in_progress"]
# So many actions of a track have a sentence; of the others their name and state.
_MOST_SAID = 4
_TRACK_LETTERS = 22


def plan_blocks(paper: Paper) -> Iterator[Block]:
    """The plan's status in each track, and beside them."""
    tracks = [action for action in paper.actions if action.track is not None]
    if not tracks:
        return
    by_track = {
        key: list(members)
        for key, members in groupby(tracks, lambda action: (action.track or 0, action.theme))
    }
    count = len(by_track)
    yield Heading(
        "Status i sporet" if count == 1 else f"Status i de {fmt.count_word(count)} spor", 2
    )
    yield text("Antallet af indsatser efter seneste status fremgår af ", Reference("Tabel", 1), ".")
    yield from _counted(by_track)
    new = {row[1] for row in paper.news if row[0] in (NEW_STATUS, FIRST_STATUS)}
    for (track, theme), actions in by_track.items():
        line = text(Strong(f"Spor {track}, {theme}:"), *_brief(actions, new), kind="bullet")
        yield replace(line, key=f"Spor {track}")
    others = [action for action in paper.actions if action.track is None]
    for theme, beside in groupby(others, lambda action: action.theme):
        if said := _brief(list(beside), new):
            line = text(Strong(f"{theme} (uden for sporene):"), *said, kind="bullet")
            yield replace(line, key=f"Uden for sporene {theme}")
    yield replace(text(_reported(paper.actions), kind="source"), key="Status gengivet")


def planned(paper: Paper) -> list[Action]:
    """The actions that the newest report calls planned: what is to come, said there once."""
    return [action for action in paper.actions if action.state == _PLANNED and action.is_current]


def _brief(actions: Sequence[Action], new: Collection[str]) -> list[Span]:
    """What the newest report says, first of what has a new status; the others by their names.

    What each sentence is about is set apart.
    """
    current = [action for action in actions if action.is_current and action.state != _PLANNED]
    shown = sorted(current, key=lambda action: action.title not in new)[:_MOST_SAID]
    rest = [action for action in current if action not in shown]
    if len(rest) == 1:
        shown, rest = [*shown, *rest], []
    to_come = [action.title for action in actions if action.is_current and action not in current]
    silent = [action.title for action in actions if not action.is_current]
    parts = [
        *((action.title, f"{_state(action)}: {action.summary}") for action in shown),
        ("Desuden", f": {listing([f'{a.title}{_state(a)}' for a in rest])}" if rest else ""),
        (_PLANNED, f": {listing(to_come)}" if to_come else ""),
        (NOT_MENTIONED, f": {listing(silent)}" if silent else ""),
    ]
    return [span for name, said in parts if said for span in (" ", Emphasis(name), sentences(said))]


def _state(action: Action) -> str:
    """` (afsluttet)`; nothing of what is simply in progress."""
    return "" if action.state == _USUAL else f" ({in_text(action.state)})"


def _reported(actions: Sequence[Action]) -> str:
    """Of which days the status is, and whose words they are."""
    dates = sorted({action.status_date for action in actions if action.is_current})
    days = dict.fromkeys(fmt.partial_date(day) for day in (*dates[:1], *dates[-1:]))
    when = f"Status er fra {' til '.join(days)}" if days else ""
    whose = "Gengivet af Spor i korte træk og ikke med kildernes ord"
    return sentences(when, whose, "Alle indsatser står i bilaget med nøgletal")


def _counted(by_track: Mapping[tuple[int, str], Sequence[Action]]) -> Iterator[Block]:
    """The table of the actions by track and state, and what its signs mean."""
    columns, rows = counted_by_state(
        {f"{track}. {theme}": actions for (track, theme), actions in by_track.items()}
    )
    title = "Indsatser efter spor og seneste status"
    longest = [max(map(len, words.split())) + 2 for words in columns[1:]]
    yield Caption("Tabel", 1, title)
    yield Grid(columns, rows, (_TRACK_LETTERS, *longest), f"{title}: antal i hvert spor")
    yield text(
        counted_signs(action for actions in by_track.values() for action in actions), kind="source"
    )
