"""What several published numbers imply together, beside sums of plain groups, areas and periods."""

from pathlib import Path

import duckdb

from kpi.ingest.table.raw import Upload
from kpi.store import current_version, version_path
from kpi.store.adding import add
from kpi.store.uploads import publish

HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
GROUPS = {
    "imm": "non_western:kind", "desc": "non_western:kind", "imm_women": "imm:sex",
    "imm_men": "imm:sex", "s1": "all:s", "s2": "all:s", "s3": "all:s", "s4": "all:s",
}  # fmt: skip


def lines_of(year: int, indicator_id: str, rows: tuple[str, ...]) -> list[str]:
    """Lines of `area group value numerator denominator` of a year; `-` is an empty cell."""
    lines = []
    for row in rows:
        area, group, *numbers = row.split()
        cells = [*numbers, "-", "-"][:3]
        group_id, _, part = group.partition("/")
        lines.append(
            ";".join([indicator_id, area, group_id, f"{year}{part}", *cells]).replace("-", "")
        )
    return lines


def hidden(home: Path) -> dict[int, set[str]]:
    """`area group` of what is hidden, by year."""
    with duckdb.connect(
        str(version_path(home, current_version(home))), read_only=True
    ) as connection:
        rows = connection.execute(
            """
            SELECT period[:4]::INTEGER AS year,
                list(area_id || ' ' || group_id || if(len(period) > 4, '/' || period[5:], ''))
            FROM current_observation
            WHERE is_hidden AND year > 2027 GROUP BY year
            """
        ).fetchall()
    return {year: set(those) for year, those in rows}


