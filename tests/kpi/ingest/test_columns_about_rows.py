"""Columns that nothing reads: whether a row counts, and of which level its area is."""

from tests.kpi.ingest.checked import Desk, codes, read
from tests.tiers import some

TEMPLATE = "nøgletal;område;periode;værdi"


# A column, its labels, and whether it is asked about.
ABOUT_ROWS = (
    ("slettes", ("x", ""), True), ("Slettes?", ("ja", "nej"), True),
    ("slettes", ("nej", "nej"), False),
    ("slettes", ("x", "x"), True), ("udgår", ("1", "0"), True),
    ("godkendt", ("nej", "ja"), True), ("godkendt", ("", "x"), True),
    ("godkendt", ("ja", "ja"), False), ("Godkendt", ("MK 12/3", "HH 13/3"), False),
    ("ikke godkendt", ("nej", "nej"), False), ("ikke godkendt", ("x", ""), True),
    ("medtages", ("ja", "nej"), True),
    ("medtages", ("ja", "ja"), False), ("tjekket", ("ikke endnu", "ja"), True),
    ("imputeret", ("nej", "ja"), True), ("foreløbig", ("x", ""), True),
    ("2031 skøn", ("75", "76"), False), ("Skøn 2031", ("75", "76"), False),  # its own figures
    ("imputeret", ("nej", "nej"), False), ("Estimeret", ("0", "1"), True),
    ("data fra", ("2011", "2012", "2012", "2012"), True), ("data fra", ("2011", "2012"), False),
    ("data fra", ("2001", "2002"), False),
    ("rettet værdi", ("2", "3"), True), ("korrektion", ("0,1", "0,2"), True),
    ("ny værdi", ("2", "2"), True), ("forrige værdi", ("2", "3"), False),
    ("nye ledige", ("2", "3"), False), ("slettede sager", ("", ""), False),
    # of a template, and nobody has set a cross
    ("slettes", ("", ""), False), ("Skal slettes?", ("", ""), False),
    ("godkendt", ("", ""), False), ("tjekkes", ("", ""), True),
)  # fmt: skip


def test_columns_by_which_rows_or_figures_do_not_count(tiny: Desk) -> None:
    """Nothing reads them, so all rows are published: that is asked, and where it matters only."""
    for head, labels, is_asked in some(ABOUT_ROWS, 4):
        rows = [f"hours;aarhus;{2011 + place};1;{label}" for place, label in enumerate(labels)]
        checked = tiny.check("\n".join((f"{TEMPLATE};{head}", *rows)))
        asked = [problem.column for problem in checked.problems if problem.code == "text_words"]
        assert asked == ([head] if is_asked else []), (head, labels)
        assert checked.publishable


def test_one_label_that_no_row_counts(tiny: Desk) -> None:
    rows = "aarhus;2011;1;{0}\naarhus;2012;1;{0}\n"
    for label, is_asked in {"nej": True, "ja": False}.items():
        checked = tiny.check(
            f"område;periode;tal;godkendt\n{rows.format(label)}", indicator_id="hours"
        )
        assert ("text_words" in codes(checked)) is is_asked


def test_the_level_of_each_rows_own_area(tiny: Desk) -> None:
    rows = "Land;denmark;2011;1\nRegion;Region Hovedstaden;2011;1\nKommune;aarhus;2011;1\n"
    for text, is_fine in {
        rows: True, rows.replace("Kommune;", "Kommuner;"): True,
        rows.replace("Kommune;", "Region;"): False, rows.replace("Land;", "By;"): False,
    }.items():  # fmt: skip
        checked = tiny.check(f"Niveau;område;år;værdi\n{text}", indicator_id="hours")
        reported = [problem.column for problem in checked.problems if problem.severity == "error"]
        assert reported == ([] if is_fine else ["Niveau"])
        assert len(read(checked)) == 3
