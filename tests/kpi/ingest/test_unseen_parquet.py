"""What a Parquet file holds beside its cells, searched for personal numbers."""

import base64
import gzip
import io

import pyarrow as arrow
from pyarrow import parquet

from kpi.ingest.gate.unseen_parquet import is_personal
from tests.kpi.ingest.made_files import parquet_file

CPR = "010190-1234"


def with_dictionary(texts: list[str]) -> bytes:
    """A column of which all rows have the first text of its dictionary."""
    column = arrow.DictionaryArray.from_arrays(arrow.array([0, None, 0]), texts)
    return parquet_file({"a": column})


def test_a_text_that_no_row_has() -> None:
    assert is_personal(with_dictionary(["x", CPR]))
    assert not is_personal(with_dictionary(["x", "y"]))
    # What the rows have is judged where the cells are read.
    assert not is_personal(with_dictionary([CPR, "y"]))


def test_letters_of_two_bytes() -> None:
    assert is_personal(parquet_file({"a": [CPR.encode("utf-16-le")]}))
    assert not is_personal(parquet_file({"a": ["x".encode("utf-16-le")], "b": [1]}))


def test_the_program_that_made_it() -> None:
    file = io.BytesIO()
    table = arrow.table({"a": [1]})
    parquet.write_table(table, file)
    content = file.getvalue()
    made_by = parquet.read_metadata(io.BytesIO(content)).created_by.encode()
    assert is_personal(content.replace(made_by, CPR.encode().ljust(len(made_by))))


def test_a_value_in_a_columns_metadata_that_no_row_has() -> None:
    content = parquet_file({"a": [2512484916, 7]}, use_dictionary=False, compression=None)
    assert not is_personal(content)  # what the rows have is judged where the cells are read
    cells = (2512484916).to_bytes(8, "little") + (7).to_bytes(8, "little")
    assert is_personal(content.replace(cells, bytes(16)))


def test_metadata_with_a_number_is_refused() -> None:
    table = arrow.table({"a": [1]}).replace_schema_metadata({"cpr": "101901234"})
    file = io.BytesIO()
    parquet.write_table(table, file)
    assert is_personal(file.getvalue())


def with_metadata(entries: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    parquet.write_table(arrow.table({"a": [1]}).replace_schema_metadata(entries), file)
    return file.getvalue()


def test_metadata_among_words_in_halves_and_packed() -> None:
    note = b"Ida 251248-4916 bor i Gellerup"
    numbers: tuple[dict[str, str | bytes], ...] = (
        {"note": "Ida 251248, 4916 bor her"}, {"note": "født 251248, sidste fire 4916"},
        {"født": "251248", "nr": "4916"}, {"note": gzip.compress(note)},
        {"note": base64.b64encode(note)},
    )  # fmt: skip
    assert [entries for entries in numbers if not is_personal(with_metadata(entries))] == []
    others: tuple[dict[str, str | bytes], ...] = (
        {"note": "Ida 251248, 4917 bor her"}, {"a": "751012", "b": "2024"},
        {"pandas": '{"index_columns": [{"start": 0, "stop": 251248, "step": 1}]}'},
        {"note": base64.b64encode(b"figures of 2023 and 2024, 1234567 rows in all")},
    )  # fmt: skip
    assert not any(is_personal(with_metadata(entries)) for entries in others)
