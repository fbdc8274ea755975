"""What stands beside a table, a blank column between: a box of key figures, or another table.

A box of averages is left out and reported. The same table going on in the next columns is one with
it. Of tables of their own a person says which one is meant; until then the file is refused.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.domain.wording import first_listed, listing
from kpi.ingest.table.raw import RefusedError
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.area_hints import ignored_words
from kpi.ingest.words.heads import head_name, period_head
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.written_periods import is_period_name

# A larger table is none that a person set beside another.
MOST_ROWS_BESIDE = 20_000
_MOST_ROWS_OF_A_BOX, _MOST_COLUMNS_OF_A_BOX = 12, 3
_MOST_NAMED = 3
_OF_HEAD = -1
_DIGITS = str.maketrans("0123456789", "9999999999")

Row = tuple[str, ...]
Record = tuple[int | None, Row]


@dataclass(frozen=True)
class Parted:
    """A head and its rows without what stands beside them, and the places of what was left out."""

    head: Row
    rows: list[Record]
    boxes: frozenset[int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Block:
    """Columns next to each other, between blank ones: places, names without `title`, and rows."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    title: str
    rows: tuple[tuple[int, Row], ...]

    @property
    def roles(self) -> frozenset[str]:
        """The parts of a key that its columns are called as."""
        roles = {role for role in ("area", "period") for n in self.names if is_usual(role, n)}
        if any(period_head(name) is not None for name in self.names):
            roles.add("period")
        return frozenset(roles)

    @property
    def has_figures(self) -> bool:
        """Whether a cell is a figure and no period."""
        return any(
            _is_figure(cell) and not is_period_name(head_name(cell))
            for _, cells in self.rows
            for cell in cells
        )

    @property
    def where(self) -> str:
        """Its columns, as a person counts them."""
        first, last = self.places[0] + 1, self.places[-1] + 1
        return f"kolonne {first}" if first == last else f"kolonne {first}-{last}"


def parted(
    head: Row,
    rows: Sequence[Record],
    above: Sequence[Row] = (),
    wanted: str = "",
    line: int | None = None,
) -> Parted | None:
    """The table without what stands beside it; None where nothing does.

    Blank columns within a table part nothing: figures to the right of one belong to its rows.
    Raises RefusedError for another table, and for the same one under a title of its own (`above`),
    unless one of them is `wanted` (`kolonne 5-7`). `line` is the head's own.
    """
    blocks = _blocks(head, rows)
    table = next((block for block in blocks if block.roles and block.has_figures), None)
    if len(blocks) < 2 or table is None:
        return None
    others = [block for block in blocks if block is not table]
    boxes = [block for block in others if _is_box(block, table)]
    others = [block for block in others if block not in boxes]
    twins = [block for block in others if _goes_on(block, table, above)]
    apart = [block for block in others if block not in twins and _is_table(block, table)]
    if apart:
        return _chosen([table, *apart], wanted, boxes + twins, head, rows)
    if not (boxes or twins):
        return None
    left_out = frozenset(place for block in (*boxes, *twins) for place in block.places)
    kept: list[Record] = [(line, _without(cells, left_out)) for line, cells in rows]
    for twin in twins:
        kept += [(rows[at][0], _moved(cells, table)) for at, cells in twin.rows]
    problems = [
        *(_box_problem(box, rows, above, line) for box in boxes),
        *(_twin_problem(table, twin) for twin in twins),
    ]
    return Parted(_without(head, left_out), kept, left_out, tuple(problems))


def _chosen(
    tables: Sequence[_Block],
    wanted: str,
    beside: Sequence[_Block],
    head: Row,
    rows: Sequence[Record],
) -> Parted:
    """The table that is wanted of several, without the others. RefusedError where none is.

    What stands above them stays: it may be over any of them.
    """
    chosen = next((table for table in tables if folded(table.where) == folded(wanted)), None)
    if chosen is None:
        raise _several_tables(tables)
    others = [table for table in tables if table is not chosen]
    left_out = frozenset(place for block in (*others, *beside) for place in block.places)
    message = (
        f"Tabellen i {chosen.where} læses, og det, der står i "
        f"{listing([block.where for block in (*others, *beside)])}, læses ikke."
    )
    choice = Problem("read_by_content", "", None, None, None, message, NO_ACTION_NEEDED)
    kept: list[Record] = [(line, _without(cells, left_out)) for line, cells in rows]
    return Parted(_without(head, left_out), kept, left_out, (choice,))


def main_columns(rows: Sequence[Row]) -> frozenset[int] | None:
    """The columns between blank ones that hold most cells: a head names several of these.

    None where no blank column parts any, or none of the parts is a table: a box beside the lines
    above a table is no head of it.
    """
    filled = Counter(at for cells in rows for at, cell in enumerate(cells) if cell.strip())
    runs = _runs(filled)
    main = max(runs, key=lambda run: sum(filled[at] for at in run), default=[])
    return frozenset(main) if len(runs) > 1 and len(main) > 1 else None


def _runs(used: Iterable[int]) -> list[list[int]]:
    """Columns next to each other, from the left."""
    runs: list[list[int]] = []
    for at in sorted(used):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def without_boxes(above: Sequence[Row], boxes: frozenset[int]) -> list[Row]:
    """The rows above a table without what belongs to a box beside it."""
    return [
        _without(row, boxes) if any(_is_figure(row[at]) for at in boxes if at < len(row)) else row
        for row in above
    ]


def _blocks(head: Row, rows: Sequence[Record]) -> list[_Block]:
    filled = (head, *(cells for _, cells in rows))
    runs = _runs({at for cells in filled for at, cell in enumerate(cells) if cell.strip()})
    return [_block(tuple(run), head, rows) for run in runs] if len(runs) > 1 else []


