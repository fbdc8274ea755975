"""Files in the field of the page Indlæs data, as a browser sends its value again and again."""

import pytest
import streamlit as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from ui import upload_files


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
