"""Where percentages come to 100, the counts beside them tell their total: no hidden one follows."""

from itertools import product
from pathlib import Path

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import HEAD, made

# Parts of a total that no row says: the areas of a level, the quarters of a year.
PARTS = {
    "areas": [(area, "all", "2024") for area in ("gellerup", "viby_syd", "tilst")],
    "quarters": [("randers", "all", f"2024K{number}") for number in (1, 2, 3, 4)],
}
# Of each how many, with how many others, and how many are hidden.
NUMBERS = {
    # 40 persons are 40,0 %: of the hundred three are left.
    "all": ((3, 40, 57, 160), 0, 2),
    "some": ((2, 43, 61, 170), 90, 1),
    # Of 10.000 rounding leaves several.
    "many": ((4, 4_100, 5_900, 15_700), 0, 1),
}


def test_percentages_that_come_to_a_hundred(home: Path) -> None:
    kinds = {"people": "count", "share": "proportion"}
    made(home, **{
        f"{axis}_{case}_{name}": kind
        for axis, case, (name, kind) in product(PARTS, NUMBERS, kinds.items())
    })  # fmt: skip
    rows = []
    for (axis, parts), (case, (every, others, _)) in product(PARTS.items(), NUMBERS.items()):
        numbers = every[: len(parts)]
        for key, number in zip(parts, numbers, strict=True):
            rate = f"{100 * number / (sum(numbers) + others):.1f}".replace(".", ",")
            rows.append(f"{axis}_{case}_people;{';'.join(key)};{number};;\n")
            rows.append(f"{axis}_{case}_share;{';'.join(key)};{rate};;\n")
    upload = Upload("a.csv", (HEAD + "".join(rows)).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    for (axis, parts), (case, (_, _, expected)) in product(PARTS.items(), NUMBERS.items()):
        hidden = [
            (row.area_id, row.group_id, row.period.text)
            for row in store.series([f"{axis}_{case}_people"]) if row.value is None
        ]  # fmt: skip
        assert parts[0] in hidden
        assert len(hidden) == expected, (axis, case)
    store.close()
