"""Which sign parts the fields of a text: only what stands outside quotation marks counts."""

import re
from collections.abc import Sequence

from kpi.ingest.words.heads import is_figure_name

_USUAL = (";", ",", "\t", "|")
# Signs that older programs set between fields, because no text has them.
_RARE = ("^", "~")
_RARE_LINES = 20
# A whole field in quotation marks, from one separator or end of a line to the next.
_QUOTED = re.compile(r'(?:(?<=[;,\t|^~\n\r])|\A)"(?:[^"]|"")*+"(?=[;,\t|^~\r\n]|\Z)')


def without_quoted(text: str) -> str:
    """A text without what its quoted fields hold: signs in them part nothing."""
    return _QUOTED.sub('""', text)


def delimiters_of(start: str) -> Sequence[str]:
    """What may part the fields of a text that begins so, the likeliest of equals first.

    A rare sign alone where each line has it equally often.
    """
    bare = without_quoted(start)
    lines = [line for line in bare.splitlines()[:_RARE_LINES] if line.strip()]
    for sign in _RARE:
        counts = {line.count(sign) for line in lines}
        most = max((line.count(usual) for line in lines for usual in ";\t|"), default=0)
        if len(lines) > 1 and len(counts) == 1 and counts.pop() > max(1, most):
            return (sign,)
    return [sign for sign in _USUAL if sign in bare]


def are_semicolons_in(start: str) -> bool:
    """Whether most lines have a semicolon outside quotation marks."""
    lines = [line for line in without_quoted(start).splitlines() if line.strip()]
    return 2 * sum(";" in line for line in lines) > len(lines)


def figure_columns(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many of `width` columns have figures in most of their filled cells.

    The sign that parts the fields gives more of them than one that is within the figures.
    """
    counted = 0
    for place in range(width):
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        counted += 2 * sum(map(is_figure_name, cells)) > len(cells)
    return counted
