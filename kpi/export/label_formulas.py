"""Formulas that write a chart's labels from its numbers, in Danish on a machine of any language.

A number format follows the machine: 9,7 is 9.7 on an English one. These formulas do not.
"""

import re
from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.export.chart_book import Cell

# The most decimals that a label is searched for.
_MOST_DECIMALS = 3
# Of a text in a formula, in letters.
_MOST_LITERAL = 255
_Z = "1.959963984540054"


def label_formula(text: str, parts: Sequence[Cell]) -> str:
    """The formula that gives `text` from the cells it says, in their order; empty if it says none.

    A cell with a text is said whole, one with a number in Danish, with the decimals and the sign
    that it has in the text.
    """
    pieces: list[str] = []
    at = 0
    for part in parts:
        place = _place_of(part, text, at)
        if place is None:
            continue
        start, end, formula = place
        pieces += [_literal(text[at:start]), formula]
        at = end
    pieces.append(_literal(text[at:]))
    pieces = [piece for piece in pieces if piece]
    is_said = at > 0 and all(len(piece) <= _MOST_LITERAL or "(" in piece for piece in pieces)
    return "&".join(pieces) if is_said else ""


def broken_formula(cell: Cell, lines: Sequence[str]) -> str:
    """The formula of a name that is written in several lines; a shorter name later is in one."""
    if len(lines) == 1:
        return cell.at
    formula, at = cell.at, 0
    for line in lines[:-1]:
        at += len(line) + 1
        formula = f'IFERROR(REPLACE({formula},FIND(" ",{formula},{at}),1,CHAR(10)),{formula})'
    return formula if " ".join(lines) == cell.value and len(formula) < 4_000 else ""


def danish_number(cell: str, decimals: int, plus: bool = False) -> str:
    """The formula of a number with comma and points, a true minus, and with `plus` its plus."""
    size = f"ROUND(ABS({cell}),{decimals})"
    whole = f"INT({size})"
    thousands = f'"."&RIGHT("00"&MOD({whole},1000),3)'
    millions = f'"."&RIGHT("00"&MOD(INT({whole}/1000),1000),3)'
    grouped = (
        f'IF({whole}<1000,{whole}&"",IF({whole}<1000000,INT({whole}/1000)&{thousands},'
        f"INT({whole}/1000000)&{millions}&{thousands}))"
    )
    part = ""
    if decimals:
        zeros = "0" * (decimals - 1)
        steps = f"ROUND(({size}-{whole})*{10**decimals},0)"
        part = f'&","&RIGHT("{zeros}"&{steps},{decimals})'
    above = f'IF(ROUND({cell},{decimals})>0,"+","")' if plus else '""'
    return f'IF(ROUND({cell},{decimals})<0,"{fmt.MINUS}",{above})&{grouped}{part}'


def percent_formula(numerator: Cell, denominator: Cell) -> str:
    """A share in percent."""
    return f"100*{numerator.at}/{denominator.at}"


def interval_formula(numerator: Cell, denominator: Cell, is_upper: bool) -> str:
    """An end of the share's interval in percent, as Spor computes it: Wilson, 95 %."""
    count, of = numerator.at, denominator.at
    share = f"{count}/{of}"
    reach = f"{_Z}*SQRT(({share}*(1-{share})+{_Z}^2/(4*{of}))/{of})"
    middle, divisor = f"({share}+{_Z}^2/(2*{of})", f"(1+{_Z}^2/{of})"
    if is_upper:
        return f"IF({count}={of},100,100*{middle}+{reach})/{divisor})"
    return f"IF({count}=0,0,100*{middle}-{reach})/{divisor})"


def _place_of(part: Cell, text: str, at: int) -> tuple[int, int, str] | None:
    """Where the text says a cell, from `at` on: start, end, and the formula of it."""
    if isinstance(part.value, str):
        start = text.find(part.value, at) if part.value else -1
        return None if start < 0 else (start, start + len(part.value), part.at)
    if part.value is None:
        return None
    for decimals in range(_MOST_DECIMALS, -1, -1):
        for plus in (True, False):
            said = fmt.number(part.value, decimals, sign=plus)
            if plus and not said.startswith("+"):
                continue
            match = re.compile(rf"(?<![\d.,]){re.escape(said)}(?!\d|[.,]\d)").search(text, at)
            if match:
                return match.start(), match.end(), danish_number(part.at, decimals, plus)
    return None


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text else ""
