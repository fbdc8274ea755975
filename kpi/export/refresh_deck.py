"""An earlier deck brought up to date in place: its figures are of another day, its people's work
is kept.

The slides are written anew behind those of the file, on its own layouts; what nobody has changed
is taken over from there shape by shape, and the new slides are taken out again.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kpi.domain.catalog import Catalog
from kpi.exhibits.comments import COMMENTS
from kpi.export import office_files
from kpi.export.as_written import AsWritten, Part, written_in
from kpi.export.claim_lines import CLAIMS_TITLE
from kpi.export.deck import (
    CONTENTS,
    FRONT,
    all_in_danish,
    figure_part,
    gathered_part,
    write_parts,
    write_properties,
)
from kpi.export.deck_as_written import (
    key_of,
    name_slides,
    part_of,
    write_as_written,
)
from kpi.export.deck_gathered import groups_of
from kpi.export.deck_layouts import earlier_deck, layouts_in
from kpi.export.deck_recognised import name_again
from kpi.export.deck_slides import NEWS, PLAN, contents_page, front_slide, write_contents
from kpi.export.headings import text_contradictions
from kpi.export.paper import Paper
from kpi.export.refresh_shapes import refresh_notes, refresh_shapes
from kpi.export.refreshed import (
    Account,
    PaperOf,
    Refreshed,
    answer,
    paper_of_today,
)
from kpi.export.sandboxed_office import check_office

_PARTS = (PLAN, CLAIMS_TITLE, COMMENTS, NEWS)
_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


def refreshed_deck(content: bytes, paper_of: PaperOf, catalog: Catalog) -> Refreshed:
    """The deck with the figures of the paper that `paper_of` makes of its choice.

    Raises KpiError for what Spor has not made, what an upload would be refused for, and where its
    area is gone.
    """
    check_office(content)
    presentation = earlier_deck(content)
    written = written_in(content)
    written = name_again(presentation, written)
    account = Account()
    keys = _figures_in(written, [key_of(slide) for slide in presentation.slides])
    paper = paper_of_today(written, keys, paper_of, catalog, account)
    _Deck(presentation, written, paper, account).refresh()
    out = io.BytesIO()
    presentation.save(out)
    whole = office_files.repacked(out.getvalue(), lambda _, part: part)
    return answer(whole, paper, account)


def _figures_in(written: AsWritten, slides: Sequence[str]) -> list[str]:
    """The keys of the deck's figures, less those whose slides people have taken out."""
    firsts = {key: f"{figure_part(key)} 1" for key in written.figures}
    return [key for key, first in firsts.items() if first in slides or written.part(first) is None]


