"""Where a guide's task is done, as an address of a page."""

from kpi.domain.catalog import Catalog
from kpi.domain.guides import Task
from kpi.domain.selection import Selection, read_selection


def place_of(task: Task, catalog: Catalog) -> Selection:
    """The view where a task is done."""
    return read_selection(task.page, task.parameters, catalog)[0]
