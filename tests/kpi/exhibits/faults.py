"""What may be wrong with an exhibit, whichever it is: listed as text, so that a test shows it."""

import re

from kpi.domain.catalog import Catalog
from kpi.domain.selection import read_selection
from kpi.exhibits import Exhibit
from tests.kpi.charts.drawn import beyond_axes, texts, validated

# What Python writes where there is no value, and punctuation that went wrong.
_PYTHON = re.compile(r"\b(None|nan|NaN|inf|True|False)\b|[{}\[\]]")
_PUNCTUATION = re.compile(r"\.\.|,,| [.,;:)]|\( |;\.")


def faults_of(exhibit: Exhibit, catalog: Catalog) -> list[str]:
    """Every fault of an exhibit and its figure; ValueError where Plotly refuses the figure."""
    said = {
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "alt": exhibit.alt,
        "source": exhibit.source,
    }
    faults = [f"no {name}" for name, text in said.items() if not text.strip()]
    if not exhibit.alt.endswith(".") or exhibit.alt.endswith(".."):
        faults.append(f"alt ends wrongly: {exhibit.alt[-20:]}")
    if exhibit.title not in exhibit.alt:
        faults.append("the takeaway is not in the alt text")
    if not exhibit.source.startswith(("Kilde: ", "Kilder: ")):
        faults.append(f"source: {exhibit.source}")
    cells = [cell for row in exhibit.table.rows for cell in row]
    if not cells or "" in cells:
        faults.append("the table has no rows, or empty cells")
    if {len(row) for row in exhibit.table.rows} != {len(exhibit.table.columns)}:
        faults.append("the table's rows and columns do not fit")
    if not exhibit.observations:
        faults.append("no observations")
    shown = [*said.values(), *exhibit.remarks, *exhibit.table.columns]
    faults += [f"punctuation: {text}" for text in shown if _PUNCTUATION.search(text)]
    shown += [*cells, *texts(validated(exhibit.figure))]
    faults += [f"Python in: {text}" for text in shown if _PYTHON.search(_without_hover(text))]
    faults += [f"not drawn: {point}" for point in beyond_axes(exhibit.figure)]
    link = exhibit.selection
    again, notes = read_selection(link.page, link.parameters(), catalog)
    if again != link or notes:
        faults.append(f"the link does not lead back: {link.path()} {notes}")
    return faults


def _without_hover(text: str) -> str:
    return text.replace("%{text}", "").replace("%{hovertext}", "")
