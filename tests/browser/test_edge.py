"""What a stranger gets from the running server: nothing of the machine, and no say over others.

Without a browser: it speaks with the server as the page does.
"""

import json
import platform
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus

from kpi.domain.pages import PAGES
from tests.browser.running_app import REPOSITORY, SharedApp
from tests.browser.stream import SECONDS, connected, run
from tests.tiers import some


def test_pages_say_nothing_of_the_machine(app_url: str, app: SharedApp, app_home: Path) -> None:
    secrets = [
        streamlit.__version__, platform.python_version(), str(REPOSITORY), str(app.log.parent),
        str(app_home), "navigation.py", platform.system().lower(),
    ]  # fmt: skip
    for page in some([*PAGES], 3):
        with connected(app_url) as opened:
            received = b"\n".join(run(opened, page))
        assert [secret for secret in secrets if secret.encode() in received] == [], page
    for path in ("", "tema", "healthz", "_stcore/health", "_stcore/host-config", "nej/nej.js"):
        try:
            answer = urlopen(f"{app_url}/{path}", timeout=SECONDS)
        except HTTPError as error:
            answer = error
        content = answer.read() + str(answer.headers).encode()
        assert [secret for secret in secrets if secret.encode() in content] == [], path


def test_no_visitor_acts_for_all(app_url: str) -> None:
    """Messages that pages do not need have no effect; the one after them is answered."""
    with connected(app_url) as opened:
        run(opened, "om")
        for kind in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"):
            unneeded = BackMsg()
            setattr(unneeded, kind, True)
            opened.send(unneeded.SerializeToString())
        skills = BackMsg()
        skills.backend_operation_request.install_skills.SetInParent()
        opened.send(skills.SerializeToString())
        opened.send(b"\xff\xff")
        opened.send("tekst")
        opened.send(BackMsg(app_heartbeat=True).SerializeToString())
        answers = [""]
        while answers[-1] != "heartbeat_ack":
            answer = ForwardMsg.FromString(opened.recv(timeout=SECONDS))
            answers.append(answer.WhichOneof("type"))
        assert answers[1:-1] in ([], ["session_status_changed"])  # of the run before
        with pytest.raises(TimeoutError):
            opened.recv(timeout=0.3)


@pytest.mark.parametrize(
    "header", [("Host", "evil.example"), ("Origin", "http://evil.example"), ("Origin", "null")]
)
def test_strangers_are_refused(app_url: str, header: tuple[str, str]) -> None:
    name, value = header
    with pytest.raises(InvalidStatus) as refusal, connected(app_url, **{name: value}):
        pass
    assert refusal.value.response.status_code == 403
    for path in ("/", "/healthz", "/_stcore/health", "/media/x.csv"):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(app_url + path, headers={name: value}), timeout=SECONDS)
        assert refused.value.code == 403
        assert "docs/drift.md" in refused.value.read().decode()
    with urlopen(f"{app_url}/healthz", timeout=SECONDS) as answer:
        assert json.load(answer)["status"] == "ok"
