"""What the tests of Handleplan read of the page."""

from streamlit.testing.v1 import AppTest

from tests.pages.visit import read

UNIT = "Fagligt Sekretariat med TÆK og SIRI/MÆRK"
TRACKS = [
    "Spor 1: Mestring af det danske sprog", "Spor 2: Arbejdsidentitet og kultur",
    "Spor 3: Indsats mod negativ social kontrol", "Spor 4: Bekæmpelse af socialt snyd",
    "Beskæftigelse og selvforsørgelse", "Opgang til Opgang",
]  # fmt: skip


def tracks(app: AppTest) -> list[str]:
    """The tables of initiatives, by track."""
    return [table.proto.alt for table in app.table if table.proto.alt in TRACKS]


def cells(app: AppTest, initiative: str) -> list[str]:
    """What stands in an initiative's row, as a person reads it."""
    (row,) = (
        [read(str(cell)) for cell in row]
        for table in app.table
        if table.proto.alt in TRACKS
        for row in table.value.to_numpy()
        if read(str(row[0])).startswith(initiative)
    )
    return row
