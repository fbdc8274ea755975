"""The figures that are handed in, in one list to order, and the slide of the one that is shown."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.lengths import too_long
from kpi.domain.personal import refuse_personal_texts
from kpi.export.headings import contradiction
from kpi.export.paper import Item, Paper
from kpi.export.slide_picture import DeckShapes
from ui.alone import is_waited_for
from ui.badges import plain, small
from ui.chart_config import CHART_CONFIG
from ui.committee_comment import show_comment
from ui.committee_deck import drawn, drawn_small, finished, slides_of
from ui.committee_own import show_own_slides
from ui.committee_state import (
    LEFT_OUT,
    SHOWN,
    TITLES,
    move,
    put_in,
    remove,
    show_figure,
)
from ui.page import show_fault, show_heading, show_title

_REFUSED, _PLACE, _ADD = "udvalg-titel-afvist", "udvalg-plads", "udvalg-tilfoej"
_MOST_LETTERS = 240
# Of more figures than a meeting reads none is
# drawn small: each takes the browser most of a second.
_MOST_SMALL = 12
_BEING_DRAWN = "Billedet af sliden kommer her om nogle sekunder."

Places = Sequence[tuple[Item, DeltaGenerator]]


class Preview(NamedTuple):
    """The figure that is shown, where its slide and the line under it go, and if they are there."""

    item: Item
    place: DeltaGenerator
    under: DeltaGenerator
    is_drawn: bool


def show_paper_title(paper: Paper) -> None:
    """The page's title: how many figures, for which meeting, of which area and day."""
    occasion = paper.occasion or "et møde"
    since = f" · nyt {paper.since_meeting}" if paper.news_since else ""
    title, under = f"{_counted(paper)} til {occasion}", f"{paper.area_name} · {paper.dated}{since}"
    show_title(title, under, False)


def _counted(paper: Paper) -> str:
    count = len(paper.items)
    return "1 figur" if count == 1 else f"{count} figurer"


def show_list(paper: Paper, full_paper: Paper) -> Places:
    """A row for each figure, in order; returns where the small pictures go that are yet to draw."""
    keys = [item.exhibit.key for item in paper.items]
    shown = _shown(keys)
    places = []
    is_pictured = len(keys) <= _MOST_SMALL
    slides = slides_of.known(paper) if is_pictured else None
    show_heading(_counted(paper), "Tallet viser figuren")
    with st.container(key="udvalg-liste", gap="xsmall"):
        for place, item in enumerate(paper.items):
            with st.container(border=keys[place] == shown, key=f"udvalg-raekke-{keys[place]}"):
                room = _show_row(item, keys, place, keys[place] == shown)
                if is_pictured and (content := finished(slides, keys[place], small=True)):
                    _show_small_picture(room, content)
                elif is_pictured:
                    places.append((item, room.empty()))
                elif place == 0:
                    _give_up_room(room)
    _show_others(paper, full_paper)
    show_own_slides(paper)
    return places


def _shown(keys: Sequence[str]) -> str:
    """The figure that is shown: the one wanted, else the first."""
    wanted = st.session_state.get(SHOWN)
    st.session_state[SHOWN] = wanted if wanted in keys else next(iter(keys), "")
    return str(st.session_state[SHOWN])


def _show_row(item: Item, keys: Sequence[str], place: int, is_shown: bool) -> DeltaGenerator:
    number, small_picture, title, arrows = st.columns(
        [0.45, 1.6, 2.8, 1.35], vertical_alignment="center", gap="small"
    )
    key = item.exhibit.key
    with number:
        st.button(
            str(place + 1), key=f"udvalg-vis-{key}", type="tertiary",
            help=plain(f"Vis {item.title}"), on_click=show_figure, args=(key,),
        )  # fmt: skip
    with title:
        st.markdown(f"**{plain(item.title)}**" if is_shown else plain(item.title))
    with arrows, st.container(gap=None):
        st.button(
            "Flyt op", icon=":material/arrow_upward:", key=f"udvalg-op-{key}", type="tertiary",
            disabled=place == 0, on_click=move, args=(keys, place, place - 1),
        )  # fmt: skip
        st.button(
            "Flyt ned", icon=":material/arrow_downward:", key=f"udvalg-ned-{key}", type="tertiary",
            disabled=place == len(keys) - 1, on_click=move, args=(keys, place, place + 1),
        )  # fmt: skip
    return small_picture


