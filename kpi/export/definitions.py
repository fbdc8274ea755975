"""What a paper says of an indicator beside its definition, and of a figure beside its value."""

from kpi.domain.model import Indicator


def about_source(indicator: Indicator) -> str:
    """`Om kilden: ...`, or empty."""
    return f"Om kilden: {indicator.source_note}" if indicator.source_note else ""
