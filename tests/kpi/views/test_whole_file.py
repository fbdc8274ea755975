"""What a recipe form proposes of the whole file, by title, sheet and name."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Labels
from kpi.ingest.turning.column_texts import ColumnTexts
from kpi.views.recipe_draft import RecipeDraft
from kpi.views.whole_file import whole_file

YEARS = ColumnTexts("Tid", ("2023", "2024"), 2)


@pytest.mark.parametrize(
    ("file", "title", "proposal", "period", "area", "group"),
    [
        ("Ledighed_2024.csv", "", Proposal(area="K"), "2024", "", ""),
        ("ledighed 2. kvartal 2024.xlsx", "", Proposal(area="K"), "2024K2", "", ""),
        ("Gellerup.csv", "", Proposal(period="Tid"), "", "gellerup", ""),
        ("Ledighed i Aarhus.csv", "", Proposal(period="Tid"), "", "aarhus", ""),
        ("a.csv", "Ikke-vestlig baggrund", Proposal(area="K", period="T"), "", "", "non_western"),
        # the title goes before the name
        ("tal_2023.csv", "", Proposal(area="K", constant={"period": "2024"},
         constant_texts={"period": "linjen over tabellen siger: »2024«"}), "2024", "", ""),
        # what a name may say of something else
        ("udtræk_2024.csv", "", Proposal(area="K"), "", "", ""),
        ("tal 2023-2024.csv", "", Proposal(area="K"), "", "", ""),
        ("Ledighed mod Aarhus.csv", "", Proposal(period="Tid"), "", "", ""),
        # what the file has a column for
        ("Gellerup_2024.csv", "Ikke-vestlig baggrund", Proposal(area="K", period="T",
         group=Labels("G", {})), "", "", ""),
        ("tal_2024.csv", "", Proposal(area="K", columns=(YEARS,)), "", "", ""),
    ],
)  # fmt: skip
def test_what_is_said_of_all_rows(
    catalog: Catalog, file: str, title: str, proposal: Proposal, period: str, area: str, group: str
) -> None:
    checked = Checked(file, "table_csv", 2, 0, (), title=title, proposal=proposal)
    said = whole_file(checked, catalog)
    assert (said.period, said.area, said.group) == (period, area, group)
    draft = RecipeDraft("x", "y", "z", "", "", "", constant_period=period, constant_area=area,
                        constant_group=group)  # fmt: skip
    assert bool(said.in_words(draft, catalog)) == bool(period or area or group)
    assert not said.in_words(RecipeDraft("x", "y", "z", "", "", ""), catalog)