def _name_of(item: Item) -> str:
    """A figure's title after its theme's name, unless it begins with that."""
    theme, title = item.theme.short_name, item.exhibit.title
    return title if title.startswith(f"{theme}:") else f"{theme}: {title}"


def _show_others(paper: Paper, full_paper: Paper) -> None:
    """What is not on the list: a box to add it from, and what was removed."""
    picked = paper.choice.picked
    left_out = [key for key in st.session_state.get(LEFT_OUT, []) if key]
    names = {item.exhibit.key: item for item in full_paper.items}
    others = [key for key in names if picked and key not in picked and key not in left_out]
    if others:
        # Set at each run: it is a list to take from, and shows none of it.
        st.session_state[_ADD] = None
        st.selectbox(
            "Tilføj figur", others, index=None, key=_ADD, placeholder="Vælg en figur",
            format_func=lambda key: _name_of(names[key]),
            on_change=_add, args=(picked,),
        )  # fmt: skip
    removed = [key for key in left_out if key in names]
    if removed:
        with st.expander(f"Fjernede figurer ({len(removed)})", key="udvalg-fjernede"):
            for key in removed:
                st.button(
                    plain(names[key].exhibit.title), key=f"udvalg-ind-{key}", type="tertiary",
                    icon=":material/add_circle:", on_click=put_in, args=(key, picked),
                )  # fmt: skip


def _add(picked: Sequence[str]) -> None:
    if key := st.session_state.get(_ADD):
        put_in(key, picked)


def show_slide(paper: Paper, catalog: Catalog) -> Preview | None:
    """The figure that is shown, with its place to change and its title to edit.

    Returns where its slide goes, drawn last unless it is known; None without a figure.
    """
    keys = [item.exhibit.key for item in paper.items]
    if not keys:
        st.info("Alle figurer er fjernet. Sæt en ind igen ved listen.", icon=":material/info:")
        return None
    place = keys.index(_shown(keys))
    item = paper.items[place]
    show_heading(f"Figur {place + 1} af {len(keys)}")
    # Both have their height before the slide is drawn (spor.css): what is below does not move.
    with st.container(border=True, key="udvalg-slide"):
        preview = st.empty()
    under = st.container(key="udvalg-slide-under", gap=None)
    under.html("<span></span>")  # what holds nothing has no height
    slides = slides_of.known(paper)
    image = finished(slides, item.exhibit.key)
    if slides and image:
        with preview:
            _show_picture(item, image)
        _number_slide(slides, item, under)
    else:
        preview.markdown(small(_BEING_DRAWN))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(
            "Forrige", icon=":material/chevron_left:", key="udvalg-forrige", disabled=place == 0,
            on_click=show_figure, args=(keys[max(place - 1, 0)],),
        )  # fmt: skip
        st.button(
            "Næste", icon=":material/chevron_right:", key="udvalg-naeste",
            disabled=place == len(keys) - 1,
            on_click=show_figure, args=(keys[min(place + 1, len(keys) - 1)],),
        )  # fmt: skip
        st.session_state[_PLACE] = place + 1
        st.number_input(
            "Plads", 1, len(keys), key=_PLACE, width=130, on_change=_move_to, args=(keys, place)
        )
        st.button(
            "Fjern figur", icon=":material/remove_circle_outline:", key="udvalg-fjern",
            on_click=remove, args=(keys, place),
        )  # fmt: skip
    _edit_title(item)
    show_comment(item, paper, catalog)
    return Preview(item, preview, under, image is not None)


def _move_to(keys: Sequence[str], place: int) -> None:
    move(keys, place, int(st.session_state[_PLACE]) - 1)


