"""`ordliste.json`: the glossary of Om tallene, which words.js explains words on all pages by."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from kpi.domain.errors import KpiError
from kpi.store import current_version, home_folder
from kpi.store.catalogs import catalog_of


def glossary(request: Request) -> JSONResponse:
    """Each word and what it means, as pairs; none where there is no store to read them in."""
    home = home_folder()
    try:
        words = catalog_of(home, current_version(home)).abbreviations
    except KpiError:
        words = ()
    return JSONResponse(list(words), headers={"Cache-Control": "no-store"})
