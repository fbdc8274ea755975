"""The parts of a spreadsheet's number format: which digits, dates and words it shows when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|Standard)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|A/P)"
    r"|(?P<number>[0#?.,]+|E[+-])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """One of the parts that `;` divides a format into.

    `letters` are its date parts in lower case (`yy`, `mm`; minutes are `min`), `literal` all text
    that it shows, `numeric` its digits, marks and commas; `condition` as in `[<5]`.
    """

    parts: tuple[tuple[str, str], ...] = ()
    condition: tuple[str, float] | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The date parts in their order."""
        return tuple(text for kind, text in self.parts if kind == "date")

    @property
    def literal(self) -> str:
        """The text that is shown with any number."""
        return "".join(text for kind, text in self.parts if kind == "text")

    @property
    def numeric(self) -> str:
        """Digits, marks and commas, as `#,##0.0`; `General` where the number is shown whole."""
        return "".join(text for kind, text in self.parts if kind == "number")

    @property
    def shows_text(self) -> bool:
        """Whether the cell's own text has a place in it (`@`)."""
        return any(kind == "value" for kind, _ in self.parts)

    def applies(self, number: float) -> bool:
        """Whether its condition is true of a number."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        return {
            "<": number < limit, "<=": number <= limit, ">": number > limit,
            ">=": number >= limit, "=": number == limit, "<>": number != limit,
        }[sign]  # fmt: skip


@lru_cache(maxsize=4096)
def sections(number_format: str) -> tuple[Section, ...]:
    """The parts of a format; one empty part of an empty format."""
    done: list[Section] = []
    parts: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for piece in _PIECE.finditer(number_format):
        if piece["other"] == ";":
            done.append(Section(_with_minutes(parts), condition))
            parts, condition = [], None
        elif (bracket := piece["bracket"]) is not None:
            if limit := _CONDITION.fullmatch(bracket.strip()):
                condition = (limit[1], float(limit[2]))
            elif currency := _CURRENCY.fullmatch(bracket):
                parts.append(("text", currency[1]))
            elif re.fullmatch(r"h+|m+|s+", bracket, re.IGNORECASE):
                parts.append(("date", "h"))  # elapsed time
        else:
            parts += _part(piece)
    done.append(Section(_with_minutes(parts), condition))
    return tuple(done)


def _part(piece: re.Match[str]) -> list[tuple[str, str]]:
    if piece["general"]:
        return [("number", "General")]
    if piece["date"]:
        text = piece["date"].lower()
        return [("date", "h" if text.startswith("a") else text)]
    if piece["number"]:
        # Between date parts a mark is only a mark.
        return [("number", piece["number"])]
    text = piece["quoted"] or piece["escaped"] or piece["other"] or ""
    return [("value" if piece["other"] == "@" else "text", text)] if text else []


def _with_minutes(parts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The parts with `m` next to hours or seconds as minutes, and marks of dates as text."""
    dates = [place for place, (kind, _) in enumerate(parts) if kind == "date"]
    made = list(parts)
    for at, place in enumerate(dates):
        near = [parts[dates[n]][1][0] for n in (at - 1, at + 1) if 0 <= n < len(dates)]
        before, after = near[0] if at else "", near[-1] if at + 1 < len(dates) else ""
        if parts[place][1] in {"m", "mm"} and (before == "h" or after == "s"):
            made[place] = ("date", "min")
    if dates:
        made = [("text" if kind == "number" else kind, text) for kind, text in made]
    return tuple(made)
