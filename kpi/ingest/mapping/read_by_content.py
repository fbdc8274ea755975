"""In words how a file was understood that nobody described."""

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.mapping.proposed_recipe import Proposal

# What heads name that become rows.
_IN_HEADS = {
    "periode": "perioder",
    "område": "områder",
    "gruppe": "grupper",
    "nøgletal": "nøgletal",
}


def read_as(proposal: Proposal, own_group: str, called: str) -> Problem:
    """How a file was understood that nobody described.

    `own_group` is the indicator's own, `called` the indicator that the figures are called by.
    """
    group = f" Gruppen er nøgletallets egen: {own_group}." if own_group else ""
    if called:
        group = f" Tallene hedder som nøgletallet »{called}«.{group}"
    return Problem(
        "read_by_content", "", None, None, None,
        f"Filen læses efter sit indhold: {understood_words(proposal)}.{group}",
        "Gem det som en opskrift, hvis der kommer flere filer af samme slags.",
    )  # fmt: skip


def understood_words(proposal: Proposal) -> str:
    """`område i »OMRÅDE«, periode i »TID« og tallet i »INDHOLD«; kun rækker, hvor ...`."""
    roles = {
        "nøgletal": proposal.indicator.column if proposal.indicator else "",
        "område": proposal.area, "gruppe": proposal.group.column if proposal.group else "",
        "periode": proposal.period, "tallet": proposal.value, "tæller": proposal.numerator,
        "nævner": proposal.denominator, "status": proposal.status,
    }  # fmt: skip
    made = set(proposal.made_columns) - {""}
    in_file = [f"{role} i »{name}«" for role, name in roles.items() if name and name not in made]
    in_heads = [words for role, words in _IN_HEADS.items() if roles[role] in made]
    if proposal.value in made:
        in_file.append(f"{in_heads[0] if in_heads else 'delene af året'} i kolonnernes navne")
        in_file.append("tallene under dem")
    parts = listing(in_file)
    kept_words = [f"{name} er »{texts[0]}«" for name, texts in proposal.keep.items()]
    return parts + (f"; kun rækker, hvor {listing(kept_words)}" if kept_words else "")
