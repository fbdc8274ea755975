"""`/healthz`: whether the store opens, for whoever watches over the server."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from kpi.domain.errors import KpiError
from kpi.store import open_store


def health(request: Request) -> JSONResponse:
    """200 with the current version, or 503 with what is wrong and what to do, in Danish.

    Streamlit's own `/_stcore/health` says only that the server runs.
    """
    try:
        store = open_store()
    except KpiError as error:
        answer = {"status": "error", "title": error.title, "message": error.message}
        return JSONResponse(answer, status_code=503, headers=_UNKEPT)
    version = store.version
    store.close()
    return JSONResponse({"status": "ok", "version": version}, headers=_UNKEPT)


_UNKEPT = {"Cache-Control": "no-store"}
