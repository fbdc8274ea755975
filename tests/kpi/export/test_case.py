"""What a file says of the case it belongs to."""

import io
import zipfile
from dataclasses import replace

import pytest

from kpi.export.annexes import annex_stems
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


def test_a_file_says_department_case_and_annex(handed_in: Paper) -> None:
    assert case_words(handed_in) == ""
    case = CaseDetails(number="25/4711", annex="2", department="Job og Uddannelse")
    choice = replace(handed_in.choice, case=case)
    made = slide(replace(handed_in, choice=choice, items=handed_in.items[:1]))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        properties = archive.read("docProps/core.xml").decode()
    assert "<cp:category>Job og Uddannelse<" in properties
    assert "Sagsnummer 25/4711; Bilag 2" in properties
