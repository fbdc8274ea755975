"""Om tallene: can I trust it?"""

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.selection import Selection
from ui import cache
from ui.badges import plain, small
from ui.page import show_heading, show_title
from ui.url import selection_from_url, write_url

version = cache.version()
catalog = cache.catalog(version)
wanted = selection_from_url("om", catalog)
view = cache.about_of(version)
show_title("Hvert tal kan føres tilbage til sin kilde", f"Udgave {view.version} af tallene")

show_heading("Nøgletal", "Definition, enhed og hvor mange tal der er udgivet")
rows = sorted(view.rows, key=lambda row: row.indicator.indicator_id != wanted.noegletal)
st.table(
    pd.DataFrame(
        [
            {
                "Nøgletal": f"**{plain(row.indicator.name)}**  \n{small(plain(row.theme_name))}",
                "Definition": plain(row.indicator.definition),
                "Enhed": plain(row.unit),
                "Tal": fmt.number(row.figures, 0),
                "Områder": fmt.number(row.areas, 0),
            }
            for row in rows
        ]
    ),
    border="horizontal",
    hide_index=True,
    alt="Alle nøgletal med definition, enhed og antal tal",
)

show_heading("Kilder", "Hvor tallene kommer fra")
st.table(
    pd.DataFrame(
        [
            {
                "Kilde": f"**{plain(one.title)}**  \n{small(plain(one.section))}",
                "Udgiver": plain(one.publisher),
                "Offentliggjort": plain(one.published),
                "Tal": fmt.number(figures, 0),
                "Omtrentlige": fmt.number(approximate, 0),
            }
            for one, figures, approximate in view.sources
        ]
    ),
    border="horizontal",
    hide_index=True,
    alt="Kilder med udgiver, dato og antal tal",
)

left, right = st.columns([1.4, 1], gap="large")
with left:
    show_heading("Sådan læses tallene")
    st.markdown(
        """
- **Procentpoint** er afstanden mellem to procenttal: fra 13 % til 9,7 % er et fald på 3,3
  procentpoint. Regnet i **procent** af udgangspunktet er det samme fald 25,4 %. Spor blander dem
  aldrig.
- **Bedre** og **dårligere** skrives kun, hvor nøgletallet har en retning. Ellers står der højere
  eller lavere.
- **Usikkerhed ukendt** betyder, at kilden kun giver procenttallet. Så kan ingen sige, hvad
  tilfældet kan gøre. **Usikkerhed ikke vurderet** betyder, at antallene kendes, men at forskellen
  ikke er prøvet; derfor står der ingen dom.
- **21 af 68 (31 %)**: hvor antallene kendes, regnes procenten altid ud fra dem.
- **Ca.** og hule mærker: kilden giver et omtrentligt tal. Dens egne ord står ved tallet.
- **Skjult** (»skjult« eller »<5«), **manglende** (»–«) og **0** er tre forskellige ting.
- **6-byerne uden Aarhus** er det simple gennemsnit af de øvrige fem: et område sammenlignes aldrig
  med et gennemsnit, det selv er en del af. Hele landet rummer alle, også Aarhus.
- **Kommunernes median** er den midterste kommunes værdi. Den er målestok, hvor kilden ikke har et
  tal for hele landet.
- **Placering** deles ved lige værdier, og der står altid, hvor mange der har et tal.
- Tal for forskellige grupper eller slags perioder, som indsatsens halvår og kommunens skoleår,
  tegnes hver for sig og dømmes ikke mod hinanden.
        """
    )
with right:
    show_heading("Forkortelser")
    st.table(
        pd.DataFrame(
            [{"Forkortelse": plain(a), "Betydning": plain(b)} for a, b in view.abbreviations]
        ),
        border="horizontal",
        hide_index=True,
        alt="Forkortelser",
    )

show_heading("Udgivelser", "Hvad der er lagt ind, nyeste først")
st.table(
    pd.DataFrame(
        [
            {
                "Nr.": str(one.batch_id),
                "Kilde": plain(catalog.sources[one.source_id].title),
                "Fil": plain(one.original_name),
                "Kendt fra": one.known_from,
                "Nye": fmt.number(one.rows_new, 0),
                "Ændrede": fmt.number(one.rows_changed, 0),
                "Fjernet": fmt.number(one.rows_removed, 0),
            }
            for one in view.batches
        ]
    ),
    border="horizontal",
    hide_index=True,
    alt="Udgivelser",
)

show_heading("Tilgængelighed")
st.markdown(
    "Spor er bygget til at opfylde WCAG 2.1 niveau AA. Alle diagrammer har en tekst for skærmlæsere "
    "og en tabel med de samme tal, alt kan nås med tastaturet, og ingen betydning hviler på farve "
    "alene. Møder du en hindring, så skriv til den afdeling, der har givet dig adgang."
)
write_url(Selection("om", noegletal=wanted.noegletal))
