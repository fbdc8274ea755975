"""A period that few areas have figures for yet: what is compared there is the one before."""

from datetime import timedelta

# Fewer than half of the areas are a beginning, unless all of the last years have no more: then the
# areas are fewer now.
LEAST_PART = 0.5
LOOKED_BACK = timedelta(days=3 * 366)


def is_begun(areas: int, most: int) -> bool:
    """Whether a period of so many areas is only begun, beside the fullest of the last years."""
    return areas < LEAST_PART * most
