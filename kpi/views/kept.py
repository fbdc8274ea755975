"""What was kept of a published file, where it is not all of it."""

from kpi.ingest.checked import Checked
from kpi.ingest.table.formats import FORMATS

# What is not read of a workbook or a Parquet file cannot be searched for CPR numbers, and not kept.
KEPT_OF_WORKBOOK = (
    "Af projektmappen er arkene med tekster og talformater gemt; kommentarer, billeder, makroer og "
    "andet ved siden af cellerne er ikke."
)
KEPT_OF_PARQUET = (
    "Af Parquet-filen er kolonnerne med deres celler gemt; det, filen ellers fortæller om sig "
    "selv, er ikke."
)


def kept_words(checked: Checked) -> str:
    """The words for a workbook or a Parquet file; empty for a file that is kept as it is."""
    reader = FORMATS[checked.format].reader if checked.format else ""
    return {"parquet": KEPT_OF_PARQUET, "workbook": KEPT_OF_WORKBOOK}.get(reader, "")
