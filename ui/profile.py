"""An area's profile: a row of small pictures for each figure, and the row that is open."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from kpi.charts.spark import spark
from kpi.charts.strip import WIDTH, Strip, strip, symbol
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import Meeting
from kpi.domain.selection import Selection, Shown
from kpi.domain.wording import capital, meeting_name
from kpi.views.profile import Profile, ProfileRow
from kpi.views.profile_file import file_rows
from kpi.views.profile_legend import how_to_read, legend
from kpi.views.profile_order import Block, Section, offered_orders, offered_parts, sections
from kpi.views.profile_places import StripPlace
from ui import cache
from ui.badges import badges_text, plain, small
from ui.choose import choose_word, opened_one
from ui.drawn_table import show_files
from ui.exhibits import show_exhibit
from ui.page import show_heading, show_link, two_columns
from ui.picture_mode import is_picture
from ui.tables import show_standing

# Widths in pixels of a row's parts; ui/spor.css puts them below each other where it is narrow.
_NAME, _VALUE, _LEFT, _RIGHT, _GAP = 254, 84, 56, 54, 8
_RANK, _SPARK, _CHANGE, _VERDICT = 96, 104, 84, 160
_OPEN = "profil-aaben"
# A part without words keeps its place.
_NOTHING = "\u00a0"


def show_profile(
    profile: Profile, version: str, wanted: Selection, since: Meeting | None
) -> Selection:
    """The area's rows as the address asks for them; what a person has chosen instead."""
    catalog = cache.catalog(version)
    area_id = profile.area.area_id
    new = cache.new_keys_of(version, since.day, area_id) if since else frozenset()
    # A choice that the address does not have yet is one too.
    state = st.session_state
    orders = offered_orders(profile, (wanted.sorter, state.get("sorter", "")))
    choices = offered_parts(profile, new, (wanted.vis, state.get("vis", "")))
    sorting, shown = wanted.sorter or "tema", wanted.vis or "alle"
    with st.container(key="profilvalg", horizontal=True, horizontal_alignment="distribute"):
        if len(orders) > 1:
            sorting = choose_word("Sortér efter", orders, sorting, key="sorter")
        if len(choices) > 1:
            shown = choose_word("Vis", choices, shown, key="vis")
    _show_legend(profile)
    ids = [row.id for row in profile.rows]
    opened = opened_one(ids, _opened_by_address(wanted.aaben, profile, catalog), _OPEN)
    parts = sections(profile, sorting, shown, new, catalog)
    for part in parts:
        _show_section(part, profile, version, opened)
    if not parts:
        st.info("Der er ingen nøgletal at vise for det valgte.", icon=":material/search_off:")
    else:
        rows = [row for part in parts for row in part.rows]
        title = f"Alle nøgletal for {profile.area.name}"
        show_files(title, f"profil-{profile.area.area_id}", partial(_plain_rows, rows, catalog))
    note = " ".join(filter(None, (profile.note, _new_note(since, shown))))
    if note:
        st.markdown(small(plain(note)))
    return replace(
        wanted,
        sorter="" if sorting == "tema" else sorting,
        vis="" if shown == "alle" else shown,
        aaben=opened,
    )


def _plain_rows(rows: Sequence[ProfileRow], catalog: Catalog) -> list[dict[str, str]]:
    return [{name: plain(text) for name, text in row.items()} for row in file_rows(rows, catalog)]


def _new_note(since: Meeting | None, shown: Shown) -> str:
    if since is None or shown != "nye":
        return ""
    return f"{capital(meeting_name(since))}: {since.title}."


