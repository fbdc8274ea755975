"""The shapes of one slide brought up to date: what is as it was written is written anew."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu

from kpi.domain.wording import listing
from kpi.export.as_written import Part, Piece, fingerprint
from kpi.export.chart_frames import keep_frame, title_of
from kpi.export.deck_as_written import (
    NOTES,
    look_of_series,
    notes_of,
    numbers_of,
    piece_of,
    series_of,
)
from kpi.export.refreshed import Account

# Programs round places to whole hundredths of a millimetre.
_SAME_POINTS = 2
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ABOUT = "/docProps/app.xml"
_CHART_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def refresh_shapes(
    own: Any, new: Any, before: Part, account: Account, name: str, hides: bool = False
) -> None:
    """Brings the shapes of a slide up to date from those of the new one. `name` is for people.

    With `hides` numbers are hidden today: then a chart is drawn anew whatever people did to it.
    """
    shapes = {shape.name: shape for shape in own.shapes}
    fresh = {shape.name: shape for shape in new.shapes}
    for shape_name, shape in shapes.items():
        was = before.pieces.get(shape_name)
        if was is None:
            account.kept.append(f"{name}: »{shape_name}« er jeres egen")
        elif shape_name not in fresh:
            if _is_as(piece_of(shape), was):
                shape._element.getparent().remove(shape._element)
            else:
                account.kept.append(f"{name}: »{shape_name}« er ændret i hånden")
        else:
            about = f"{name}: »{shape_name}«"
            _refresh(own, shape, fresh[shape_name], was, (account, about, hides))
    for shape_name, shape in fresh.items():
        if shape_name in shapes:
            continue
        if shape_name in before.pieces:
            account.kept.append(f"{name}: »{shape_name}« er slettet i hånden")
        else:
            _put_in(own, shape)
            account.updated += 1


def refresh_notes(own: Any, new: Any, before: Part, account: Account, name: str) -> None:
    """Writes the speaker notes anew, unless a person has."""
    said, was = notes_of(new), before.pieces.get(NOTES)
    if not said or notes_of(own) == said:
        return
    if was is not None and fingerprint(notes_of(own)) != was.text:
        account.kept.append(f"{name}: talenoterne er ændret i hånden")
        return
    own.notes_slide.notes_text_frame.text = said
    account.updated += 1


def _is_as(now: Piece, was: Piece) -> bool:
    """Whether nobody has changed what a shape says or shows."""
    return (now.text, now.numbers) == (was.text, was.numbers)


def _refresh(
    own: Any, shape: Any, fresh: Any, was: Piece, noted: tuple[Account, str, bool]
) -> None:
    account, name, _ = noted
    now, new = piece_of(shape), piece_of(fresh)
    if now.alt == was.alt != new.alt:
        described = fresh._element.find(".//{*}cNvPr").get("descr", "")
        shape._element.find(".//{*}cNvPr").set("descr", described)
    sides = 3 if shape.has_table else 4  # a table is as high as its rows need
    is_moved = bool(was.at) and not _is_near(now.at[:sides], was.at[:sides])
    if is_moved:
        account.kept.append(f"{name} er flyttet eller har en anden størrelse")
    kinds = [(s.has_chart, s.has_table, hasattr(s, "shapes")) for s in (shape, fresh)]
    if kinds[0] != kinds[1]:
        if _is_as(now, was):
            _replace(own, shape, fresh, is_moved)
            account.updated += 1
        else:
            account.kept.append(f"{name} er ændret i hånden")
    elif shape.has_chart:
        _refresh_chart(shape, fresh, was, noted)
    elif shape.has_table and was.rows:
        _refresh_table(shape, fresh, was, account, name)
    elif hasattr(shape, "shapes"):
        if not _is_as(now, was):
            account.kept.append(f"{name} er ændret i hånden")
        elif now.text != new.text:
            _replace(own, shape, fresh, is_moved)
            account.updated += 1
        return
    else:
        _refresh_text(shape, fresh, (now, was, new), account, name)
    if not is_moved and new.at and not _is_near(now.at, new.at):
        shape.left, shape.top, shape.width, shape.height = (
            fresh.left, fresh.top, fresh.width, fresh.height,
        )  # fmt: skip


def _is_near(at: Sequence[int], other: Sequence[int]) -> bool:
    return len(at) == len(other) and all(
        abs(side - beside) <= _SAME_POINTS for side, beside in zip(at, other, strict=True)
    )


def _refresh_text(
    shape: Any, fresh: Any, pieces: tuple[Piece, Piece, Piece], account: Account, name: str
) -> None:
    now, was, new = pieces
    if now.text != was.text:
        account.kept.append(f"{name} er skrevet om i hånden")
        return
    if was.look and now.look != was.look:
        account.kept.append(f"{name} har jeres egen formatering")
        if now.text != new.text:
            write_into(shape._element, fresh._element)
            account.updated += 1
        return
    if (now.text, now.look) == (new.text, new.look):
        return
    old, body = _body(shape), _body(fresh)
    if old is not None and body is not None:
        for paragraph in old.findall(f"{_DRAWING}p"):
            old.remove(paragraph)
        for paragraph in body.findall(f"{_DRAWING}p"):
            old.append(deepcopy(paragraph))
        account.updated += 1


def _body(shape: Any) -> Any:
    return next(shape._element.iter("{*}txBody"), None)


def write_into(element: Any, fresh: Any) -> None:
    """Writes what a new shape says into an old one, whose letters stay as they are."""
    body = next(element.iter("{*}txBody"))
    old = body.findall(f"{_DRAWING}p")
    for place, paragraph in enumerate(fresh.iter(f"{_DRAWING}p")):
        said = "".join(run.findtext(f"{_DRAWING}t", "") for run in paragraph.iter(f"{_DRAWING}r"))
        if place < len(old):
            written = old[place]
        else:
            written = deepcopy(old[-1])
            body.append(written)
        runs = written.findall(f"{_DRAWING}r")
        if not runs:
            continue
        runs[0].find(f"{_DRAWING}t").text = said
        for run in runs[1:]:
            written.remove(run)
    for paragraph in old[place + 1 :]:
        body.remove(paragraph)


def _refresh_table(shape: Any, fresh: Any, was: Piece, account: Account, name: str) -> None:
    """Writes a table's rows anew; of rows in which people have written, the other cells."""
    now, new = piece_of(shape), piece_of(fresh)
    if now.rows == new.rows:
        return
    is_as_drawn = not was.look or now.look == was.look
    if now.rows == was.rows:
        _swap_rows(shape.table._tbl, fresh.table._tbl, is_as_drawn)
        account.updated += 1
        if not is_as_drawn:
            account.kept.append(f"{name} har jeres egen formatering")
        return
    by_hand = _cells_by_hand(now, was)
    if by_hand:
        account.kept.append(f"{name}: {_cells(len(by_hand))} skrevet om i hånden")
    extra = len(now.rows) - len(was.rows)
    columns = {len(row) for row in (*now.rows, *new.rows)}
    if extra or len(now.rows) != len(new.rows) or len(columns) > 1:
        # Which row is which cannot be said when people have added some too.
        account.missing.append(
            f"{name} har fået andre rækker i hånden og står som før."
            if extra
            else f"{name} har andre rækker eller kolonner i Spor nu; jeres ændringer står, "
            "og resten er ikke opdateret."
        )
        return
    for row, cells in enumerate(shape.table.rows):
        for column, cell in enumerate(cells.cells):
            if (row, column) not in by_hand:
                write_into(cell._tc, fresh.table.cell(row, column)._tc)
    account.updated += 1


