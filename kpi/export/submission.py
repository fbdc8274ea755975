"""An indstilling or a notat to a meeting, drafted from a paper: sections, sentences, figures.

What Spor knows is written, with its uncertainty, its source and its day; what it does not know is
a blank for a person to fill in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from kpi.domain import format as fmt
from kpi.domain.wording import capital, in_text, sentences
from kpi.exhibits.comments import COMMENT, COMMENTS
from kpi.export.annexes import annex_numbers
from kpi.export.corrected import MOST as MOST_CORRECTED
from kpi.export.corrected import corrected_lines, corrected_title, more_corrected
from kpi.export.paper import Paper, case_words
from kpi.export.plan_words import states_text
from kpi.export.submission_figures import drawn_items, figure_blocks, money_blocks, said_items
from kpi.export.submission_plan import plan_blocks, planned
from kpi.export.word_content import (
    Blank,
    Block,
    Grid,
    Heading,
    Strong,
    Text,
    WordPaper,
    keyed,
    text,
)
from kpi.plan.counts import scope_text

Submission = Literal["indstilling", "notat"]
SUBMISSION_NAMES: Mapping[Submission, str] = {"indstilling": "Indstilling", "notat": "Notat"}
ANNEXES = (
    "Kort status på handleplanen",
    "Nøgletal med kilder og forbehold",
)

# A count beside which others are written in digits too.
_IN_DIGITS = 100
# Whom a meeting is for, where its body's name says only that it is a meeting.
_DECIDES = {"Rådmandsmøde": "rådmanden"}


def submission(
    paper: Paper, form: Submission, pictures: Sequence[bytes], drawn_first: bool = False
) -> WordPaper:
    """The paper as an indstilling or a notat; `pictures` are those of `drawn_items`, as PNG.

    With `drawn_first` the sentences of a theme follow its pictures.
    """
    figures = len(paper.items)
    drawn = drawn_items(paper)
    paper = replace(paper, items=said_items(paper))
    pngs = {item.exhibit.key: png for item, png in zip(drawn, pictures, strict=True)}
    plan = list(plan_blocks(paper))
    name = SUBMISSION_NAMES[form]
    own = "Status på Integrationshandleplanen" if paper.actions else paper.title
    title = paper.choice.cover or own
    coordinated = text(Blank("Afdelinger, som sagen er afstemt med"))
    annexes = (
        replace(text(f"Bilag {number}: {title}"), keeps=True) for number, title in _annexes(paper)
    )
    blocks = (
        *keyed("Indledning", (Heading("Indledning"), _introduction(paper, figures))),
        *(keyed("Indstilling", _recommendation(paper)) if form == "indstilling" else ()),
        *keyed("Sagsfremstilling", [Heading("Sagsfremstilling")]),
        *keyed("Status", plan),
        *figure_blocks(paper, pngs, sum(isinstance(block, Grid) for block in plan), drawn_first),
        *keyed("Rettet", _corrected(paper)),
        *keyed("Bemærkninger", _comments(paper)),
        *keyed("Ressourcer", _resources(paper)),
        *keyed("Kommunikation", _communication()),
        *keyed("Videre proces", _next(paper)),
        *keyed("Koordineret", (Heading("Koordineret med"), coordinated)),
        *keyed("Bilag", (Heading("Bilag"), *annexes)),
        # No page has the last lines alone.
        *keyed("Sag", [replace(_case(paper), keeps=True)]),
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


def _corrected(paper: Paper) -> Iterator[Block]:
    """The figures that the meeting before saw with another value."""
    lines = corrected_lines(paper)
    if not lines:
        return
    yield Heading(corrected_title(paper), 2)
    for name, said in lines[:MOST_CORRECTED]:
        point = text(Strong(f"{name}:"), f" {said}.", kind="bullet")
        yield replace(point, key=f"Rettet {name}")
    if more := more_corrected(paper):
        yield text(sentences(more))


def _comments(paper: Paper) -> Iterator[Block]:
    """What the administration says of figures, areas and initiatives."""
    if not paper.comments:
        return
    yield Heading(COMMENT if len(paper.comments) == 1 else COMMENTS, 2)
    for line in paper.comments:
        said = f" {line.text.rstrip('.')} ({line.given})."
        point = text(Strong(f"{line.subject}:"), said, kind="bullet")
        yield replace(point, key=f"Bemærkning {line.subject}")


def _resources(paper: Paper) -> Iterator[Block]:
    yield Heading("Ressourcer")
    yield from money_blocks(paper)
    yield text(Blank("Økonomi og personale, eller »Sagen har ingen økonomiske konsekvenser«"))


def _next(paper: Paper) -> Iterator[Block]:
    yield Heading("Videre proces")
    to_come = planned(paper)
    if to_come:
        yield text("Planlagt ifølge seneste status:")
    for action in to_come:
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
