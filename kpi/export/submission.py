"""An indstilling or a notat to a meeting, drafted from a paper: sections, sentences, figures.

What Spor knows is written, with its uncertainty, its source and its day; what it does not know is
a blank for a person to fill in.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from kpi.charts.marks import DotMarks, LineMarks, NumberMarks
from kpi.domain import format as fmt
from kpi.domain.plan import NOT_MENTIONED
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import capital, in_text, listing, sentences
from kpi.exhibits.comments import COMMENT, COMMENTS, is_comment
from kpi.export.actions import Action
from kpi.export.annexes import annex_numbers
from kpi.export.paper import Item, Paper, case_words
from kpi.export.plan_words import COUNTED_SIGNS, counted_by_state, states_text
from kpi.export.sources import sources_line
from kpi.export.word_content import (
    Blank,
    Block,
    Caption,
    Grid,
    Heading,
    Picture,
    Reference,
    Strong,
    Text,
    WordPaper,
    keyed,
    text,
)
from kpi.plan.counts import scope_text

Submission = Literal["indstilling", "notat"]
SUBMISSION_NAMES: Mapping[Submission, str] = {"indstilling": "Indstilling", "notat": "Notat"}
PICTURE_CM = 16.0
ANNEXES = (
    "Kort status på handleplanen",
    "Nøgletal med kilder og forbehold",
)

# What the blocks of an exhibit are called by, before its key.
FIGURE = "Figur "
# Of so few figures each is drawn; of more only those that a sentence cannot say.
_FEW = 8
# A count beside which others are written in digits too.
_IN_DIGITS = 100
_MONEY = "dkk_per_year"
_TRACK_LETTERS = 22
# Whom a meeting is for, where its body's name says only that it is a meeting.
_DECIDES = {"Rådmandsmøde": "rådmanden"}


def drawn_items(paper: Paper) -> tuple[Item, ...]:
    """The items that are shown as a picture, in order; the others are said in sentences."""
    items = said_items(paper)
    few = len(items) <= _FEW
    # In the order in which they stand, by theme: so they are numbered.
    themes = list(dict.fromkeys(item.theme for item in items))
    drawn = [item for item in items if _is_drawn(item, few)]
    return tuple(sorted(drawn, key=lambda item: themes.index(item.theme)))


def said_items(paper: Paper) -> tuple[Item, ...]:
    """What a person chose; of a choice that names no figures the headline ones, a programme's
    outcomes, and money.

    A programme's single figures are in the one that shows its areas beside each other, also where
    a person chose them, unless they gave them titles of their own.
    """
    choice = paper.choice
    outcomes = paper.programme.outcomes if paper.programme else None
    within = {row.indicator_id for row in outcomes.exhibit.observations} if outcomes else set()
    if choice.picked and outcomes:
        return _with_shared(paper, outcomes, within)
    named = choice.theme_ids or choice.indicator_ids or choice.picked
    if named or choice.order or choice.left_out or choice.titles:
        return paper.items
    headline = [
        item
        for item in paper.items
        if (item.indicator.headline and item.indicator.indicator_id not in within)
        or _is_money(item)
    ]
    if outcomes:
        headline.append(outcomes)
    return tuple(headline) or paper.items


def _with_shared(paper: Paper, outcomes: Item, within: Collection[str]) -> tuple[Item, ...]:
    """The chosen figures, the shared one in the place of the first that it shows."""
    said: list[Item] = []
    for item in paper.items:
        is_shown = item.indicator.indicator_id in within
        if not is_shown or item.exhibit.key in paper.choice.titles:
            said.append(item)
        elif outcomes not in said:
            said.append(outcomes)
    return tuple(said)


def submission(paper: Paper, form: Submission, pictures: Sequence[bytes]) -> WordPaper:
    """The paper as an indstilling or a notat; `pictures` are those of `drawn_items`, as PNG."""
    figures = len(paper.items)
    drawn = drawn_items(paper)
    paper = replace(paper, items=said_items(paper))
    pngs = {item.exhibit.key: png for item, png in zip(drawn, pictures, strict=True)}
    name = SUBMISSION_NAMES[form]
    own = "Status på Integrationshandleplanen" if paper.actions else paper.title
    title = paper.choice.cover or own
    coordinated = text(Blank("Afdelinger, som sagen er afstemt med"))
    annexes = (text(f"Bilag {number}: {title}") for number, title in _annexes(paper))
    blocks = (
        *keyed("Indledning", (Heading("Indledning"), _introduction(paper, figures))),
        *(keyed("Indstilling", _recommendation(paper)) if form == "indstilling" else ()),
        *keyed("Sagsfremstilling", [Heading("Sagsfremstilling")]),
        *keyed("Status", _plan(paper)),
        *_figures(paper, pngs),
        *keyed("Bemærkninger", _comments(paper)),
        *keyed("Ressourcer", _resources(paper)),
        *keyed("Kommunikation", _communication()),
        *keyed("Videre proces", _next(paper)),
        *keyed("Koordineret", (Heading("Koordineret med"), coordinated)),
        *keyed("Bilag", (Heading("Bilag"), *annexes)),
        *keyed("Sag", [_case(paper)]),
        *keyed("Data", [text(sentences(paper.dated, paper.basis), kind="source")]),
    )
    return WordPaper(
        title=title,
        subject=f"{name}: {paper.occasion}" if paper.occasion else name,
        description=f"{paper.dated}. {paper.basis}.",
        head=(f"{name} til {_body(paper)}" if paper.meeting else name, paper.authority),
        occasion=paper.occasion,
        category=paper.choice.case.department,
        keywords=case_words(paper),
        blocks=blocks,
        places=places_of(paper, title, name),
    )


def places_of(paper: Paper, title: str, name: str) -> tuple[tuple[str, str], ...]:
    """What a template of one's own may name, with its words; what is not known is left to fill."""
    case = paper.choice.case
    return (
        ("titel", title),
        ("papir", name),
        ("anledning", paper.occasion),
        ("myndighed", paper.authority),
        ("sagsbehandler", case.worker or Blank("Navn").text),
        ("sagsnummer", case.number or Blank("Sagsnummer").text),
        ("dato", case.written or Blank("Dato").text),
        ("data", paper.dated),
    )


