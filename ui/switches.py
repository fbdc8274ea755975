"""What this server takes in, and hence which pages it shows."""

from kpi.domain.pages import PAGES
from kpi.system.settings import is_on


def uploads_are_open() -> bool:
    """Whether this process takes in anything: files, rows of the plan, statements, indicators.

    Yes, unless KPI_UPLOADS says anything but "on".
    """
    return is_on("KPI_UPLOADS")


def shown_pages() -> tuple[str, ...]:
    """The paths of the pages in the navigation; while uploads are closed, not the one for them."""
    return tuple(path for path in PAGES if path != "indlaes" or uploads_are_open())