def _edit_title(item: Item) -> None:
    key = item.exhibit.key
    box = f"udvalg-titel-{key}"
    st.session_state[box] = item.title
    # As high as its text: a title is never cut, on a phone neither.
    st.text_area(
        "Overskrift", key=box, height="content",
        on_change=_keep_title, args=(key, box, max(_MOST_LETTERS, len(item.title))),
    )  # fmt: skip
    if item.title != item.exhibit.title:
        st.button(
            "Spors forslag", icon=":material/undo:", key="udvalg-forslag", type="tertiary",
            on_click=_own_title, args=(key,),
        )  # fmt: skip
    if words := contradiction(item):
        st.warning(plain(words), icon=":material/warning:")
    if refused := st.session_state.pop(_REFUSED, None):
        show_fault(refused)


def _own_title(key: str) -> None:
    st.session_state.get(TITLES, {}).pop(key, None)


def _keep_title(key: str, box: str, most: int) -> None:
    title = " ".join(st.session_state[box].split())
    try:
        if words := too_long("Overskriften", title, most):
            raise KpiError("Overskriften er for lang", f"{words} Den forrige gælder.")
        refuse_personal_texts(title)
    except KpiError as error:
        st.session_state[_REFUSED] = error
        return
    titles = st.session_state.setdefault(TITLES, {})
    if title:
        titles[key] = title
    else:
        titles.pop(key, None)


def show_small(paper: Paper, places: Places) -> None:
    """Draws the small pictures that are not there yet, where there is a browser.

    A press that came meanwhile goes first: its run draws the rest.
    """
    if not places:
        return
    slides = slides_of(paper)
    for item, place in places:
        if is_waited_for():
            return
        slide = slides.of_figure(item.exhibit.key)
        if slide is None:
            continue
        try:
            content = drawn_small(slide)
        except KpiError:
            _give_up_room(place)
            return
        _show_small_picture(place, content)


def _give_up_room(place: DeltaGenerator) -> None:
    """Leaves out the column of small pictures (spor.css): there are none."""
    place.container(key="udvalg-uden-billeder").html("<span></span>")  # as of the slide's line


def _show_small_picture(place: DeltaGenerator, content: bytes) -> None:
    # Streamlit would make a picture of a given width anew at every run, and half as sharp.
    place.image(content, width="stretch", alt="", output_format="PNG")


def show_preview(paper: Paper, shown: Preview | None) -> None:
    """Draws the slide that the shown figure is on, as the file has it."""
    if shown is None or shown.is_drawn:
        return
    with shown.place:
        slides = slides_of(paper)
        slide = slides.of_figure(shown.item.exhibit.key)
        if slide is None:
            shown.place.empty()
            return
        try:
            image = drawn(slide)
        except KpiError as error:
            with st.container():
                _show_chart(shown.item, error)
            return
        _show_picture(shown.item, image)
    _number_slide(slides, shown.item, shown.under)


def _show_picture(item: Item, image: bytes) -> None:
    st.image(image, width="stretch", alt=item.exhibit.alt, output_format="PNG")


def _number_slide(slides: DeckShapes, item: Item, under: DeltaGenerator) -> None:
    under.markdown(small(plain(slide_words(slides.numbers, len(slides.slides), item.exhibit.key))))


def slide_words(numbers: Mapping[str, int], slides: int, key: str) -> str:
    """Which of the deck's slides a figure is on, and why its title is not the figure's own."""
    words = f"Slide {numbers[key]} af {slides}, som den er i filen"
    together = [*numbers.values()].count(numbers[key])
    if together == 1:
        return words
    return f"{words}. Den samler {fmt.count_word(together)} figurer (»Små nøgletal samlet«)"


def _show_chart(item: Item, error: KpiError) -> None:
    """The page's own chart, where there is no browser to draw the slide's."""
    show_heading(item.title, item.exhibit.measure)
    st.plotly_chart(
        item.exhibit.figure, theme=None, config=CHART_CONFIG, key="udvalg-figur-tegnet",
        alt=item.exhibit.alt,
    )  # fmt: skip
    st.markdown(small(plain(f"{error.title}. {error.message}")))
