"""Which periods are of the same season: a fall from summer to autumn may only be the autumn."""

from dataclasses import replace

from kpi.domain.compare import Change
from kpi.domain.period import parse_period
from kpi.domain.period_words import is_other_season
from kpi.domain.wording import change_phrase
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

SCHOOLS = replace(catalog(), school_figures=frozenset({"rate"}))


@for_each(
    ("earlier", "later", "is_of_schools", "differs"),
    [
        ("2026K2", "2026K3", False, True),
        ("2025K3", "2026K3", False, False),
        ("2026M06", "2026M07", False, True),
        ("2025M07", "2026M07", False, False),
        ("2024H1", "2024H2", True, True),
        ("2023H2", "2024H2", True, False),
        ("2024H1", "2024H2", False, False),
        ("2024", "2025", False, False),
        ("2024/2025", "2025/2026", True, False),
        ("2026K2", "2026M07", False, False),  # never compared
        ("2025M07D01", "2026M06D01", False, False),
    ],
)
def test_quarters_and_months_have_seasons(
    earlier: str, later: str, is_of_schools: bool, differs: bool
) -> None:
    known = SCHOOLS if is_of_schools else catalog()
    periods = parse_period(earlier), parse_period(later)
    assert is_other_season(*periods, indicator(), known) is differs
    change = Change(periods[0], 60.0, -20.0, None)
    phrase = change_phrase(change, observation(40.0, later), indicator(), known)
    assert phrase.endswith(" (ikke samme årstid)") is differs
