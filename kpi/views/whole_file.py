"""What a file's title, sheet and name say of all its rows, where it has no such column.

A recipe form proposes it; a person sees who says it, and may say otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from kpi.domain.catalog import Catalog
from kpi.domain.wording import listing
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.whole_file import area_of_all, group_of_all, period_of_all
from kpi.ingest.table.raw import FILE, NAME, Beside
from kpi.ingest.turning.column_texts import holds_periods
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import group_lookup
from kpi.ingest.words.written_periods import period_of
from kpi.views.recipe_draft import RecipeDraft


@dataclass(frozen=True)
class WholeFile:
    """The period, area and group of all rows (ids; empty: not said), and who says each."""

    period: str = ""
    area: str = ""
    group: str = ""
    who: dict[str, str] = field(default_factory=dict)

    def in_words(self, draft: RecipeDraft, catalog: Catalog) -> str:
        """What the draft takes from here, with who says it; empty where that is nothing."""
        period = period_of(draft.constant_period)
        taken = {
            "period": period.name() if period and draft.constant_period == self.period else "",
            "area": catalog.areas[self.area].name
            if self.area and draft.constant_area == self.area else "",
            "group": catalog.groups[self.group].name
            if self.group and draft.constant_group == self.group else "",
        }  # fmt: skip
        parts = [f"{name} ({self.who[key]})" for key, name in taken.items() if name]
        if not parts:
            return ""
        return f"Alle tal i filen læses som tal for {listing(parts)}. Ret det under »Flere valg«."


def whole_file(checked: Checked, catalog: Catalog) -> WholeFile:
    """What the file says of all its rows; nothing of what it has a column for."""
    proposal = checked.proposal or Proposal()
    stem = (checked.file.rpartition(".")[0] or checked.file).replace("_", " ")
    texts = [Beside(NAME, checked.title)] if checked.title else []
    constant, who = dict(proposal.constant), dict(proposal.constant_texts)

    def take(key: str, said: Callable[[list[Beside]], tuple[str, str]]) -> None:
        """Takes what the title says, else what the file is called."""
        for at in (texts, [Beside(FILE, stem)]):
            if key not in constant and (answer := said(at))[0]:
                constant[key], who[key] = answer

    if not proposal.period and not any(map(holds_periods, proposal.columns)):
        take("period", period_of_all)
    if not proposal.area:
        take("area", lambda at: area_of_all(at, area_lookup(catalog)))
    if proposal.group is None:
        take("group", lambda at: group_of_all(at, group_lookup(catalog)))
    texts_of = {key: who.get(key, "") for key in constant}
    return WholeFile(
        constant.get("period", ""), constant.get("area", ""), constant.get("group", ""), texts_of
    )