def _communication() -> tuple[Block, Block]:
    blank = Blank("Hvordan og til hvem der kommunikeres, eller slet overskriften")
    return Heading("Kommunikation"), text(blank)


def _body(paper: Paper) -> str:
    """`Social- og Beskæftigelsesudvalget`, `rådmanden`."""
    assert paper.meeting is not None
    return _DECIDES.get(paper.meeting.body, paper.meeting.body)


def _introduction(paper: Paper, figures: int) -> Text:
    """What the meeting is given, the plan in counts, and of which day the figures are."""
    whom = capital(_body(paper)) if paper.meeting else Blank("Udvalg")
    known = f"Tallene er, som Spor kendte dem {fmt.long_date(paper.as_of)}"
    rest = f"Alle {figures} figurer står i bilaget" if len(paper.items) < figures else ""
    if not paper.actions:
        return text(whom, f" forelægges {in_text(paper.title)}. ", sentences(known, rest))
    scope = scope_text(paper.scope, _IN_DIGITS)
    return text(
        whom,
        f" forelægges en status på Integrationshandleplanen, som omfatter {scope}. ",
        sentences(states_text(paper.actions), known, rest),
    )


def _recommendation(paper: Paper) -> Iterator[Block]:
    yield Heading("Indstilling")
    yield text("Det indstilles,")
    subject = "status på Integrationshandleplanen" if paper.actions else "tallene"
    whom = _body(paper) if paper.meeting else Blank("udvalg")
    yield text("at ", whom, f" tager {subject} til efterretning,", kind="number")
    yield text(Blank("at … (eller slet punktet)"), kind="number")


def _plan(paper: Paper) -> Iterator[Block]:
    """The plan's status: counted in a table, and what is new by track."""
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
    for (track, theme), actions in by_track.items():
        silent = [action.title for action in actions if not action.is_current]
        without = f"{NOT_MENTIONED}: {listing(silent)}" if silent else ""
        said = sentences(*_brief(actions), without)
        line = text(Strong(f"Spor {track}, {theme}:"), f" {said}", kind="bullet")
        yield replace(line, key=f"Spor {track}")
    others = [action for action in paper.actions if action.track is None]
    for theme, beside in groupby(others, lambda action: action.theme):
        if said := sentences(*_brief(list(beside))):
            line = text(Strong(f"{theme} (uden for sporene):"), f" {said}", kind="bullet")
            yield replace(line, key=f"Uden for sporene {theme}")
    yield replace(text(_reported(paper.actions), kind="source"), key="Status gengivet")


def _brief(actions: Sequence[Action]) -> list[str]:
    """What the newest report says of each; the state of those that are not simply in progress."""
    usual = STATE_NAMES["in_progress"]
    return [
        f"{action.title}{'' if action.state == usual else f' ({in_text(action.state)})'}: "
        f"{action.summary}"
        for action in actions
        if action.is_current
    ]


def _reported(actions: Sequence[Action]) -> str:
    """Of which days the status is, and whose words they are."""
    dates = sorted({action.status_date for action in actions if action.is_current})
    days = dict.fromkeys(fmt.partial_date(day) for day in (*dates[:1], *dates[-1:]))
    when = f"Status er fra {' til '.join(days)}" if days else ""
    return sentences(when, "Gengivet af Spor i korte træk og ikke med kildernes ord")


