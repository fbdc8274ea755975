"""The day whose knowledge the pages show: today, or an earlier one in the address (`pr`)."""

from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.period import today
from ui import cache
from ui.picture_mode import is_picture

PARAMETER = "pr"
_KEPT, _MEETING, _OTHER = "pr-dag", "pr-moede", "pr-anden-dag"


def show_nothing_known(
    what: str, first: str = "", day: date | None = None, *, is_known_now: bool = True
) -> None:
    """Says that nothing of a kind was known on a day, and from when it is (`first`).

    Without a day the shown one is meant. Where there is nothing today, no later one is offered.
    """
    since = f" De første blev kendt {first}." if first else ""
    way_on = " Vælg en senere dag, eller vis nyeste data."
    st.info(
        f"Spor kendte ingen {what} {fmt.long_date(day or shown_day())}.{since}"
        f"{way_on if is_known_now else ''}",
        icon=":material/history_toggle_off:",
    )


def show_band(
    what: str = "Du ser data, som de forelå {day}.",
    so: str = "Senere indlæsninger er ikke med.",
) -> date | None:
    """The earlier day that was chosen, shown in a band with the way back; None for today."""
    day = _from_address()
    if day is None:
        return None
    with st.container(
        border=True, horizontal=True, horizontal_alignment="distribute",
        vertical_alignment="center", key=f"tal-pr-{day.isoformat()}",
    ):  # fmt: skip
        st.markdown(
            f":material/history: **{what.format(day=fmt.long_date(day))}** {so}", width="stretch"
        )
        if not is_picture():
            st.button(
                "Vis nyeste data", key="pr-i-dag", icon=":material/today:", on_click=choose_day,
                args=(None,),
            )  # fmt: skip
    return day


def shown_key() -> str:
    """The key of the figures that the page shows."""
    day = st.session_state.get(_KEPT)
    version = cache.version()
    return cache.as_of(version, day) if isinstance(day, date) else version


def shown_day() -> date:
    """The day whose knowledge the page shows."""
    kept = st.session_state.get(_KEPT)
    return kept if isinstance(kept, date) else today()


def shown_as(day: date | None = None) -> str:
    """What the page says of that day (or of another); the figures show their own age."""
    return f"Vist som Spor kendte tallene {fmt.long_date(day or shown_day())}"


def day_parameter() -> dict[str, str]:
    """What an address carries to show the same day; empty for today."""
    kept = st.session_state.get(_KEPT)
    return {PARAMETER: kept.isoformat()} if isinstance(kept, date) else {}


def show_day_choice() -> None:
    """A small menu behind the day: the meetings, any other day, or today."""
    day = shown_day()
    with st.popover(
        shown_as(), type="tertiary", icon=":material/calendar_today:", width="content",
        key="pr-menu",
    ):  # fmt: skip
        st.markdown("Vis data, som de forelå en anden dag. Linket viser den samme dag.")
        meetings = {
            meeting.day: f"{meeting.body}, {fmt.long_date(meeting.day)}"
            for meeting in cache.catalog(cache.version()).meetings.values()
        }
        options: list[date | None] = [None, *sorted(meetings, reverse=True)]
        kept = st.session_state.get(_KEPT)
        st.session_state[_MEETING] = kept if kept in options else None
        st.selectbox(
            "Møde", options, key=_MEETING, on_change=_take_meeting,
            format_func=lambda meeting_id: meetings[meeting_id] if meeting_id else "I dag",
        )  # fmt: skip
        st.session_state[_OTHER] = day
        st.date_input(
            "Anden dag", key=_OTHER, max_value=today(), format="DD.MM.YYYY", on_change=_take_other
        )


def _from_address() -> date | None:
    """The day of the address, else the session's; a day that cannot be shown gives a message."""
    written = st.query_params.get(PARAMETER)
    if written is None:
        kept = st.session_state.get(_KEPT)
        return kept if isinstance(kept, date) else None
    st.session_state[_KEPT] = None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        _refuse("Datoen i linket forstås ikke. Skriv den som 2025-03-19.")
        return None
    if day > today():
        _refuse("Datoen i linket ligger i fremtiden.")
        return None
    if day == today():
        return None
    st.session_state[_KEPT] = day
    return day


def _refuse(why: str) -> None:
    st.warning(f"{why} Siden viser nyeste data.", icon=":material/link_off:")


def _take_meeting() -> None:
    choose_day(st.session_state[_MEETING])


def _take_other() -> None:
    day = st.session_state[_OTHER]
    choose_day(day if day and day < today() else None)


def choose_day(day: date | None) -> None:
    """Shows the figures of another day, or of today (None), from the next run on."""
    st.session_state[_KEPT] = day
    if day is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = day.isoformat()
