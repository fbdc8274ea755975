"""Whether a heading or a text that a person wrote says the opposite of a figure."""

import re
from collections.abc import Iterable, Iterator

from kpi.domain.wording import Badge
from kpi.export.paper import Item, Paper

# Words that speak for one direction, and those that speak for the other.
_LEVEL = (
    r"over|højere|højest\w*|flere",
    r"under|lavere|lavest\w*|færre",
)
_JUDGED = (
    r"bedre|bedst\w*|foran|forbedr\w*|flot\w*",
    r"dårlig\w*|værre|værst\w*|ringere|bagud|bagefter|halter|forværr\w*",
)
_MOVED = (
    r"stig\w*|steg\w*|voks\w*|vækst\w*",
    r"fald\w*",
)
# A line, or a sentence of one; a number keeps the dot of its thousands.
_SENTENCES = re.compile(r"\n|(?<=[^\d][.!?])\s+")
_NEGATION = re.compile(r"\b(ikke|ingen|intet|hverken|uden|trods)\s+(\w+\s+){0,2}$")
# A limit (»over 30«, »under 18 år«) is no place over or under another.
_OF_A_NUMBER = r"(?!\s+\d)"


def contradiction(item: Item) -> str:
    """What the figure says where the item's own heading says the opposite; empty where it fits.

    `Overskriften siger »bedre«, men figuren viser: dårligere end hele landet.` A heading that
    denies something, or that speaks for both directions, is left to its reader.
    """
    own = _bare(item.title, item)
    if item.title == item.exhibit.title:
        return ""
    return next((_words("Overskriften", each) for each in _contradictions(own, item)), "")


def slide_contradictions(paper: Paper) -> tuple[str, ...]:
    """What the paper's own slides of text say against its figures, a sentence each."""
    followed = {item.exhibit.key: item for item in paper.items}
    return tuple(
        said
        for own in paper.choice.slides
        for said in text_contradictions(
            f"Sliden »{own.title}«",
            f"{own.title}\n{own.text}",
            followed.get(own.after),
            paper.items,
        )
    )


def text_contradictions(
    name: str, text: str, followed: Item | None, items: Iterable[Item]
) -> tuple[str, ...]:
    """What a text says against the figures; `name` is what the text is called.

    A sentence is of the figures whose indicator it names; of the one that the text follows or
    stands by (`followed`), where it names none.
    """
    known, said = tuple(items), {}
    for sentence in filter(None, map(str.strip, _SENTENCES.split(text))):
        about = [item for item in known if _is_named(item, sentence)]
        for item in about or filter(None, [followed]):
            opposite = next(_contradictions(_bare(sentence, item), item), None)
            if opposite:
                of = "" if opposite[1].startswith("»") else f" »{item.exhibit.title}«"
                said[_words(name, opposite, f"figuren{of}")] = True
    return tuple(said)


def _is_named(item: Item, sentence: str) -> bool:
    names = {item.indicator.name.lower(), item.indicator.short_name.lower()}
    return any(re.search(rf"\b{re.escape(name)}", sentence.lower()) for name in names)


def _contradictions(own: str, item: Item) -> Iterator[tuple[str, str]]:
    """The words that a text says, and what the figure shows instead."""
    verdict = item.verdict
    said = _side(own, _JUDGED)
    if verdict and said:
        better, worse = verdict.kind == "better", verdict.kind == "worse"
        fits = better if said[0] == 0 else worse
        if not fits:
            yield said[1], _shown(verdict)
    level = _side(own, _LEVEL)
    if verdict and verdict.kind == "same" and level:
        yield level[1], _shown(verdict)
    proposed = _bare(item.exhibit.title, item)
    for words in (_LEVEL, _MOVED):
        mine, theirs = _side(own, words), _side(proposed, words)
        if mine and theirs and mine[0] != theirs[0]:
            yield mine[1], f"»{item.exhibit.title}«"
    higher_or_lower = {"higher": 0, "lower": 1}.get(verdict.kind) if verdict else None
    if verdict and level and higher_or_lower not in (None, level[0]):
        yield level[1], _shown(verdict)


def _shown(verdict: Badge) -> str:
    return verdict.text[:1].lower() + verdict.text[1:]


def _words(name: str, opposite: tuple[str, str], figure: str = "figuren") -> str:
    word, shown = opposite
    return f"{name} siger »{word}«, men {figure} viser: {shown}."


def _bare(title: str, item: Item) -> str:
    """A title in small letters without its indicator's name, which may hold such words itself."""
    text = title.lower()
    for name in (item.indicator.name, item.indicator.short_name):
        text = text.replace(name.lower(), " ")
    return text


def _side(text: str, words: tuple[str, str]) -> tuple[int, str] | None:
    """Which of two directions a text speaks for, and by which word; None for neither or both.

    What it denies (»ikke bedre«) it speaks for in neither.
    """
    matches = [re.search(rf"\b({side})\b{_OF_A_NUMBER}", text) for side in words]
    match matches:
        case [re.Match() as only, None] | [None, re.Match() as only]:
            if _NEGATION.search(text[: only.start()]):
                return None
            return matches.index(only), only.group(1)
    return None
