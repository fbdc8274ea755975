"""Where percentages come to 100, the counts beside them tell their total: no hidden one follows."""

from itertools import product
from pathlib import Path

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.totals_of_shares import _is_disclosed, _Pair
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import HEAD, made

# Parts of a total that no row says: the areas of a level, the quarters of a year.
AREAS = [(area, "all", "2024") for area in ("gellerup", "viby_syd", "tilst")]
QUARTERS = [("randers", "all", f"2024K{number}") for number in (1, 2, 3, 4)]
# Of each how many, with how many others, and how many are hidden.
CASES = {
    # 40 persons are 40,0 %: of the hundred three are left.
    "areas": (AREAS, (3, 40, 57), 0, 2),
    "quarters": (QUARTERS, (2, 30, 41, 55), 0, 2),
    "some": (AREAS, (4, 43, 61), 90, 1),
}


def test_percentages_that_come_to_a_hundred(home: Path) -> None:
    kinds = {"people": "count", "share": "proportion"}
    made(home, **{
        f"{case}_{name}": kind for case, (name, kind) in product(CASES, kinds.items())
    })  # fmt: skip
    rows = []
    for case, (parts, numbers, others, _) in CASES.items():
        for key, number in zip(parts, numbers, strict=True):
            rate = f"{100 * number / (sum(numbers) + others):.1f}".replace(".", ",")
            rows.append(f"{case}_people;{';'.join(key)};{number};;\n")
            rows.append(f"{case}_share;{';'.join(key)};{rate};;\n")
    upload = Upload("a.csv", (HEAD + "".join(rows)).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    for case, (parts, _, _, expected) in CASES.items():
        hidden = [
            (row.area_id, row.group_id, row.period.text)
            for row in store.series([f"{case}_people"]) if row.value is None
        ]  # fmt: skip
        assert parts[0] in hidden
        assert len(hidden) == expected, case
    store.close()


def test_rounding_leaves_several_totals_of_many() -> None:
    """4.100 that are 41,0 % are of 9.988 to 10.012; of those that are hidden nothing is known."""
    for times, expected in ((1, True), (100, False)):
        pairs = [_Pair(each * times, each, 0.05, each > 3) for each in (3, 41, 56)]
        assert _is_disclosed(100 * times, pairs) == expected
        assert not _is_disclosed(100 * times, [pair._replace(is_shown=False) for pair in pairs])