def _cells(count: int) -> str:
    return "1 celle er" if count == 1 else f"{count} celler er"


def _cells_by_hand(now: Piece, was: Piece) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, (cells, before) in enumerate(zip(now.rows, was.rows, strict=False))
        for column, (cell, old) in enumerate(zip(cells, before, strict=False))
        if cell != old
    }


def _swap_rows(table: Any, other: Any, is_as_drawn: bool) -> None:
    """The new rows in place of the old ones; with letters that people chose in those letters."""
    old, new = table.findall(f"{_DRAWING}tr"), other.findall(f"{_DRAWING}tr")
    grid, drawn = table.find(f"{_DRAWING}tblGrid"), other.find(f"{_DRAWING}tblGrid")
    if len(grid) != len(drawn):
        # Other columns than before: how people formatted the former ones says nothing of them.
        table.replace(grid, deepcopy(drawn))
        is_as_drawn = True
    for row in old:
        table.remove(row)
    for place, row in enumerate(new):
        if is_as_drawn:
            table.append(deepcopy(row))
            continue
        kept = deepcopy(old[min(place, len(old) - 1)])
        cells = zip(kept.findall(f"{_DRAWING}tc"), row.findall(f"{_DRAWING}tc"), strict=False)
        for cell, said in cells:
            write_into(cell, said)
        table.append(kept)


