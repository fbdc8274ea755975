"""Office files are zip archives: packing them so that the same content gives the same bytes."""

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# MIME types.
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The earliest time that a zip archive can record.
_STAMP = (1980, 1, 1, 0, 0, 0)
_WRITTEN_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def repacked(content: bytes, edit: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with every part passed through `edit` (its name, its bytes), without times."""
    with ZipFile(io.BytesIO(content)) as read:
        return packed({name: edit(name, read.read(name)) for name in read.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts by their names, in their order, without times."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as written:
        for name, content in parts.items():
            info = ZipInfo(name, _STAMP)
            info.compress_type = ZIP_DEFLATED
            # Else the archive records which kind of machine it was packed on.
            info.create_system = 0
            written.writestr(info, content)
    return out.getvalue()


def dated(core_properties: bytes, day: date) -> bytes:
    """The part docProps/core.xml as if the file had been written on a day."""
    return _WRITTEN_AT.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), core_properties)