def _opened_by_address(wanted: str, profile: Profile, catalog: Catalog) -> str:
    """The row of an address; an indicator alone is its first row. Says where there is none."""
    ids = [row.id for row in profile.rows]
    if wanted in ids or not wanted:
        return wanted
    indicator_id, _, group_id = wanted.partition("/")
    first = next((each for each in ids if each.startswith(f"{indicator_id}/")), "")
    if group_id or not first:
        indicator = catalog.indicators[indicator_id]
        area, name = plain(profile.area.name), plain(indicator.name)
        if catalog.is_retired(indicator):
            since = fmt.partial_date(indicator.retired)
            st.info(
                f"»{name}« er taget ud af brug (fra {since}) og har ingen linje her. Tallene står "
                "på Tema.",
                icon=":material/info:",
            )
            selection = Selection("tema", tema=indicator.theme_id, noegletal=indicator_id)
            show_link(selection, f"Se tallene for »{indicator.name}«", ":material/arrow_forward:")
        else:
            st.info(f"{area} har ingen linje for »{name}« at åbne.", icon=":material/info:")
        return ""
    return first


def _show_legend(profile: Profile) -> None:
    """What the marks are, those that are drawn, and how a strip is read."""
    marks = legend(profile)
    if not marks:
        return
    with st.container(key="profiltegn", horizontal=True, vertical_alignment="center", gap="small"):
        for mark, words in marks:
            st.markdown(f"{_picture(symbol(mark), '')} {small(plain(words))}", width="content")
    if words := how_to_read(profile):
        st.markdown(small(plain(words)))


def _show_section(part: Section, profile: Profile, version: str, opened: str) -> None:
    has_opened = any(row.id == opened for row in part.rows)
    if not part.is_folded or is_picture():
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            st.header(plain(part.title), anchor=False, width="content")
            st.markdown(small(plain(part.subtitle)), width="content")
        _show_rows(part, profile, version, opened)
        return
    label = " · ".join(filter(None, (plain(part.title), plain(part.subtitle))))
    folded = st.expander(
        label, expanded=has_opened, key=f"profil-{part.id}-{profile.area.area_id}",
        on_change="rerun",
    )  # fmt: skip
    if folded.open:
        with folded:
            _show_rows(part, profile, version, opened)


def _show_rows(part: Section, profile: Profile, version: str, opened: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"profilkort-{part.id or 'alle'}"):
        for number, block in enumerate(part.blocks):
            if block.left:
                _show_head(profile, block, f"{part.id}-{number}")
            for row in block.rows:
                _show_row(row, row.id == opened)
                if row.id == opened:
                    _show_opened(row, profile, version)


def _show_head(profile: Profile, block: Block, key: str) -> None:
    is_first = key.endswith("-0")
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"profilgitter-hoved-{key}"
    ):
        _cell("Nøgletal" if is_first else _NOTHING, _NAME)
        _cell(plain(profile.area.name) if is_first else _NOTHING, _VALUE, right=True)
        st.markdown(f":small[**{block.left}**]", width=_LEFT, text_alignment="right")
        # ui/spor.css puts it over the right end.
        st.markdown(f":small[**{block.right}**]", width=WIDTH + _GAP + _RIGHT)
        for words, width in (
            ("Placering", _RANK), ("Udvikling", _SPARK), ("Ændring", _CHANGE),
            ("Vurdering" if _has_verdicts(profile) else _NOTHING, _VERDICT),
        ):  # fmt: skip
            _cell(words if is_first else _NOTHING, width)


def _has_verdicts(profile: Profile) -> bool:
    """Whether anything stands under the head of verdicts: the country is compared with nothing."""
    return any(row.verdict or row.gap or row.cautions for row in profile.rows)


def _cell(words: str, width: int, right: bool = False) -> None:
    st.markdown(small(words), width=width, text_alignment="right" if right else "left")


