"""Whatever befalls a file, it is read or refused in words: hundreds of changes of each sample.

`make soak` tries a thousand of each, and takes longer than all other tests of the readers.

A test tries many seeds, for one alone takes less than starting a test. The one that fails stands
beside the error and repeats it. The whole check of a CSV that can still be read takes a hundred
times longer than its readers, so fewer go through it.
"""

import io
import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from kpi.domain.errors import KpiError
from kpi.domain.personal import personal_numbers
from kpi.ingest.containers.archive_parts import named_parts
from kpi.ingest.mapping.recipe import parse_recipe
from kpi.ingest.readers.binary_workbook import BinaryWorkbook
from kpi.ingest.readers.delimited import read_head, records
from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.jobindsats import jobindsats_table
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.readers.old_workbook import OldWorkbook
from kpi.ingest.readers.parquet_file import read_parquet
from kpi.ingest.readers.px import px_table
from kpi.ingest.readers.workbook import check_archive, read_workbook
from kpi.ingest.readers.workbook_process import BROKEN, read_sheets
from kpi.ingest.table.raw import Upload
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import ods, ods_sheet, parquet_file
from tests.kpi.ingest.test_binary_workbooks import formats_xlsb
from tests.tables import for_each

SAMPLES = Path(__file__).parents[2] / "samples"
TEXTS = [path.name for path in sorted(SAMPLES.iterdir()) if path.suffix in {".csv", ".json", ".px"}]
WORKBOOKS = LARGE_BOOK, SMALL_BOOK = (
    "dst_xlsx_BM010_da_quarters_dotdot_footnote.xlsx",
    "dst_xlsx_RAS200_en_employment_by_municipality.xlsx",
)
_IS_SOAK = "SPOR_SOAK" in os.environ
# Whole checks in one test; every day there is no more than one, of fewer.
_AT_ONCE = 20 if _IS_SOAK else 6
HUNDREDS = [range(first, first + 100) for first in range(0, 1000, 100)]
if not _IS_SOAK:
    HUNDREDS = [range(40)]

PIECES = (
    b'"', b";", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"1.5", b"-", b"..", b"\xc3", b",",
    b"9" * 400, b"1e999", b"0101901234", b"[", b"}", b"null", b"\t", b"<5", b"1000",
    b"\xe2\x80\xa8",
)  # fmt: skip
RECIPE = 'source_id = "paper"\nindicator_id = "persons"\n'
RECIPES = {
    "dst_api_csv_FOLK1A_da_codes_EXCERPT.csv": 'area = "OMRÅDE"\nperiod = "TID"\n',
    "dst_api_csv_FOLK1A_da_values_bom_crlf.csv": 'area = "OMRÅDE"\nperiod = "TID"\n',
    "uvm_api_raw_shape_EXCERPT.csv": 'area = "Beliggenhedskommune"\nperiod = "Skoleår"\n',
    "dst_api_jsonstat_bef5_en.json": 'period = "Tid"\n[constant]\narea = "denmark"\n',
    "jobindsats_v3_discovery_rows_with_null.json": 'area = "Område"\nperiod = "Periode"\n'
    'value = "Anden kontakt"\n',
}  # fmt: skip

WANTED = ("Område", "Periode", "Anden kontakt")

Slip = Callable[[bytes, int], bytes]


def scrambled(content: bytes, seed: int) -> bytes:
    """The file with one to four bytes changed; half of the seeds change its beginning."""
    chance = random.Random(seed)
    # There most can go wrong: keywords, the header, the archive's directory of names.
    end = len(content) if seed % 2 else min(len(content), 2_000)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(end)] = chance.randrange(256)
    return bytes(changed)


