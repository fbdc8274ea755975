"""The settings that Spor has, and names of the environment that were meant to be one."""

from collections.abc import Iterable

from kpi.domain.errors import choices_hint, nearest

SETTINGS = ("KPI_HOME", "KPI_DATA", "KPI_AREA", "KPI_UPLOADS", "KPI_LOG")
_BEGINS = "KPI_"


def unknown_settings(names: Iterable[str]) -> dict[str, str]:
    """The names that begin as a setting's and are none, each with what it is a slip of or ""."""
    unknown = [name for name in names if name.upper().startswith(_BEGINS) and name not in SETTINGS]
    return {name: next(iter(nearest(name, SETTINGS)), "") for name in unknown}


def unknown_setting_lines(names: Iterable[str]) -> list[str]:
    """A Danish sentence of each, for a log: nobody would notice otherwise."""
    return [
        f"Indstillingen {name} findes ikke. {choices_hint(name, SETTINGS)}"
        for name in unknown_settings(names)
    ]