def _show_row(row: ProfileRow, is_open: bool) -> None:
    """The row's parts; ui/spor.css knows each kind's by their number."""
    place, past = row.place, row.past
    has_past = bool(past.stretches or past.since)
    kind = "raekke" if place.strip else "antal" if has_past else "tal"
    key = f"profilgitter-post-{kind}-{row.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=key):
        with st.container(width=_NAME, gap=None):
            _show_name(row, is_open)
            st.markdown(small(plain(row.dated)))
        # The unit of a large amount may stand on a line of its own.
        value = row.value.replace(f"{fmt.NO_BREAK_SPACE}kr.", " kr.")
        st.markdown(f"**{plain(value)}**", width=_VALUE, text_alignment="right")
        if place.strip:
            _show_place(place, place.strip)
        elif has_past:
            _cell(plain(place.instead) or _NOTHING, _LEFT + WIDTH + _RIGHT + _RANK + 3 * _GAP)
        if place.strip or has_past:
            line = spark(past.stretches)
            words = small(plain(past.instead or fmt.MISSING))
            st.markdown(
                _picture(line, f"{row.name}, {past.words}") if line else words, width=_SPARK
            )
            # Where nothing says why there is no change, the line's place does: `ét tal`.
            has_change = past.change != fmt.MISSING or past.since
            _lines(f"**{plain(past.change)}**" if has_change else "", past.since, _CHANGE)
        if kind == "tal":
            st.markdown(_verdict(row, small(plain(place.instead)) if place.instead else ""))
        else:
            st.markdown(_verdict(row), width=_VERDICT)


def _verdict(row: ProfileRow, first: str = "") -> str:
    """The verdict, the difference and the cautions, a line each, in a paragraph under the first."""
    verdict = badges_text([row.verdict]) if row.verdict else ""
    gap = small(plain(row.gap)) if row.gap else ""
    lines = "  \n".join(filter(None, (verdict, gap, badges_text(row.cautions))))
    return "\n\n".join(filter(None, (first, lines))) or _NOTHING


def _show_name(row: ProfileRow, is_open: bool) -> None:
    """The row's name, which opens it."""
    name = f"**{plain(row.name)}**" if is_open else plain(row.name)
    if is_picture():
        st.markdown(name)
        return
    icon = f":material/{'expand_more' if is_open else 'chevron_right'}:"
    st.button(
        name, key=f"aabn-{row.id}", type="tertiary", icon=icon, on_click=_toggle, args=(row.id,)
    )


def _show_place(place: StripPlace, marks: Strip) -> None:
    _cell(plain(place.left), _LEFT, right=True)
    st.markdown(_picture(strip(marks), place.alt), width=WIDTH)
    _cell(plain(place.right), _RIGHT)
    _lines(plain(place.rank), place.rank_note, _RANK)


def _picture(svg: str, alt: str) -> str:
    """A small picture in markdown: st.image would put a button for a full screen on each."""
    return f"![{plain(alt)}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"


def _lines(first: str, second: str, width: int) -> None:
    under = small(plain(second)) if second else ""
    words = "  \n".join(filter(None, (f":small[{first}]" if first else "", under)))
    st.markdown(words or _NOTHING, width=width)


def _toggle(row_id: str) -> None:
    """Opens the row, or folds it where it is open."""
    st.session_state[_OPEN] = "" if st.session_state.get(_OPEN) == row_id else row_id


def _show_opened(row: ProfileRow, profile: Profile, version: str) -> None:
    indicator_id, group_id = row.key
    depth = cache.opened_row_of(version, profile.area.area_id, indicator_id, group_id)
    if depth is None:
        return
    drawn = depth.exhibit.observations if depth.exhibit else ()
    with st.container(border=True, key=f"profilfigur-{row.id}"):
        left, right = two_columns("profilfigur", 1.65)
        with left:
            if depth.exhibit:
                show_exhibit(depth.exhibit)
            else:
                st.markdown(
                    f"{plain(profile.area.name)} har ingen tal at tegne: Alle er skjult eller ikke "
                    "oplyst."
                )
        with right:
            show_heading(depth.row.name, f"{depth.row.period} · {depth.row.age}")
            show_standing(depth.row)
            areas = tuple(dict.fromkeys(row.area_id for row in drawn)) or (profile.area.area_id,)
            link = Selection(
                "sammenlign", noegletal=indicator_id, omraader=areas, grupper=(group_id,)
            )
            show_link(link, "Åbn i Sammenlign", ":material/open_in_new:")
