"""Om tallene: can I trust it?"""

from collections.abc import Sequence

from kpi.domain.selection import ABOUT_PARTS, Selection
from ui import cache
from ui.about_parts import (
    Section,
    claim_sections,
    closing_sections,
    indicator_sections,
    reading_sections,
    source_sections,
)
from ui.claims import show_entering
from ui.opening import shown_version
from ui.page import show_heading, show_title
from ui.parts import unfolded
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
wanted = selection_from_url("om", catalog)
view = cache.about_of(version)
# An indicator in the address is one that a link leads to.
asked = unfolded(wanted.afsnit, [*ABOUT_PARTS]) | ({"noegletal"} if wanted.noegletal else set())
opened: list[str] = []


def _show(sections: Sequence[Section]) -> None:
    opened.extend(section.part for section in sections if section.show(section.part in asked))


with title_alone("om"):
    show_title(
        "Hvert tal kan føres tilbage til sin kilde",
        f"Udgave {view.version} af tallene; Spor {view.program}",
    )
show_heading("Forstå tallene")
_show(reading_sections(view))
show_heading("Nøgletal og deres alder")
_show(indicator_sections(view, wanted.noegletal))
show_heading("Kilder og indlæsninger")
_show(source_sections(view, catalog))
show_heading("Kontrol, sammenligning og tilgængelighed")
_show(claim_sections(view))
show_entering(view.claims, catalog)
_show(closing_sections(cache.similar_of(version, cache.home_area(catalog))))
chosen = wanted.noegletal if "noegletal" in opened else ""
write_url(Selection("om", noegletal=chosen, afsnit=tuple(opened)))
