"""Files in the field of the page Indlæs data, as a browser sends its value again and again."""

import zipfile
from io import BytesIO

import pytest
import streamlit as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from kpi.ingest.table.raw import PackedUpload
from ui import upload_files, upload_memory


def test_a_field_whose_files_were_taken_before_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that comes meanwhile sends the field's former value: its file is there no more."""
    file = UploadedFile(UploadedFileRec("2", "b.csv", "text/csv", b"x;y\n1;2\n"), FileURLs())
    monkeypatch.setattr(st, "session_state", {"field": [DeletedFile("1"), file]})
    upload_files._take("field", adds=False)
    upload_files._take("field", adds=True)
    assert [handed.name for handed in upload_files.files()] == ["b.csv"]
    st.session_state["field"] = [DeletedFile("1"), DeletedFile("2")]
    upload_files._take("field", adds=False)
    assert [handed.name for handed in upload_files.files()] == ["b.csv"]
    del st.session_state["field"]
    upload_files._take("field", adds=True)
    assert [handed.name for handed in upload_files.files()] == ["b.csv"]


def test_the_files_of_a_zip_wait_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take no more of the server's memory than the ZIP did, and are read as they were."""
    files = {f"{year}.csv": f"Aarhus;{year};12\n".encode() * 20_000 for year in (2023, 2024)}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    sent = UploadedFile(UploadedFileRec("1", "a.zip", "", packed.getvalue()), FileURLs())
    monkeypatch.setattr(st, "session_state", {"field": [sent]})
    before = upload_memory.bytes_in_memory()
    upload_files._take("field", adds=False)
    uploads = [handed.upload for handed in upload_files.files() if handed.upload]
    assert {upload.name: upload.content for upload in uploads} == files
    assert all(isinstance(upload, PackedUpload) for upload in uploads)
    assert [upload.size for upload in uploads] == [len(content) for content in files.values()]
    assert upload_memory.bytes_in_memory() - before < 0.05 * sum(map(len, files.values()))