def _refresh_chart(shape: Any, fresh: Any, was: Piece, noted: tuple[Account, str, bool]) -> None:
    """Draws a chart anew with its workbook; colours that people chose stay on their series."""
    account, name, hides = noted
    old, new = shape.chart, fresh.chart
    if numbers_of(old._chartSpace) == numbers_of(new._chartSpace):
        return
    if numbers_of(old._chartSpace) != was.numbers:
        if not hides:
            account.kept.append(f"{name}: tallene er ændret i hånden")
            return
        account.missing.append(
            f"{name}: tal, der var ændret i hånden, er skrevet om, da nogle af dem er skjult i dag."
        )
    coloured = _with_their_looks(old, new, was)
    if coloured:
        account.kept.append(f"{name}: jeres egne farver i diagrammet ({', '.join(coloured)})")
    frame = {} if _is_of_libreoffice(shape) else was.frame
    set_by_hand = keep_frame(old._chartSpace, new._chartSpace, frame)
    if title_of(old._chartSpace) is not None and title_of(new._chartSpace) is None:
        set_by_hand.append("diagramtitel")
    if set_by_hand:
        account.kept.append(f"{name}: jeres {listing(set_by_hand)}")
    _swap_chart(old, new)
    account.updated += 1


def _is_of_libreoffice(shape: Any) -> bool:
    """Whether it has saved the file: all axes and labels are written anew then."""
    parts = shape.part.package.iter_parts()
    return any(b"LibreOffice" in part.blob for part in parts if part.partname == _ABOUT)


def _with_their_looks(old: Any, new: Any, was: Piece) -> list[str]:
    """Gives the new chart's series the looks that people gave those of the same names."""
    looks = dict(series_of(old._chartSpace))
    coloured: list[str] = []
    if not was.series:
        return coloured
    for name, series in series_of(new._chartSpace):
        theirs = looks.get(name)
        if theirs is None or look_of_series(theirs) == was.series.get(name, ""):
            continue
        for kind in ("spPr", "marker"):
            own, drawn = theirs.find(f"{{*}}{kind}"), series.find(f"{{*}}{kind}")
            if own is not None and drawn is not None:
                series.replace(drawn, deepcopy(own))
        coloured.append(name)
    return coloured


def _swap_chart(old: Any, new: Any) -> None:
    """The new chart in the old one's place, with the numbers in its workbook."""
    part, space = old.part, deepcopy(new._chartSpace)
    part.chart_workbook.update_from_xlsx_blob(new.part.chart_workbook.xlsx_part.blob)
    external, own = space.find("{*}externalData"), old._chartSpace.find("{*}externalData")
    external.set(_CHART_ID, own.get(_CHART_ID))
    title = title_of(old._chartSpace)
    if title is not None and title_of(space) is None:
        # One that a person wrote: Spor's charts have none.
        space.find("{*}chart").insert(0, deepcopy(title))
        if (deleted := space.find("{*}chart/{*}autoTitleDeleted")) is not None:
            deleted.set("val", "0")
    for child in list(part._element):
        part._element.remove(child)
    for child in list(space):
        part._element.append(child)


def _put_in(own: Any, fresh: Any) -> Any:
    """A copy of a new shape at the end of the slide, with its chart if it has one."""
    element = deepcopy(fresh._element)
    chart = next(element.iter("{*}chart"), None)
    if chart is not None and chart.get(_CHART_ID):
        part = fresh.part.related_part(chart.get(_CHART_ID))
        chart.set(_CHART_ID, own.part.relate_to(part, RELATIONSHIP_TYPE.CHART))
    ids = [int(each.get("id")) for each in own._element.iter("{*}cNvPr")]
    for number, each in enumerate(element.iter("{*}cNvPr"), start=max(ids, default=1) + 1):
        each.set("id", str(number))
    own.shapes._spTree.append(element)
    return element


def _replace(own: Any, shape: Any, fresh: Any, is_moved: bool) -> None:
    """The new shape in the place of the old one, where a person has put that."""
    box = [Emu(side) for side in (shape.left, shape.top, shape.width, shape.height)]
    element = _put_in(own, fresh)
    shape._element.addprevious(element)
    shape._element.getparent().remove(shape._element)
    if is_moved:
        put = next(each for each in own.shapes if each._element is element)
        put.left, put.top, put.width, put.height = box
