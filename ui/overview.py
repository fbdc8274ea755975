"""The front page's folded parts: all that is new, peers, how far figures can be trusted, areas."""

from collections.abc import Sequence

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import Meeting
from kpi.domain.selection import Selection
from kpi.domain.wording import meeting_name
from kpi.views.about import claim_row, disputed_claims, disputed_title
from kpi.views.claims import CheckedClaim
from kpi.views.focus import areas_in_focus, sets_to_compare
from kpi.views.heat_map import HeatMap, peers_title
from kpi.views.overview import Quality
from kpi.views.plan_moves import PlanMoves
from ui import cache
from ui.among import choose_among
from ui.as_of import shown_day
from ui.badges import badge_text, plain, small
from ui.drawn_table import draw_table
from ui.page import show_heading, show_link
from ui.picture_mode import is_picture
from ui.since import show_headlines, show_since
from ui.tables import breakable, show_heat_map


def show_since_folded(version: str, since: Meeting, home_id: str) -> None:
    """All that is new since the meeting, with the programme areas and the plan, when opened."""
    if is_picture():
        return
    shown = st.expander(
        f"Alt, der er nyt siden {meeting_name(since)}", icon=":material/history:",
        key="alt-nyt", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return
    with shown:
        show_headlines(cache.headlines_of(version, since, home_id))
        show_moves(cache.plan_moves_of(version, since.day, shown_day()), since)
        st.markdown(f"Mødet: {plain(since.body)}, **{plain(since.title)}**.")
        show_since(cache.since_of(version, since.day, home_id), shown_day())


def show_other_areas(version: str, home_id: str, wanted: str) -> str:
    """The area beside its peers, drawn when opened, and the way to the areas within it.

    The set of its peers, `wanted` until another one is chosen.
    """
    if is_picture():
        return wanted
    catalog = cache.catalog(version)
    sets = sets_to_compare(home_id, catalog, wanted)
    peers = peers_title(catalog.areas[home_id], sets[0], catalog) if sets else ""
    shown = st.expander(
        plain(" · ".join(filter(None, (peers, "Gå til et område")))),
        icon=":material/grid_on:", key="andre-omraader", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return wanted
    with shown:
        among = choose_among(catalog, home_id, wanted, "overblik-blandt")
        heat = cache.heat_map_of(version, home_id, among)
        if heat:
            show_peers(heat, catalog)
        show_areas(areas_in_focus(home_id, catalog), catalog)
    return among


def show_trust(version: str, quality: Quality) -> None:
    """How far the figures can be trusted, and which of the papers' numbers do not hold."""
    if is_picture():
        return
    known = cache.claims(version)
    disputed = disputed_title(known)
    shown = st.expander(
        " · ".join(filter(None, ("Kan jeg stole på tallene?", plain(disputed)))),
        icon=":material/fact_check:", key="tillid", on_change="rerun",
    )  # fmt: skip
    if shown.open:
        with shown:
            show_quality(quality)
            show_disputed(known, cache.catalog(version))


def show_peers(heat: HeatMap, catalog: Catalog) -> None:
    """The area beside its peers, with the benchmarks and their sources."""
    show_heading(heat.title, "Procent og forskel i procentpoint · – = ikke oplyst")
    show_heat_map(heat)
    sources = "; ".join(catalog.sources[source_id].title for source_id in heat.source_ids)
    unsure = " Usikkerhed er ikke beregnet." if heat.lacks_uncertainty else ""
    st.markdown(small(plain(f"{heat.note}{unsure} Kilder: {sources}.")))


def show_moves(moves: PlanMoves | None, since: Meeting) -> None:
    """How many initiatives went from which state to which; nothing before the first report."""
    if moves is None:
        return
    show_heading(moves.title, moves.subtitle)
    rows = [
        {
            "Antal": fmt.number(move.count, 0),
            fmt.long_date(moves.then): badge_text(move.then) if move.then else "–",
            "Seneste status": badge_text(move.now),
            "Ændring": breakable(move.what),
        }
        for move in moves.moves
    ]
    draw_table(rows, moves.title, "ny-status")
    link = Selection("handleplan", siden=since.meeting_id)
    show_link(link, "Se alle indsatser", icon=":material/arrow_forward:")
    st.space("small")


def show_disputed(claims: Sequence[CheckedClaim], catalog: Catalog) -> None:
    """The papers' derived numbers that differ from the recomputed ones."""
    title = disputed_title(claims)
    if not title:
        return
    rows = [claim_row(disputed_claim, catalog) for disputed_claim in disputed_claims(claims)]
    show_heading(title, "Regnetjek (kontrolberegning) af mødematerialets beregnede tal")
    lines = [
        {
            "Udsagn": plain(row.subject),
            "Papirets tal": plain(row.reported),
            "Beregnet": f"**{plain(row.computed)}**",
            "Regnetjek": badge_text(row.badge),
        }
        for row in rows
    ]
    draw_table(lines, title, "regnetjek")
    st.space("xsmall")


def show_quality(quality: Quality) -> None:
    """How many figures there are, and how many of them to be careful with."""
    show_heading("Kan jeg stole på tallene?", "Alle tal i Spor")
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{fmt.number(quality.figures, 0)} tal**, hvert med sin kilde")
        st.markdown(
            f":yellow-badge[:material/radio_button_unchecked: {quality.approximate} omtrentlige] "
            f":yellow-badge[:material/unfold_more: {quality.limits} kun med grænser] "
            f":gray-badge[:material/visibility_off: {quality.hidden} skjulte] "
            f":gray-badge[:material/remove: {quality.missing} ikke oplyst]"
        )
        st.markdown(
            small("Omtrentlige tal er kildens egne »ca.« og »knap«. De vises med åbne markører.")
        )
        if quality.claims:
            rounded = f", {quality.rounded} afrundet" if quality.rounded else ""
            st.markdown(
                f":violet-badge[:material/calculate: Regnetjek: {quality.disputed} af "
                f"{quality.claims} afviger{rounded}] "
                + small("Kontrolberegning af mødematerialets tal.")
            )
        show_link(Selection("om"), "Læs om tallene", icon=":material/arrow_forward:")


def show_areas(area_ids: Sequence[str], catalog: Catalog) -> None:
    """The way to the pages of the area and of those within it."""
    show_heading("Gå til et område", "Området selv og dem i det")
    with st.container(horizontal=True, gap="small"):
        for area_id in area_ids:
            link = Selection("omraade", omraade=area_id)
            show_link(link, catalog.areas[area_id].name, icon=":material/place:")
