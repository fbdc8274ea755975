"""What a file says of the case it belongs to."""

import io
import zipfile
from dataclasses import replace

import pytest

from kpi.export.annexes import annex_stems, file_stem
from kpi.export.choice import CaseDetails
from kpi.export.deck import slide
from kpi.export.paper import Paper, case_words


@pytest.mark.parametrize(
    ("annex", "stems"),
    [("", ("bilag-1-kort-status", "bilag-2-noegletal")),
     ("4", ("bilag-1-kort-status", "bilag-4-noegletal")),
     ("1", ("bilag-2-kort-status", "bilag-1-noegletal")),
     ("2/A", ("bilag-1-kort-status", "bilag-2-a-noegletal"))],
)  # fmt: skip
def test_files_have_the_number_that_was_said(
    handed_in: Paper, annex: str, stems: tuple[str, str]
) -> None:
    choice = replace(handed_in.choice, case=CaseDetails(annex=annex))
    assert annex_stems(replace(handed_in, choice=choice)) == stems


def test_no_two_papers_of_a_day_are_called_the_same(handed_in: Paper) -> None:
    meeting = handed_in.meeting
    assert meeting is not None
    other = replace(meeting, meeting_id="andet", body="Rådmandsmøde")
    district = replace(handed_in, area_name="Gellerup")
    covered = replace(handed_in, choice=replace(handed_in.choice, cover="Sprog & job: ét år"))
    both = (meeting, other)
    assert [
        file_stem("oplaeg", handed_in, (meeting,), handed_in.occasion),
        file_stem("oplaeg", handed_in, both),
        file_stem("oplaeg", replace(handed_in, meeting=other), both),
        file_stem("oplaeg", district),
        file_stem("oplaeg", covered, draft="Min kladde"),
        file_stem("oplaeg", handed_in, draft="Min kladde"),
    ] == [
        "oplaeg-2025-03-19",
        "oplaeg-social-og-beskaeftigelsesudvalget-2025-03-19",
        "oplaeg-raadmandsmoede-2025-03-19",
        "oplaeg-gellerup-2025-03-19",
        "oplaeg-sprog-job-et-aar-2025-03-19",
        "oplaeg-min-kladde-2025-03-19",
    ]


def test_a_file_says_department_case_and_annex(handed_in: Paper) -> None:
    assert case_words(handed_in) == ""
    case = CaseDetails(number="25/4711", annex="2", department="Job og Uddannelse")
    choice = replace(handed_in.choice, case=case)
    made = slide(replace(handed_in, choice=choice, items=handed_in.items[:1]))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        properties = archive.read("docProps/core.xml").decode()
    assert "<cp:category>Job og Uddannelse<" in properties
    assert "Sagsnummer 25/4711; Bilag 2" in properties