# An indicator, the files that are published one after the other, and what is hidden in the end.
TABLES: dict[str, tuple[str, list[tuple[str, ...]], set[str]]] = {
    "wholes made of wholes": (
        "nsk_cases",
        [("aarhus all 100", "aarhus danish 60", "aarhus desc 3", "aarhus imm_women 17",
          "aarhus imm_men 20")],
        {"aarhus desc", "aarhus imm_women"},
    ),
    "few beside a whole that is made": (
        "nsk_cases",
        [("aarhus imm 50", "aarhus desc 30", "aarhus non_western_women 77")],
        {"aarhus non_western_women"},
    ),
    "two ways to make everyone, of whom nobody published a number": (
        "nsk_cases",
        [("aarhus danish 50", "aarhus non_western 50", "aarhus job_ready 97",
          "aarhus activity_ready 3")],
        {"aarhus activity_ready", "aarhus job_ready"},
    ),
    "few beside all parts once one of them is corrected": (
        "nsk_cases",
        [("aarhus all 100", "aarhus s1 50", "aarhus s2 45"), ("aarhus s2 47",)],
        {"aarhus s2"},
    ),
    "few in no published area": (
        "nsk_cases",
        [("denmark all 100", "aarhus all 50", "odense all 47")],
        {"odense all"},
    ),
    "the number of all follows from that of others": (
        "sanction_share",
        [("aarhus all 50,0 500 1000", "aarhus danish 54,4 - 900", "aarhus non_western 3,0")],
        {"aarhus danish", "aarhus non_western"},
    ),
    "and from those of other areas": (
        "sanction_share",
        [("aarhus all 50,0 500 1000", "gellerup all 54,4 - 900", "viby_syd all 3,0"),
         ("aarhus all 49,0 490 1000",)],
        {"viby_syd all", "gellerup all"},
    ),
    "the number of all of a percentage that is of 20 at most": (
        "sanction_share", [("aarhus all 40,0 8 20", "aarhus danish 23,1")], {"aarhus danish"},
    ),
    "the number of all that another row of the key tells by how many have something": (
        "sanction_share", [("aarhus all 15,0 30",), ("aarhus all 2,0",)], {"aarhus all"},
    ),
    "and the total, by how many have something": (
        "sanction_share",
        [("aarhus all 50,0 500", "aarhus danish 54,4 490", "aarhus non_western 3,0")],
        {"aarhus danish", "aarhus non_western"},
    ),
    "percentages told it before one of them was corrected": (
        "sanction_share",
        [("aarhus all 50,0 50 100", "aarhus danish 51,6", "aarhus non_western 20,0"),
         ("aarhus all 49,0 49 100",)],
        {"aarhus danish", "aarhus non_western"},
    ),
    "what halves tell, beside areas that are not all of their total": (
        "sanction_share",
        [("gellerup all 11,8 6", "gellerup all/H1 12,0 3", "gellerup all/H2 11,5",
          "viby_syd all 14,0 6 43", "viby_syd all/H1 8,3", "viby_syd all/H2 21,1",
          "aarhus all 12,7", "aarhus all/H1 12,9 9 70", "aarhus all/H2 12,5 - 72")],
        {"gellerup all/H1", "gellerup all/H2", "viby_syd all/H1", "viby_syd all/H2"},
    ),
    "of as many as another row of the key says, or as few as it was of before": (
        "sanction_share",
        [("aarhus all 33,3 7 21", "aarhus danish 57,1"), ("aarhus danish 41,2 7 17",)],
        {"aarhus danish"},
    ),
    "of as few as its own numerator says, whatever another row of the key does": (
        "sanction_share", [("aarhus all 61,5 8 13",), ("aarhus all 66,7 6",)], {"aarhus all"},
    ),
    "as many as before, of whom none lacks it any more": (
        "sanction_share",
        [("aarhus all 85,7 60 70", "aarhus danish 94,7 36 38"),
         ("aarhus all 85,7 60 70", "aarhus danish 100,0 36 36")],
        {"aarhus danish"},
    ),
    "and others before a denominator was corrected": (
        "sanction_share",
        [("aarhus all 50,0 50 100", "aarhus danish 52,2 47 90", "aarhus non_western 30,0"),
         ("aarhus danish 58,3 35 60",)],
        {"aarhus danish", "aarhus non_western"},
    ),
    "four percentages together tell of how many each is": (
        "sanction_share",
        [("aarhus all 29,5 75", "aarhus s1 6,2", "aarhus s2 9,1", "aarhus s3 81,5",
          "aarhus s4 14,6")],
        {"aarhus s1", "aarhus s4"},
    ),
    "and so do those of quarters": (
        "sanction_share",
        [("aarhus all 56,41 66 117", "aarhus all/H1 54,05", "aarhus all/K1 10,53",
          "aarhus all/K2 100,00", "aarhus all/K3 53,06", "aarhus all/K4 64,52 20 31")],
        {"aarhus all/K1", "aarhus all/K2"},
    ),
    "and of a quarter within a half": (
        "sanction_share",
        [("aarhus all 61 11 18", "aarhus all/H1 75", "aarhus all/K1 86")],
        {"aarhus all/K1"},
    ),
    "means with the number of all that a former row told": (
        "notifications_per_child",
        [("aarhus all 30,1 692 23",),
         ("aarhus all 30,1", "aarhus danish 31,6", "aarhus non_western 20,2")],
        {"aarhus danish", "aarhus non_western"},
    ),
    "a rounded percentage is of as many as its total leaves": (
        "sanction_share",
        [("aarhus all 5,1 51 1000", "gellerup all 12,0 48 400", "viby_syd all 1 - 600")],
        {"gellerup all", "viby_syd all"},
    ),
    "and so is a mean of which only the sum is told": (
        "notifications_per_child",
        [("aarhus all 3,0 150 50", "gellerup all 3,1 141 46", "viby_syd all 2 9")],
        {"gellerup all", "viby_syd all"},
    ),
    "what a source says of a number that it hides": (
        "nsk_cases",
        [("aarhus all 48", "gellerup all <5", "viby_syd all 4", "tilst all 40")],
        {"viby_syd all", "tilst all"},
    ),
    "shares of one number that are all of it, with no row of all": (
        "sanction_share",
        [("aarhus s1 50,0 50 100", "aarhus s2 25,0 25 100", "aarhus s3 22,0 22 100",
          "aarhus s4 3,0 3 100")],
        {"aarhus s3", "aarhus s4"},
    ),
    "a mean of few": (
        "notifications_per_child",
        [("aarhus all 2,0 6 3", "odense all 2,0 60 30")],
        {"aarhus all"},
    ),
    "a mean whose number follows": (
        "notifications_per_child", [("aarhus all 2,0 6",)], {"aarhus all"},
    ),
}  # fmt: skip


def test_what_is_hidden(home: Path) -> None:
    groups = [
        {"group_id": group_id, "name": f"{group_id.replace('_', ' ')} X", "part_of": of}
        for group_id, of in GROUPS.items()
    ]
    assert add("population_group", groups, "Ida", home=home).entry_id is not None
    # Each has a year of its own, so what is published first of all of them is one file.
    for turn in range(max(len(files) for _, files, _ in TABLES.values())):
        lines = [
            line
            for year, (indicator_id, files, _) in enumerate(TABLES.values(), 2028)
            for rows in files[turn : turn + 1]
            for line in lines_of(year, indicator_id, rows)
        ]
        upload = Upload("a.csv", (HEAD + "\n".join(lines) + "\n").encode())
        done = publish(upload, None, "Ida", "Tal", home)
        assert done.batch_id is not None, done.checked.problems
    hidden_by_year = hidden(home)
    assert {name: hidden_by_year.get(year, set()) for year, name in enumerate(TABLES, 2028)} == {
        name: expected for name, (_, _, expected) in TABLES.items()
    }
