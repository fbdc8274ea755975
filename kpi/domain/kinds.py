"""What the kinds of indicator mean, in one table; each place asks for the property it needs.

A kind without a row here is a fault of the program: looking it up fails, and nothing is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kpi.domain.vocabulary import Kind

# Where an observation says how many persons are behind it.
PersonsIn = Literal["value", "numerator", "denominator"]

# The units of money, of whatever kind.
MONEY = ("dkk_per_year",)


@dataclass(frozen=True)
class KindProperties:
    """What holds for every indicator of a kind.

    `lowest` and `highest` are the values it may have (None: no limit). `is_proportion`: values are
    percentages, differences percentage points. `is_total`: it grows with the area's size, so areas
    are neither ranked nor judged by it. `is_rate`: areas of any size compare, and chance is asked
    for. `is_bare`: the unit names what is counted and is not written after each value.
    `is_quantity`: how many or how much, whole where it has no decimals; it moves and differs in
    parts of itself. `keeps_decimals`: approximate values keep the indicator's decimals.
    """

    persons_in: PersonsIn
    lowest: float | None
    highest: float | None
    is_proportion: bool = False
    is_total: bool = False
    is_rate: bool = False
    is_quantity: bool = False
    is_bare: bool = False
    keeps_decimals: bool = False
    usual_decimals: int = 0


KIND_PROPERTIES: Mapping[Kind, KindProperties] = {
    "proportion": KindProperties(
        "numerator", 0, 100, is_proportion=True, is_rate=True, usual_decimals=1
    ),
    "count": KindProperties("value", 0, None, is_total=True, is_quantity=True, is_bare=True),
    "mean": KindProperties(
        "denominator", None, None, is_rate=True, is_bare=True, keeps_decimals=True,
        usual_decimals=1,
    ),
    "amount": KindProperties("denominator", None, None, is_quantity=True),
}  # fmt: skip

# For SQL, as a bound parameter.
RATE_KINDS = [kind for kind, properties in KIND_PROPERTIES.items() if properties.is_rate]
