"""What all sheets of a file together may still contain: a few cells can claim millions."""

from dataclasses import dataclass

from kpi.ingest.table.raw import MOST_BYTES, MOST_CELL_CHARACTERS, MOST_ROWS, RefusedError

# Cells, empty ones included: more than a full workbook of the largest inflated size has.
MOST_PLACES = 30_000_000
# No spreadsheet program has more; a file that claims more was not written by one.
MOST_SHEET_ROWS = 1_048_576
Place = tuple[int, int]  # sheet row and column, from 0


_DIVIDE = "Del den i flere filer, eller gem tabellen som CSV."
# What to do about a cell far from the others, which a person seldom knows of.
CLEAR = (
    "Står der noget langt fra tabellen (Ctrl+End viser det), så slet de rækker og kolonner, der "
    "ikke hører til den, og gem igen."
)


def too_large(excess: str, row: int | None = None, hint: str = _DIVIDE) -> RefusedError:
    """The refusal, in Danish, of a workbook that has too much of something."""
    return RefusedError("too_large", f"Projektmappen har {excess}.", hint, row)


def too_far_out() -> RefusedError:
    """The refusal of a sheet that reaches further than can be read."""
    return too_large("celler så langt ude i arket, at det ikke kan læses", hint=CLEAR)


def check_sheet_rows(rows: int) -> None:
    """Raises RefusedError where a sheet has more rows than sheets can have."""
    if rows > MOST_SHEET_ROWS:
        raise too_large(f"et ark med mere end {MOST_SHEET_ROWS:,} rækker".replace(",", "."))


@dataclass
class Budget:
    """Rows, characters and places that are left; what goes beyond raises RefusedError."""

    rows: int = MOST_ROWS
    characters: int = MOST_BYTES
    places: int = MOST_PLACES

    def spend_area(self, last_cell: Place) -> None:
        """A sheet that reaches to this cell."""
        check_sheet_rows(last_cell[0] + 1)
        self.spend_places((last_cell[0] + 1) * (last_cell[1] + 1))

    def spend_places(self, places: int) -> None:
        """So many cells, empty ones included."""
        self.places -= places
        if self.places < 0:
            raise too_far_out()

    def check(self, characters: int, row: int) -> None:
        """Whether so many characters more may be made."""
        if characters > self.characters:
            raise too_large("mere tekst, end der kan læses", row)

    def spend_rows(self, rows: int, row: int) -> None:
        """So many rows; `row` is the last one as a person sees it."""
        self.rows -= rows
        if self.rows < 0:
            raise too_large(f"mere end {MOST_ROWS:,} rækker".replace(",", "."), row)

    def spend(self, cells: list[str], row: int) -> None:
        """A row of texts; `row` is the one a person sees."""
        self.characters -= len(cells) + sum(map(len, cells))
        self.spend_rows(1, row)
        self.check(0, row)
        if any(len(cell) > MOST_CELL_CHARACTERS + 1 for cell in cells):
            raise too_large(
                f"en celle med mere end {MOST_CELL_CHARACTERS:,} tegn".replace(",", "."), row
            )
