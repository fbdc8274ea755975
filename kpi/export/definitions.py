"""What a paper says of an indicator beside its definition, and of a figure beside its value."""

from kpi.domain.model import Indicator

DIRECTION_NAMES = {
    "higher_is_better": "højere er bedre", "lower_is_better": "lavere er bedre",
    "neutral": "hverken højere eller lavere er bedre",
}  # fmt: skip
STATUS_NAMES = {
    "final": "endelig", "preliminary": "foreløbig", "approximate": "cirka",
    "at_least": "mindst", "at_most": "højst", "range": "interval",
    "suppressed": "skjult", "missing": "ikke oplyst", "not_applicable": "ikke relevant",
}  # fmt: skip
# How a figure belongs to its period.
MEASURED_NAMES = {
    "over": "over perioden", "at": "ved periodens slutning",
    "since": "i alt til periodens slutning", "reported": "opgørelsesdag ikke oplyst",
}  # fmt: skip


def about_source(indicator: Indicator) -> str:
    """`Om kilden: ...`, or empty."""
    return f"Om kilden: {indicator.source_note}" if indicator.source_note else ""
