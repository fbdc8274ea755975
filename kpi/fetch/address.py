"""A file at an address of its own, as any statistics service answers: JSON-stat, CSV, workbooks."""

from pathlib import PurePosixPath

from kpi.fetch.definition import Definition
from kpi.fetch.hosts import allowed_address
from kpi.fetch.http import Client, Question
from kpi.fetch.source import Source, Stamp
from kpi.fetch.tokens import token
from kpi.ingest.table.raw import Upload


def _download(client: Client, definition: Definition, _: Stamp | None) -> Upload:
    words = definition.query.words
    key = token(words["token"]) if "token" in words else ""
    content = client.content(Question("GET", words["url"]), key)
    name = PurePosixPath(allowed_address(words["url"]).path).name
    return Upload(name or definition.name, content)


ADDRESS = Source(_download)
