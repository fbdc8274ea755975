"""The settings that Spor has, and names of the environment that were meant to be one."""

import os
from collections.abc import Iterable
from typing import Literal, get_args

from kpi.domain.errors import choices_hint, nearest

# What a server may be told not to do: asked before it is shown, and at its doors (ui/doors.py).
Switch = Literal["KPI_UPLOADS"]
SWITCHES: tuple[Switch, ...] = get_args(Switch)
SETTINGS = (
    "KPI_HOME", "KPI_DATA", "KPI_AREA", *SWITCHES, "KPI_LOG", "KPI_STATBANK_URL",
    "KPI_JOBINDSATS_URL", "KPI_UDDANNELSESSTATISTIK_URL", "KPI_FETCH_HOSTS", "KPI_EMBED_ORIGINS",
    "KPI_FAST", "KPI_KEEP_VERSIONS", "KPI_EXPORTS",
)  # fmt: skip
# How the setting of a source's key begins; its name follows.
OF_A_KEY = "KPI_TOKEN_"
_BEGINS = "KPI_"


def is_on(switch: Switch) -> bool:
    """Whether a switch is on: it is set to "on", to nothing, or not at all.

    A slip in what it is set to, or in its name, turns it off; whoever wanted it on will notice.
    """
    said = [os.environ.get(switch, "on")]
    slips = unknown_settings(os.environ).items()
    said += [os.environ[name] for name, meant in slips if meant == switch]
    return all(text.strip().casefold() in {"on", ""} for text in said)


def unknown_settings(names: Iterable[str]) -> dict[str, str]:
    """The names that begin as a setting's and are none, each with what it is a slip of or ""."""
    unknown = [
        name for name in names
        if name.upper().startswith(_BEGINS)
        and name not in SETTINGS
        and not name.startswith(OF_A_KEY)
    ]  # fmt: skip
    return {name: next(iter(nearest(name, SETTINGS)), "") for name in unknown}


def unknown_setting_lines(names: Iterable[str]) -> list[str]:
    """A Danish sentence of each, for a log: nobody would notice otherwise."""
    return [
        f"Indstillingen {name} findes ikke. "
        + (choices_hint(name, SETTINGS) if meant else f"Vælg en af: {', '.join(SETTINGS)}.")
        for name, meant in unknown_settings(names).items()
    ]