def _block(places: tuple[int, ...], head: Row, rows: Sequence[Record]) -> _Block:
    names = [head_name(head[at]) if at < len(head) else "" for at in places]
    titles = {name.partition(", ")[0] for name in names if ", " in name}
    title = titles.pop() if len(titles) == 1 and all(", " in name for name in names) else ""
    if title and len(names) > 1:
        names = [name.removeprefix(f"{title}, ") for name in names]
    cells = (
        (at, tuple(row[place] if place < len(row) else "" for place in places))
        for at, (_, row) in enumerate(rows)
    )
    filled = tuple((at, row) for at, row in cells if any(cell.strip() for cell in row))
    if any(_is_figure(name) and not is_period_name(name) for name in names):
        # The head of the table is a row of the box.
        filled = ((_OF_HEAD, tuple(head[at] if at < len(head) else "" for at in places)), *filled)
    return _Block(places, tuple(names), title, filled)


def _is_box(block: _Block, table: _Block) -> bool:
    """Whether columns are labels with a figure each, which are not one for each row of the table.

    Labels that compute with rows (`Gennemsnit`, `I alt`) may be as many as these.
    """
    if not 1 < len(block.places) <= _MOST_COLUMNS_OF_A_BOX or block.roles:
        return False
    pairs = [cells for _, cells in block.rows if sum(map(bool, cells)) > 1]
    labels = [cells[0].strip() for _, cells in block.rows if cells[0].strip()]
    if not pairs or len(block.rows) > _MOST_ROWS_OF_A_BOX or len(labels) < len(block.rows):
        return False
    if any(_is_figure(label) for label in labels):
        return False
    if not all(any(map(_is_figure, cells[1:])) for cells in pairs):
        return False
    of_rows = {at for at, _ in table.rows}
    is_fewer = len({at for at, _ in block.rows} & of_rows) < len(of_rows)
    return is_fewer or all(ignored_words(label) or is_total(label) for label in labels)


def _goes_on(block: _Block, table: _Block, above: Sequence[Row]) -> bool:
    """Whether columns are the table's own once more, without anything else said over them."""
    # A title may be over the blank column before it.
    over = range(table.places[-1] + 1, block.places[-1] + 1)
    is_titled = bool(block.title or table.title) or any(
        at < len(row) and row[at].strip() for row in above for at in over
    )
    return _alike(block) == _alike(table) and all(block.names) and not is_titled


def _alike(block: _Block) -> list[str]:
    return [folded(name) for name in block.names]


def _is_table(block: _Block, table: _Block) -> bool:
    """Whether columns have the parts of a key that the table has, and figures of their own."""
    is_of_areas = any(is_usual("area", name) for name in block.names)
    return is_of_areas and table.roles <= block.roles and block.has_figures


def _without(cells: Row, places: frozenset[int]) -> Row:
    return tuple("" if at in places else cell for at, cell in enumerate(cells))


def _moved(cells: Row, table: _Block) -> Row:
    """A row of the same table in later columns, in the places of the first."""
    placed = dict(zip(table.places, cells, strict=True))
    return tuple(placed.get(at, "") for at in range(table.places[-1] + 1))


def _box_problem(
    box: _Block, rows: Sequence[Record], above: Sequence[Row], head_line: int | None
) -> Problem:
    """What is left out, from its first line: that may be the head's, or one above it."""
    first = box.rows[0][0]
    line = head_line if first == _OF_HEAD else rows[first][0]
    labels = [cells[0].strip() for _, cells in box.rows]
    if first == _OF_HEAD and line is not None:
        over = _labels_above(box, above)
        line, labels = line - len(over), [*over, *labels]
    return Problem(
        "ignored_row", "", line, None, None,
        f"Ved siden af tabellen står en boks i {box.where}, som springes over: "
        f"{first_listed([f'»{label}«' for label in labels], _MOST_NAMED)}.",
        NO_ACTION_NEEDED,
    )  # fmt: skip


def _labels_above(box: _Block, above: Sequence[Row]) -> list[str]:
    """The labels of a box that begins above the head, on the lines next to it."""
    labels: list[str] = []
    for row in reversed(above):
        label, *others = (row[at].strip() if at < len(row) else "" for at in box.places)
        if not label or _is_figure(label) or not any(map(_is_figure, others)):
            break
        labels.insert(0, label)
    return labels


def _twin_problem(table: _Block, twin: _Block) -> Problem:
    return Problem(
        "read_by_content", "", None, None, None,
        f"Tabellen fortsætter i {twin.where} med de samme kolonnenavne som i {table.where}. "
        "Rækkerne læses efter hinanden.",
        "Kontrollér, at det er én tabel.",
    )  # fmt: skip


def _several_tables(tables: Sequence[_Block]) -> RefusedError:
    named = [
        (f"»{block.title}« med " if block.title else "")
        + listing([f"»{name}«" for name in block.names if name][:_MOST_NAMED])
        + f" i {block.where}"
        for block in tables
    ]
    offered = " eller ".join(f"»{block.where}«" for block in tables)
    count = {2: "To", 3: "Tre"}.get(len(tables), str(len(tables)))
    return RefusedError(
        "not_a_table",
        f"{count} tabeller står ved siden af hinanden: {', og '.join(named)}.",
        f"Vælg tabellen med --sheet NAVN: {offered}.",
    )


def _is_figure(cell: str) -> bool:
    return understand(cell.translate(_DIGITS)).meaning == NUMBER
