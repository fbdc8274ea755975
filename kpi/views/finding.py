"""What the front page and an area's page find: the worst place and the best one, in words."""

import re
from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN
from kpi.domain.judgement import basis_name, summary
from kpi.domain.model import Area
from kpi.domain.vocabulary import VERDICT_NAMES
from kpi.domain.wording import among, in_text
from kpi.views.placed import Placed, best_first, worst_first

_MOST_MUNICIPALITIES = "de fleste kommuner"
# Whose places are within this share of all are among the best.
_TOP = 0.1


def finding(area: Area, figures: Sequence[Placed], catalog: Catalog) -> str:
    """`Aarhus ligger dårligere end hele landet på beskæftigelse, men bedre end ... på fravær`.

    The figure with the worst place stands against the one with the best. Where all that differ lie
    to one side: how many of them there are. Empty where nothing is judged.
    """
    worse, better = worst_first(figures), best_first(figures)
    if not worse or not better:
        return summary(area, [each.comparison for each in figures], catalog, noun="nøgletal")
    worst, best = worse[0], better[0]
    first, second = (_basis(each, area, catalog) for each in (worst, best))
    against = f" end {second}" if second != first else ""
    return (
        f"{area.name} ligger {VERDICT_NAMES['worse']} end {first} på "
        f"{_subject(worst, figures, catalog)}, men {VERDICT_NAMES['better']}{against} på "
        f"{_subject(best, figures, catalog)}"
    )


def standing(area: Area, figures: Sequence[Placed], catalog: Catalog) -> str:
    """`Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær`.

    The title of a municipality's own page, which shows its places; Overblik says what it is
    compared with. Empty unless some figures are worse and some better.
    """
    worse, better = worst_first(figures), best_first(figures)
    if not worse or not better:
        return ""
    alike = _alike(better[0], better, catalog)
    is_at_top = all(each.rank and each.rank.place <= _TOP * each.rank.of for each in alike)
    return (
        f"{area.name} ligger efter på {_subject(worse[0], figures, catalog)}, men "
        f"{'blandt de bedste' if is_at_top else 'foran'} på "
        f"{_subject(better[0], figures, catalog)}"
    )


def _basis(each: Placed, area: Area, catalog: Catalog) -> str:
    """Who the figure is compared with: for a median, most municipalities where that is so."""
    says_most = each.beats_most if each.comparison.verdict == "better" else each.trails_most
    if each.comparison.with_id == MEDIAN and says_most:
        return _MOST_MUNICIPALITIES
    return basis_name(each.comparison, catalog, area)


def _subject(each: Placed, figures: Sequence[Placed], catalog: Catalog) -> str:
    """What the figure is of, inside a sentence: `beskæftigelse`, `fravær i udskolingen`.

    The plain word without group and remark where all judged figures of that name say the same.
    """
    indicator = catalog.indicators[each.row.indicator_id]
    name = _bare(indicator.short_name)
    alike = _alike(each, figures, catalog)
    is_of_all = any(other.row.group_id == "all" for other in alike)
    verdicts = {other.comparison.verdict for other in alike}
    if len(verdicts) == 1 and (is_of_all or len(alike) > 1):
        return in_text(name)
    if each.row.group_id == "all":
        return in_text(indicator.short_name)
    return f"{in_text(indicator.short_name)} {among(catalog.groups[each.row.group_id].name)}"


def _alike(each: Placed, figures: Sequence[Placed], catalog: Catalog) -> list[Placed]:
    """Those of the figures that have the same plain name: its groups, and the same in an index."""
    name = _bare(catalog.indicators[each.row.indicator_id].short_name)
    return [
        other
        for other in figures
        if _bare(catalog.indicators[other.row.indicator_id].short_name) == name
    ]


def _bare(name: str) -> str:
    """A short name without the remark in its parentheses."""
    return re.sub(r"\s*\([^()]*\)", "", name)
