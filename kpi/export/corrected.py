"""Figures that the meeting before saw with another value, in the papers that are read as text.

The annex, the slides and the workbook have them in their table of what is new.
"""

from kpi.domain import format as fmt
from kpi.domain.wording import sentences
from kpi.export.news import CHANGED_FIGURE
from kpi.export.paper import Paper

# So many are written out; the annex lists all.
MOST = 6


def corrected_title(paper: Paper) -> str:
    """`Rettet siden mødet 27. november 2026 (Rådmandsmøde)`."""
    return f"Rettet {paper.since_meeting}"


def corrected_lines(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Each figure's name with its period, and its values: `45,0 % ved mødet, nu 41,0 %`."""
    return tuple(
        (name, f"{then} ved mødet, nu {now}")
        for kind, name, then, now in paper.news
        if kind == CHANGED_FIGURE
    )


def more_corrected(paper: Paper) -> str:
    """How many there are beside those that are written out; empty where all are."""
    more = len(corrected_lines(paper)) - MOST
    if more < 1:
        return ""
    count = fmt.counted(more, "rettet tal", "rettede tal")
    return f"Yderligere {count} står i bilaget med nøgletal"


def corrected_text(paper: Paper) -> str:
    """All of it in a sentence or two; empty where no figure is corrected."""
    lines = corrected_lines(paper)
    if not lines:
        return ""
    listed = "; ".join(f"{name}: {said}" for name, said in lines[:MOST])
    return sentences(f"{corrected_title(paper)}: {listed}", more_corrected(paper))
