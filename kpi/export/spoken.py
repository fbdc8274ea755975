"""A figure's speaker notes: what to say, what to watch, what is likely asked, then the facts."""

import re

from kpi.domain.units import unit_name
from kpi.domain.vocabulary import SAME, VERDICT_NAMES
from kpi.domain.wording import sentences
from kpi.exhibits.caveats import NO_EFFECT
from kpi.exhibits.comments import is_comment
from kpi.exhibits.reading import NO_COUNTS, NO_SPREAD, REGISTER
from kpi.export.definitions import about_source
from kpi.export.paper import Item, Paper

SAY, WATCH, ASKED, FACTS = "Sig", "Vær opmærksom på", "Det bliver der spurgt om", "Om tallet"
# So many questions are prepared: more are not remembered.
_MOST_QUESTIONS = 2
# How signs are said.
_SAID = (
    (re.compile(r"\s*%"), " procent"),
    (re.compile(r"\bca\.\s+"), "cirka "),
    (re.compile(r"(?<=\d)[-–](?=\d)"), " til "),
    (re.compile(r"[−–](?=\d)"), "minus "),
    (re.compile(r"\bkr\."), "kroner"),
    (re.compile(r"\bnr\.\s*"), "nummer "),
    (re.compile(r"\bpr\.\s*"), "per "),
)


def speaker_notes(item: Item, paper: Paper) -> str:
    """The notes of a figure's slide, a part a paragraph, each begun by what it is for."""
    indicator, exhibit = item.indicator, item.exhibit
    parts = [f"{SAY}: {spoken(sentences(item.title, item.reading))}"]
    watch = [remark for remark in item.remarks[1:] if not is_comment(remark)]
    if watch:
        parts.append(f"{WATCH}: {spoken(sentences(*watch))}")
    questions = likely_questions(item)
    if questions:
        said = " ".join(f"{asked} {answer}" for asked, answer in questions)
        parts.append(f"{ASKED}: {spoken(said)}")
    parts += [remark for remark in item.remarks if is_comment(remark)]
    facts = sentences(
        f"{FACTS}: {indicator.name}", exhibit.subtitle, f"Definition: {indicator.definition}",
        f"Enhed: {unit_name(indicator.unit)}", about_source(indicator), exhibit.source,
        *(line.text for line in item.claims), paper.dated, paper.basis,
    )  # fmt: skip
    return "\n".join([*parts, facts])


def likely_questions(item: Item) -> list[tuple[str, str]]:
    """What a committee asks of the figure, each with the answer; what matters most first."""
    said = " ".join(item.remarks)
    asked = [
        (f"Hvorfor står der {line.reported} i papiret?", sentences(line.text, line.working))
        for line in item.claims
        if not line.is_rounding
    ]
    if NO_EFFECT in said:
        asked.append(("Viser tallet, at indsatsen virker?", f"Nej. {NO_EFFECT}"))
    if VERDICT_NAMES[SAME] in said:
        answer = "Det kan ikke siges. Forskellen kan være tilfældig, når så få tælles med."
        asked.append(("Er de så ens?", answer))
    elif "statistisk sikker" in said:
        answer = "Nej. Tallet siger kun, at den næppe er tilfældig."
        asked.append(("Ved vi, hvad forskellen skyldes?", answer))
    for remark in (NO_COUNTS, NO_SPREAD, REGISTER):
        if remark in said:
            asked.append(("Hvor sikkert er tallet?", remark))
    if any(row.is_approximate for row in item.exhibit.observations):
        answer = "Kilden oplyser det kun omtrentligt."
        asked.append(("Hvad er det præcise tal?", answer))
    return asked[:_MOST_QUESTIONS]


def spoken(text: str) -> str:
    """The text with its signs as words: `31 af 81 (38 procent, sikkerhedsinterval 28 til 49 …)`."""
    for sign, words in _SAID:
        text = sign.sub(words, text)
    return text
