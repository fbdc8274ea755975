"""Om tallene: can I trust it?"""

import streamlit as st

from kpi.domain.selection import Selection
from ui import cache
from ui.as_of import shown_version
from ui.catalogue import (
    show_abbreviations,
    show_batches,
    show_claims,
    show_freshness,
    show_indicators,
    show_reading_guide,
    show_similar,
    show_sources,
)
from ui.claims import show_entering
from ui.fetched import show_fetched_sources, with_fetched
from ui.page import show_heading, show_title, two_columns
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
wanted = selection_from_url("om", catalog)
view = cache.about_of(version)
show_title(
    "Hvert tal kan føres tilbage til sin kilde",
    f"Udgave {view.version} af tallene; Spor {view.program}",
)

left, right = two_columns("laesning", 1.4)
with left:
    show_heading("Sådan læses tallene")
    show_reading_guide()
with right:
    show_heading("Forkortelser")
    show_abbreviations(view.abbreviations)
if view.claims:
    show_heading(
        "Regnetjek: kontrolberegning af papirernes tal",
        "»Afrundet«: papirets tal afviger med mindre end 1 på sit sidste ciffer",
    )
    show_claims(view.claims)
show_entering(view.claims, catalog)
show_heading("Nøgletal", "Definition, enhed og antal udgivne tal")
show_indicators(view.rows, first=wanted.noegletal)
show_heading(
    "Hvor nye er tallene?",
    "»Forsinket« betyder, at nyere tal burde være udgivet efter kildens rytme",
)
show_freshness(with_fetched(view.freshness))
show_heading("Kilder", "Hvor tallene kommer fra")
show_sources(view.sources)
show_fetched_sources()
similar = cache.similar_of(version, cache.home_area(catalog))
if similar:
    show_heading(similar.title, similar.recipe)
    show_similar(similar)
show_heading("Indlæsninger", "Nyeste først")
show_batches(view.batches, catalog)
show_heading("Tilgængelighed")
st.markdown(
    "Spor er bygget til at opfylde WCAG 2.1 niveau AA. Alle diagrammer har en tekst for "
    "skærmlæsere og en tabel med de samme tal, alt kan nås med tastaturet, og ingen betydning "
    "hviler på farve alene. Møder du en hindring, så skriv til den afdeling, der har givet dig "
    "adgang."
)
write_url(Selection("om", noegletal=wanted.noegletal))