def _counted(by_track: Mapping[tuple[int, str], Sequence[Action]]) -> Iterator[Block]:
    """The table of the actions by track and state, and what its signs mean."""
    columns, rows = counted_by_state(
        {f"{track}. {theme}": actions for (track, theme), actions in by_track.items()}
    )
    title = "Indsatser efter spor og seneste status"
    longest = [max(map(len, words.split())) + 2 for words in columns[1:]]
    yield Caption("Tabel", 1, title)
    yield Grid(columns, rows, (_TRACK_LETTERS, *longest), f"{title}: antal i hvert spor")
    yield text(COUNTED_SIGNS, kind="source")


def _figures(paper: Paper, pngs: Mapping[str, bytes]) -> Iterator[Block]:
    """The figures' readings by theme: those that are drawn each by itself, then the others."""
    numbers = {key: number for number, key in enumerate(pngs, start=1)}
    for theme in paper.themes:
        items = [item for item in paper.items if item.theme == theme and not _is_money(item)]
        if not items:
            continue
        yield Heading(theme.name, 2, key=f"Tema {theme.theme_id}")
        for item in items:
            key = item.exhibit.key
            if number := numbers.get(key):
                yield from keyed(f"{FIGURE}{key}", _drawn(item, number, pngs[key]))
        others = [item for item in items if item.exhibit.key not in numbers]
        yield from keyed(f"Samlet {theme.theme_id}", _gathered(others))


def _drawn(item: Item, number: int, png: bytes) -> Iterator[Block]:
    """A finding that refers to its figure, the figure, and its source with what else to know."""
    exhibit, deviations = item.exhibit, _deviations(item)
    yield text(
        f"{item.title.rstrip('.')}, jf. ",
        Reference("Figur", number),
        ". ",
        sentences(item.reading, *deviations),
    )
    yield Caption("Figur", number, exhibit.subtitle or item.title)
    yield Picture(png, PICTURE_CM, exhibit.alt)
    rest = [
        caveat for caveat in item.caveats if caveat not in deviations and not is_comment(caveat)
    ]
    yield text(sentences(exhibit.source, *rest, *item.roundings), kind="source")


def _gathered(items: Sequence[Item]) -> Iterator[Block]:
    """Figures of one or two numbers as points; caveats that several share stand once below."""
    counts = Counter(
        remark for item in items for remark in dict.fromkeys(item.remarks) if not is_comment(remark)
    )
    shared = [remark for remark, count in counts.items() if count > 1]
    for item in items:
        own = [remark for remark in item.remarks if remark not in shared and not is_comment(remark)]
        claims = (line.text for line in item.claims)
        point = text(sentences(item.title, *own, *claims), kind="bullet")
        yield replace(point, key=f"{FIGURE}{item.exhibit.key} 1")
    if items:
        yield text(
            sentences(*shared, sources_line(item.exhibit.source for item in items)), kind="source"
        )


def _comments(paper: Paper) -> Iterator[Block]:
    """What the administration says of figures, areas and initiatives."""
    if not paper.comments:
        return
    yield Heading(COMMENT if len(paper.comments) == 1 else COMMENTS, 2)
    for line in paper.comments:
        said = f" {line.text.rstrip('.')} ({line.given})."
        point = text(Strong(f"{line.subject}:"), said, kind="bullet")
        yield replace(point, key=f"Bemærkning {line.subject}")


def _deviations(item: Item) -> list[str]:
    return [line.text for line in item.claims if not line.is_rounding]


def _is_money(item: Item) -> bool:
    return item.indicator.unit == _MONEY


def _is_drawn(item: Item, few: bool) -> bool:
    marks = item.exhibit.marks
    if isinstance(marks, NumberMarks) or _is_money(item):
        return False
    if isinstance(marks, DotMarks | LineMarks) and not few:
        return len(item.exhibit.table.rows) > 2
    return True


def _resources(paper: Paper) -> Iterator[Block]:
    yield Heading("Ressourcer")
    yield from _gathered([item for item in paper.items if _is_money(item)])
    yield text(Blank("Økonomi og personale, eller »Sagen har ingen økonomiske konsekvenser«"))


def _next(paper: Paper) -> Iterator[Block]:
    yield Heading("Videre proces")
    planned = [
        action
        for action in paper.actions
        if action.state == STATE_NAMES["planned"] and action.is_current
    ]
    if planned:
        yield text("Planlagt ifølge seneste status:")
    for action in planned:
        point = text(sentences(f"{action.title}: {action.summary}"), kind="bullet")
        yield replace(point, key=f"Planlagt {action.title}")
    yield text(Blank("Hvornår udvalget hører mere"))


def _annexes(paper: Paper) -> list[tuple[str, str]]:
    """What is handed in beside it, by number; the short status only where there is one."""
    numbered = list(zip(annex_numbers(paper), ANNEXES, strict=True))
    return sorted(numbered) if paper.actions or paper.programme else numbered[1:]


def _case(paper: Paper) -> Text:
    case = paper.choice.case
    return text(
        Strong("Sagsbehandler: "),
        case.worker or Blank("Navn"),
        Strong(" · Sagsnummer: "),
        case.number or Blank("Sagsnummer"),
        Strong(" · Dato: "),
        case.written or Blank("Dato"),
    )
