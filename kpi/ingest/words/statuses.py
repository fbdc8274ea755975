"""How files write the status of a figure, and how it belongs to its period."""

import re
from collections.abc import Iterable, Mapping

from kpi.domain.vocabulary import FigureStatus
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.status_codes import status_code

_STATUSES = {
    "final": ("final", "endelig", "endeligt", "endelige"),
    "preliminary": (
        "preliminary", "foreløbig", "foreløbigt", "foreløbige", "forel.", "provisional", "prov.",
        "prel.", "ikke endelig", "ikke endeligt", "ikke endelige", "ej endelig", "ej endeligt",
    ),
    "approximate": (
        "approximate", "cirka", "ca.", "ca", "omtrentlig", "omtrentligt", "skøn", "skønnet",
        "skønnede", "skønsmæssig", "skønsmæssigt", "estimat", "estimeret", "estimerede",
        "estimate", "estimated", "anslået", "anslåede",
    ),
    "at_least": ("at_least", "mindst"),
    "at_most": ("at_most", "højst"),
    "range": ("range", "interval"),
    "suppressed": (
        "suppressed", "skjult", "diskretioneret", "fortrolig", "fortroligt", "confidential",
    ),
    "missing": ("missing", "mangler", "ikke oplyst", "uoplyst"),
    "not_applicable": ("not_applicable", "ikke relevant", "not applicable"),
}  # fmt: skip

# `(foreløbigt tal)`: what is around the word that counts.
_AROUND_STATUS = re.compile(
    r"[(\[]?\s*(.*?)\s*(?:\b(?:tal(?:lene)?|opgørelse[rn]?|værdi(?:er)?|figures?))?\s*[)\]]?",
    re.IGNORECASE,
)

# What a person may write; the first Danish word of each is the one that is offered.
STATUS_WORDS = {status: names[1] for status, names in _STATUSES.items()}


def _hint(words: Iterable[str]) -> str:
    """`Skriv endelig, foreløbig eller skjult.`"""
    *others, last = words
    return f"Skriv {', '.join(others)} eller {last}."


STATUS_HINT = _hint(STATUS_WORDS.values())


def status_to_write(status: FigureStatus) -> str:
    """The word that a person is told to write: `»foreløbig«`."""
    return f"»{STATUS_WORDS[status]}«"


_MEASURED = {
    "over": ("over", "over perioden", "i perioden"),
    "at": ("at", "på dato", "pr. dato", "på dagen"),
    "since": ("since", "siden"),
    "reported": ("reported", "oplyst"),
}

MEASURED_WORDS = {measured: names[1] for measured, names in _MEASURED.items()}
MEASURED_HINT = _hint(MEASURED_WORDS.values())


def status_of(text: str) -> str | None:
    """The status that a file writes, in English or Danish, or as a standard code (`p`, `:`).

    Empty where the code adds nothing to what the figure's own cell says.
    """
    word = status_word(text)
    code = status_code(bare_status(text)) if word is None else None
    return code.status if code else word


def bare_status(text: str) -> str:
    """A status without its brackets and the word it is said of: `(foreløbige tal)`."""
    match = _AROUND_STATUS.fullmatch(unmarked(text).strip())
    return (match[1] if match else "") or text


def status_word(text: str) -> str | None:
    """The status that a file writes in English or Danish; None for codes and all else."""
    return _meant(bare_status(text), _STATUSES)


def says_how_sure(text: str) -> bool:
    """Whether a text is a word of status of a figure that is there: `foreløbig`, `endelig`."""
    return status_word(text) in ("final", "preliminary", "approximate")


def measured_of(text: str) -> str | None:
    """How a figure belongs to its period, as a file writes it in English or Danish."""
    return _meant(text, _MEASURED)


def _meant(text: str, named: Mapping[str, tuple[str, ...]]) -> str | None:
    wanted = folded(unmarked(text))
    return next(
        (id_ for id_, names in named.items() if wanted in {folded(name) for name in names}), None
    )