def slipped(content: bytes, seed: int) -> bytes:
    """The file with one to four slips: bytes lost, doubled, or something else in their place."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        place, length = chance.randrange(len(content)), chance.choice((0, 1, 1, 5, 40))
        piece = chance.choice((*PIECES, content[place : place + length] * 2))
        content = content[:place] + piece + content[place + length :]
    return content


def remade(content: bytes, seed: int) -> bytes:
    """A workbook with changes inside its XML, zipped soundly again: past every checksum."""
    chance = random.Random(seed)
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as sample, ZipFile(file, "w", compresslevel=1) as archive:
        parts = [name for name in sample.namelist() if name.startswith(("xl/", "content"))]
        hit = chance.choice(parts)
        for name in sample.namelist():
            part = bytearray(sample.read(name))
            for _ in range(chance.randint(1, 8) if name == hit else 0):
                part[chance.randrange(len(part))] = chance.choice(b'<>"/&0123456789=ACZr :')
            archive.writestr(name, bytes(part), ZIP_DEFLATED)
    return file.getvalue()


@contextmanager
def expect_an_answer(seed: int) -> Iterator[None]:
    """A KpiError is an answer; any other error is raised with its seed beside it."""
    try:
        yield
    except KpiError:
        pass
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise


def read_text(content: bytes) -> bool:
    """Reads it as what it looks like; of a table every row has a text for each column.

    As all readers here it returns whether anything was read, which of a broken file need not be.
    """
    recognised = recognise(Upload("x", content))
    columns: tuple[str, ...] = ()
    rows: Sequence[tuple[int | None, tuple[str, ...]]] = ()
    if recognised.kind == "delimited":
        head = read_head(recognised.text)
        columns, rows = head.columns, list(records(recognised.text, head, []))
    elif recognised.kind == "px":
        table = px_table(recognised.text)
        columns, rows = table.columns, table.rows
    elif read := jsonstat_table(recognised.document) or jobindsats_table(
        recognised.document, WANTED
    ):
        columns, rows = read.columns, read.rows
    assert all(len(cells) == len(columns) for _, cells in rows)
    personal_numbers(columns, rows)
    return bool(rows)


def read_book(content: bytes) -> bool:
    """Reads it as the child does, without one: quick enough for thousands of files."""
    check_archive(content)
    rows = [cells for _, _, sheet_rows in read_sheets(content) for cells in sheet_rows]
    assert all(isinstance(cell, str) for cells in rows for cell in cells)
    return bool(rows)


def read_ods(content: bytes) -> bool:
    """Reads it as the child does, where its first bytes still say that it is one."""
    if recognise(Upload("x", content)).workbook != "ods":
        return False
    check_archive(content, "ods")
    rows = [cells for _, _, sheet_rows in read_sheets(content, "ods") for cells in sheet_rows]
    assert all(isinstance(cell, str) for cells in rows for cell in cells)
    return bool(rows)


def read_xls(content: bytes) -> bool:
    """Our own part of the reading: the fast reader may end its whole process."""
    with suppress(*BROKEN):
        return OldWorkbook.of(content) is not None
    return False


def read_xlsb(content: bytes) -> bool:
    """The same of an XLSB."""
    if recognise(Upload("x", content)).workbook == "xlsb":
        check_archive(content, "xlsb")
        with suppress(*BROKEN), ZipFile(io.BytesIO(content)) as archive:
            parts = named_parts(archive)
            book = BinaryWorkbook()
            book.read(archive, parts)
            for part in book.sheet_parts:
                book.judge(archive, part)
            return bool(book.sheet_parts)
    return False


OTHERS = {
    "xls": (Path(__file__).parent / "files" / "formats.xls").read_bytes(),
    "xlsb": formats_xlsb(),
    "ods": ods(ods_sheet([("a", 1.5, "b")] * 20)),
    "parquet": parquet_file({"a": ["x", "y"] * 20, "b": [1.5, None] * 20}),
}


@pytest.mark.parametrize("seeds", HUNDREDS[:4], ids=str)
@pytest.mark.parametrize(
    ("read", "slip"),
    [
        (read_ods, scrambled), (read_ods, slipped), (read_ods, remade),
        (read_xls, scrambled), (read_xls, slipped),
        (read_xlsb, scrambled), (read_xlsb, slipped), (read_xlsb, remade),
    ],
    ids=lambda function: function.__name__,
)  # fmt: skip
def test_other_workbooks(read: Callable[[bytes], bool], slip: Slip, seeds: range) -> None:
    sample = OTHERS[read.__name__.removeprefix("read_")]
    for seed in seeds:
        with expect_an_answer(seed):
            read(slip(sample, seed))


@pytest.mark.parametrize("kind", ["xls", "xlsb", "parquet"])
@pytest.mark.parametrize("slip", [scrambled, slipped], ids=lambda function: function.__name__)
def test_other_kinds_in_the_child(kind: str, slip: Slip) -> None:
    for seed in range(50 if _IS_SOAK else 2):
        with expect_an_answer(seed):
            upload = Upload("x", slip(OTHERS[kind], seed))
            recognised = recognise(upload)
            if recognised.kind == "parquet":
                read_parquet(upload)
            elif recognised.workbook is not None:
                read_workbook(upload, recognised.workbook)


@pytest.mark.parametrize(
    ("read", "sample"),
    [
        *((read_text, (SAMPLES / name).read_bytes()) for name in TEXTS),
        (read_book, (SAMPLES / SMALL_BOOK).read_bytes()),
        (read_ods, OTHERS["ods"]), (read_xls, OTHERS["xls"]), (read_xlsb, OTHERS["xlsb"]),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)  # fmt: skip
def test_a_sample_that_nothing_happened_to_is_read(
    read: Callable[[bytes], bool], sample: bytes
) -> None:
    """The tests of broken ones would all pass where every file was refused."""
    assert read(sample)


EVERY = [
    *((name, slip, read_text) for name in TEXTS for slip in (scrambled, slipped)),
    *((name, slip, read_book) for name in WORKBOOKS for slip in (scrambled, slipped)),
    (SMALL_BOOK, remade, read_book),
]


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("name", "slip", "read", "seeds"),
    [
        *((*case, seeds) for case in EVERY for seeds in HUNDREDS),
        # Zipping this one again takes longer than reading it.
        (LARGE_BOOK, remade, read_book, HUNDREDS[0]),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),
)
def test_readers(name: str, slip: Slip, read: Callable[[bytes], bool], seeds: range) -> None:
    sample = (SAMPLES / name).read_bytes()
    for seed in seeds:
        with expect_an_answer(seed):
            read(slip(sample, seed))


@for_each("seed", range(1000, 1006 if _IS_SOAK else 1002))
@for_each("slip", [scrambled, remade])
def test_workbooks_in_the_child(slip: Slip, seed: int) -> None:
    with expect_an_answer(seed):
        assert read_workbook(Upload("a.xlsx", slip((SAMPLES / SMALL_BOOK).read_bytes(), seed)))


def _checked_whole(name: str) -> int:
    if not _IS_SOAK:
        return _AT_ONCE
    return 500 if name.endswith("json") else 100


@pytest.mark.parametrize(
    ("name", "seeds"),
    [
        (name, range(first, first + _AT_ONCE))
        for name in RECIPES
        for first in range(0, _checked_whole(name), _AT_ONCE)
    ],
    ids=str,
)
def test_the_whole_check(tiny: Desk, name: str, seeds: range) -> None:
    sample = (SAMPLES / name).read_bytes()
    recipe = parse_recipe(RECIPE + RECIPES[name], "prøve")
    outcomes = []
    for seed in seeds:
        with expect_an_answer(seed):
            broken = (scrambled if seed % 2 else slipped)(sample, seed)
            outcomes.append(tiny.check(broken, recipe))
    assert any(outcome.problems for outcome in outcomes)