class _Deck:
    """A deck while it is brought up to date."""

    def __init__(
        self, presentation: Any, written: AsWritten, paper: Paper, account: Account
    ) -> None:
        self.presentation, self.written = presentation, written
        self.paper, self.account = paper, account
        self.layouts = layouts_in(presentation)
        self.own = list(presentation.slides)
        self._parts: dict[str, Part] = {}

    def refresh(self) -> None:
        """Brings everything up to date, the contents last: they name the others' numbers."""
        paper, layouts = self.paper, self.layouts
        if any(part.key.startswith(FRONT) for part in self.written.parts):
            front_slide(layouts, paper)
            name_slides(self.presentation, len(self.own), FRONT)
        write_parts(layouts, paper)
        all_in_danish(self.presentation)
        self._list_by_hand()
        self._take_over()
        self._list_opposed()
        self._take_out_empty()
        self._contents()
        self._number()
        write_properties(self.presentation, paper)
        places = {key_of(slide): n for n, slide in enumerate(self.presentation.slides)}
        parts = sorted(self._parts.values(), key=lambda part: places.get(part.key, len(places)))
        write_as_written(self.presentation, paper, parts, self.written.figures)

    def _list_by_hand(self) -> None:
        """Notes the slides that people have added, moved or taken out."""
        account, now = self.account, [key_of(slide) for slide in self.own]
        before = [part.key for part in self.written.parts]
        own = sum(key not in before for key in now)
        if own:
            account.kept.append(
                "1 slide er jeres egen" if own == 1 else f"{own} slides er jeres egne"
            )
        left = [key for key in before if key in now]
        if [key for key in dict.fromkeys(now) if key in before] != left:
            account.kept.append("Slides er flyttet")
        out = [key for key in before if key not in now]
        if out:
            count = "1 slide er slettet" if len(out) == 1 else f"{len(out)} slides er slettet"
            account.kept.append(f"{count} i hånden og kommer ikke igen")

    def _list_opposed(self) -> None:
        """Notes titles and slides of people's own that say the opposite of the figures now."""
        items = {figure_part(item.exhibit.key): item for item in self.paper.items}
        for slide in self.own:
            key = key_of(slide)
            item, title = items.get(key.rpartition(" ")[0]), slide.shapes.title
            texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            if item is not None:
                own = " ".join(title.text_frame.text.split()) if title is not None else ""
                is_ours = own in (
                    " ".join(item.title.split()),
                    " ".join(item.exhibit.title.split()),
                )
                texts = [] if is_ours else [own]
            elif self.written.part(key) is not None:
                continue
            self.account.opposed += text_contradictions(
                self._name(slide), "\n".join(texts), item, self.paper.items
            )

    def _take_over(self) -> None:
        """Writes the new slides' content into the old ones; new slides stand after what they
        follow.
        """
        new = self._new_slides()
        last: Any = None
        for slide in new:
            key = key_of(slide)
            self._parts[key] = part_of(slide)
            same = [own for own in self.own if key_of(own) == key]
            before = self.written.part(key)
            for own in same:
                name = self._name(own)
                if before is not None:
                    hides = self._hides(key)
                    refresh_shapes(own, slide, before, self.account, name, hides)
                    refresh_notes(own, slide, before, self.account, name)
                last = own
            if same:
                self._drop(slide)
            elif before is not None:
                self._drop(slide)  # taken out by hand
            elif self._belongs(key):
                self._move_after(slide, last)
                self.account.new.append(f"Ny slide: {_title(slide)}")
                last = slide
            else:
                self._drop(slide)

    def _hides(self, key: str) -> bool:
        """Whether a slide's figure has numbers that are hidden today."""
        return any(
            key == f"{figure_part(item.exhibit.key)} 1"
            and any(row.status == "suppressed" for row in item.exhibit.observations)
            for item in self.paper.items
        )

    def _belongs(self, key: str) -> bool:
        """Whether a slide that was not there is of a part that still is."""
        part = key.rpartition(" ")[0]
        others = [key_of(slide).rpartition(" ")[0] for slide in self.own]
        was_there = any(each.key.rpartition(" ")[0] == part for each in self.written.parts)
        return part in others or not was_there

    def _take_out_empty(self) -> None:
        """Slides that there is nothing more to say on go, unless people have written there."""
        known = {item.exhibit.key for item in self.paper.items}
        for slide in self.own:
            key = key_of(slide)
            before = self.written.part(key)
            if before is None or key in self._parts or key.startswith(CONTENTS):
                continue
            figure = key.removeprefix(figure_part("")).rpartition(" ")[0]
            if key.startswith(figure_part("")) and figure not in known:
                self._parts[key] = before  # named as missing; next time it may be there again
            elif part_of(slide).pieces == before.pieces:
                self.account.gone.append(
                    f"Slide taget ud, da der intet er at sige: {_title(slide)}"
                )
                self._drop(slide)
            else:
                self.account.missing.append(
                    f"{self._name(slide)} har ikke længere noget indhold i Spor, men jeres "
                    "ændringer, og står som før."
                )
                self._parts[key] = before

    def _contents(self) -> None:
        """The contents with the numbers that the slides have now."""
        if self.written.part(f"{CONTENTS} 1") is None:
            return
        slides = list(self.presentation.slides)
        places = {key_of(slide): number for number, slide in enumerate(slides, start=1)}
        starts = self._starts(places)
        items = tuple(item for item in self.paper.items if item.exhibit.key in starts)
        paper = replace(self.paper, items=items)
        page = contents_page(self.layouts, paper)
        if page is None:
            return
        write_contents(page, paper, starts)
        name_slides(self.presentation, len(slides), CONTENTS)
        all_in_danish(self.presentation)
        key = key_of(page.slide)
        self._parts = {key: part_of(page.slide), **self._parts}
        before = self.written.part(key)
        for own in [slide for slide in slides if key_of(slide) == key]:
            if before is not None:
                refresh_shapes(own, page.slide, before, self.account, self._name(own))
        self._drop(page.slide)

    def _starts(self, places: dict[str, int]) -> dict[str, int]:
        starts = {}
        for name, items in groups_of(self.paper):
            for item in items:
                key = item.exhibit.key
                part = gathered_part(name) if name else figure_part(key)
                if place := places.get(f"{part} 1"):
                    starts[key] = place
        for part in _PARTS:
            if place := places.get(f"{part} 1"):
                starts[part] = place
        return starts

    def _number(self) -> None:
        """The number that each slide shows until PowerPoint counts."""
        for number, slide in enumerate(self.presentation.slides, start=1):
            for counted in slide._element.iter("{*}fld"):
                text = counted.find("{*}t")
                if counted.get("type") == "slidenum" and text is not None:
                    text.text = str(number)

    def _new_slides(self) -> list[Any]:
        return list(self.presentation.slides)[len(self.own) :]

    def _name(self, slide: Any) -> str:
        """`Slide 4 (Beskæftigelse: …)`, by its number in the file that was given."""
        ids = [own.slide_id for own in self.own]
        title = _title(slide)
        number = f"Slide {ids.index(slide.slide_id) + 1}"
        return f"{number} ({title})" if title else number

    def _drop(self, slide: Any) -> None:
        ids = self.presentation.slides._sldIdLst
        entry = next(each for each in ids if each.id == slide.slide_id)
        for section in list(self.presentation.part._element.iter(_SECTIONS)):
            if section.get("id") == str(slide.slide_id):
                section.getparent().remove(section)
        self.presentation.part.drop_rel(entry.rId)
        ids.remove(entry)

    def _move_after(self, slide: Any, other: Any) -> None:
        """The slide stands after another one, in its section too; without one first."""
        ids = self.presentation.slides._sldIdLst
        entries = {each.id: each for each in ids}
        entry = entries[slide.slide_id]
        if other is None:
            ids.insert(0, entry)
            return
        entries[other.slide_id].addnext(entry)
        for section in list(self.presentation.part._element.iter(_SECTIONS)):
            if section.get("id") == str(other.slide_id):
                beside = section.makeelement(_SECTIONS, {"id": str(slide.slide_id)})
                section.addnext(beside)


def _title(slide: Any) -> str:
    title = slide.shapes.title
    text = "" if title is None else " ".join(title.text_frame.text.split())
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"
