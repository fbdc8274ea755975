"""The action plan: its initiatives with their states, its meetings, events and targets."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain.period import last_day
from kpi.domain.vocabulary import STATE_NAMES, InitiativeState, Precision, TargetState

# Left out of the newest report, first mentioned in it, and without any status.
NOT_MENTIONED, FIRST_REPORTED = "Mangler statusopdatering", "Ny i opfølgningen"
NO_STATUS = "Ingen status endnu"
# What initiatives are looked for by: a state, none yet, or left out of the newest report.
WITHOUT_STATUS, SILENT = "ingen", "uden_nyt"
STATUS_CHOICES: Mapping[str, str] = {
    **STATE_NAMES, WITHOUT_STATUS: NO_STATUS, SILENT: NOT_MENTIONED,
}  # fmt: skip
# The words of a status are no quotation, unless a paper's page is given with them.
SUMMARY = "Status i korte træk"
SUMMARY_NOTE = f"{SUMMARY} er Spors gengivelse af kilden, ikke et citat."
# As many as a text that a person enters may have.
MOST_LETTERS = 400


@dataclass(frozen=True)
class Meeting:
    """A meeting that figures are handed in to; `entered` is when a person added it, None: data/."""

    meeting_id: str
    day: datetime.date
    body: str
    title: str
    entered: datetime.date | None = None

    @property
    def date(self) -> str:
        """The day as the tables write it."""
        return self.day.isoformat()


@dataclass(frozen=True)
class Status:
    """An initiative's status on a day (`date` as exact as the source is).

    `summary` is what the source says in short, not word for word. `is_report`: it was reported
    together with others, in a paper; else a person entered it by itself. `entered` is when a person
    did, None: data/.
    """

    initiative_id: str
    date: str
    state: InitiativeState
    summary: str
    source_id: str
    is_report: bool = True
    entered: datetime.date | None = None

    @property
    def day(self) -> datetime.date:
        """The last day that the date covers; of this month or year the day it was entered."""
        last = last_day(self.date)
        return min(last, self.entered) if self.entered else last


@dataclass(frozen=True)
class Initiative:
    """An action of the plan. `statuses` are oldest first; `indicator_ids` may have no figures."""

    initiative_id: str
    theme_id: str
    title: str
    responsible: str
    started: str
    indicator_ids: tuple[str, ...]
    statuses: tuple[Status, ...]

    def status_on(self, day: datetime.date) -> Status | None:
        """The newest status that was known by the end of a day; None before the first."""
        known = [
            status
            for status in self.statuses
            if status.day <= day and (status.entered is None or status.entered <= day)
        ]
        return known[-1] if known else None


@dataclass(frozen=True)
class Event:
    """Something that happened (or is planned) on a day, in a month, or in a season."""

    event_id: str
    date: str
    precision: Precision
    area_id: str
    theme_id: str
    title: str
    source_id: str

    @property
    def day(self) -> datetime.date:
        """The last day that the date covers."""
        return last_day(self.date)


@dataclass(frozen=True)
class Target:
    """A value that an indicator, area, group and period is to reach, may reach, or could.

    `state` says which (TargetState). `set_on` is the day its source was published, or a person
    entered it; None where neither is known.
    """

    target_id: str
    indicator_id: str
    area_id: str
    group_id: str
    period: str
    value: float
    state: TargetState
    note: str
    source_id: str
    set_on: datetime.date | None = None

    @property
    def is_decided(self) -> bool:
        """Whether figures are judged by it: not by a proposal, a ceiling or a law's limit."""
        return self.state == "decided"

    @property
    def is_the_laws(self) -> bool:
        """Whether it is a limit in a law, which nobody here has set or aims at."""
        return self.state == "legal_threshold"


@dataclass(frozen=True)
class Remark:
    """What a paper says of one figure: of an indicator, area, group and period.

    `entered` is when a person entered it, None: data/.
    """

    remark_id: str
    indicator_id: str
    area_id: str
    group_id: str
    period: str
    text: str
    source_id: str
    entered: datetime.date | None = None


@dataclass(frozen=True)
class Comment:
    """What the administration says of an indicator (in an area), of an area, or of an initiative.

    Ids that it is not about are empty. `date` is the day it was given, `meeting_id` the meeting
    that it was given for, if any. `entered` is when a person entered it, None: data/.
    """

    comment_id: str
    date: str
    author: str
    text: str
    indicator_id: str
    area_id: str
    initiative_id: str
    meeting_id: str
    entered: datetime.date | None = None

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it is about; a later comment on the same replaces it."""
        return self.indicator_id, self.area_id, self.initiative_id


@dataclass(frozen=True)
class Plan:
    """Initiatives, events and targets, as known by the end of the store's day."""

    initiatives: tuple[Initiative, ...]
    events: tuple[Event, ...]
    targets: tuple[Target, ...]

    def of_theme(self, theme_id: str) -> tuple[Initiative, ...]:
        """The theme's initiatives, in table order."""
        return tuple(
            initiative for initiative in self.initiatives if initiative.theme_id == theme_id
        )
