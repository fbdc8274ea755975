"""A number put anywhere into the parts of a workbook that are kept: refused, or not kept."""

import io
import random
import re
import struct
from collections.abc import Iterator
from zipfile import ZipFile

import pytest

from kpi.ingest.gate.kept_copy import kept_copy
from kpi.ingest.gate.known_forms import LISTS
from kpi.ingest.gate.known_xml import only_known
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from tests.kpi.ingest.made_files import ods, ods_sheet, record, wide, xlsb, xlsb_cell, xlsb_row
from tests.kpi.ingest.planted_places import BASE, HEAD, ROW
from tests.tables import for_each

ODS = ods(ods_sheet([HEAD, ROW]))
_TAG = re.compile(rb"<(?![?!/])[^<>]*?(/?)>")
_VALUE = re.compile(rb'="([^"]*)"')


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def is_safe(content: bytes, kind: str, number: bytes) -> bool:
    """Whether a file is refused, or the copy of it has not the number."""
    if unseen_personal_numbers(content, kind):
        return True
    return not any(number in part for part in parts_of(kept_copy(content)).values())


def planted(xml: bytes, number: bytes, chance: random.Random, most: int) -> Iterator[bytes]:
    """A part with the number put into some of its elements: beside, within, in names and values."""
    tags = list(_TAG.finditer(xml))
    for tag in chance.sample(tags, min(most, len(tags))):
        at = tag.end() - 1 - len(tag[1])
        yield xml[:at] + b' zq="' + number + b'"' + xml[at:]
        yield xml[:at] + b" zq" + number + b'="x"' + xml[at:]
        yield xml[: tag.start()] + b"<!--" + number + b"-->" + xml[tag.start() :]
        yield xml[: tag.start()] + b"<zq>" + number + b"</zq>" + xml[tag.start() :]
        yield xml[: tag.start()] + b"<zq" + number + b"/>" + xml[tag.start() :]
        yield xml[: tag.start()] + b"<?zq " + number + b"?>" + xml[tag.start() :]
        for value in list(_VALUE.finditer(tag[0]))[:3]:
            start, end = (tag.start() + place for place in value.span(1))
            yield xml[:start] + number + xml[end:]


def missed(content: bytes, kind: str, most: int, seed: int) -> list[str]:
    chance, parts = random.Random(seed), parts_of(content)
    # What is in a cell, or names a sheet, is searched with the cells.
    return [
        f"{name}: {changed[max(0, changed.index(number) - 60) : changed.index(number) + 20]!r}"
        for name, xml in parts.items()
        if xml.lstrip().startswith(b"<")
        for number in (b"251248-4916",)
        for changed in planted(xml, number, chance, most)
        if not is_safe(packed({**parts, name: changed}), kind, number)
    ]


def test_in_some_elements_of_every_part() -> None:
    assert missed(BASE, "xlsx", 1, 16) == []
    assert missed(ODS, "ods", 2, 16) == []


@pytest.mark.soak
def test_in_most_elements_of_every_part() -> None:
    assert missed(BASE, "xlsx", 60, 17) == []
    assert missed(ODS, "ods", 60, 17) == []


@pytest.mark.parametrize("number", [b"251248-4916", b"2512484916"])
def test_where_no_reader_looks(number: bytes) -> None:
    parts = parts_of(BASE)
    sheet, links = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
    spots = [
        # The place of a shared text, or a figure, that is none.
        (sheet, rb'(t="s"><v>)\d+', rb"\g<1>" + number + b" 0"),
        (sheet, rb"(<v>)51\.5", rb"\g<1>51.5 " + number),
        (sheet, rb"<worksheet", b"<worksheet xmlns:a" + number + b'="urn:x"'),
        (sheet, rb"<sheetData>", b"<sheetData><x" + number + b"/>"),
        (links, rb'Id="rId1"', b'Id="rId1" x="' + number + b'"'),
        ("[Content_Types].xml", rb"<Types", b'<Types x="' + number + b'"'),
    ]
    for name, before, after in spots:
        changed, count = re.subn(before, after, parts[name], count=1)
        assert count == 1, before
        assert is_safe(packed({**parts, name: changed}), "xlsx", number), before
    document = parts_of(ODS)
    changed = document["content.xml"].replace(b'number:style="long"', b'number:style="%b"' % number)
    assert changed != document["content.xml"]
    assert is_safe(packed({**document, "content.xml": changed}), "ods", number)


def halves(xml: bytes, chance: random.Random, most: int) -> Iterator[bytes]:
    """A part with the two halves of a number where no reader looks, of which nobody finds one."""
    tags = list(_TAG.finditer(xml))[1:]
    for tag in chance.sample(tags, min(most, len(tags))):
        at = tag.end() - 1 - len(tag[1])
        yield xml[:at] + b' za="251248" zb="4916"' + xml[at:]
        yield xml[: tag.start()] + b"<za>251248</za><zb>4916</zb>" + xml[tag.start() :]
        yield xml[: tag.start()] + b'<za q="251248"><zb>4916</zb></za>' + xml[tag.start() :]
        yield xml[:at] + b" za251248='x' zb4916='>'" + xml[at:]
        yield xml[: tag.start()] + b"<?za 251248?><?zb 4916?>" + xml[tag.start() :]


def kept_halves(content: bytes, kind: str, most: int, seed: int) -> list[str]:
    chance, parts = random.Random(seed), parts_of(content)
    return [
        f"{name}: {changed[max(0, changed.index(b'251248') - 60) :][:90]!r}"
        for name, xml in parts.items()
        if xml.lstrip().startswith(b"<")
        for changed in halves(xml, chance, most)
        if not is_safe(packed({**parts, name: changed}), kind, b"251248")
    ]


def test_halves_in_parts_are_not_kept() -> None:
    assert kept_halves(BASE, "xlsx", 1, 18) == []
    assert kept_halves(ODS, "ods", 2, 18) == []


@pytest.mark.soak
def test_halves_in_most_parts_are_not_kept() -> None:
    assert kept_halves(BASE, "xlsx", 60, 19) == []
    assert kept_halves(ODS, "ods", 60, 19) == []


@for_each(
    ("content", "name", "before", "after"),
    [
        # Attributes that are known with values that they never have, and a text between elements.
        (BASE, "xl/worksheets/sheet1.xml", rb'<row r="1"', b'<row r="1" ht="251248" spans="4916"'),
        (BASE, "xl/worksheets/sheet1.xml", rb'<c r="A1"', b'<c r="A1" s="251248"'),
        (BASE, "xl/worksheets/sheet1.xml", rb"<sheetData>", b"<sheetData>251248"),
        (BASE, "xl/worksheets/sheet1.xml", rb"<sheetData>", b'<cols><col style="251248"/></cols>'
         b"<sheetData>"),
        (BASE, "xl/workbook.xml", rb"<sheets>", b'<sheets q:a="251248" xmlns:q="urn:251248">'),
        (BASE, "xl/styles.xml", rb"<fonts[^>]*>", b'<fonts count="251248">'),
        (ODS, "content.xml", rb"<table:table-row>", b"<table:table-row>251248"),
        (ODS, "content.xml", rb'value-type="string"', b'value-type="string" office:value="251248"'),
        (ODS, "content.xml", rb'style:name="N1"', b'style:name="N251248"'),
    ],
)  # fmt: skip
def test_a_half_where_other_things_stand(
    content: bytes, name: str, before: bytes, after: bytes
) -> None:
    parts = parts_of(content)
    changed, count = re.subn(before, after, parts[name], count=1)
    assert count == 1
    assert is_safe(packed({**parts, name: changed}), "ods" if content is ODS else "xlsx", b"251248")


def test_a_part_in_letters_of_two_bytes_is_kept_in_one() -> None:
    parts = parts_of(BASE)
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    wide = text.replace("<sheetData", '<sheetData za="251248" zb="4916"', 1).encode("utf-16")
    kept = parts_of(kept_copy(packed({**parts, name: wide})))[name]
    assert b"251248" not in kept.replace(b"\0", b"")
    assert kept.count(b"<c ") == parts[name].count(b"<c ")


def test_halves_in_records_of_a_binary_workbook_are_not_kept() -> None:
    """In records that nobody knows, and as the name of a font."""
    cells = xlsb_row(0, xlsb_cell(6, 0, wide("x")), xlsb_cell(7, 1, struct.pack("<I", 0)))
    content = xlsb(cells, strings=[b"\0" + wide("y")])
    parts = parts_of(content)
    half = "251248".encode("utf-16-le")
    font = struct.pack("<HHHH", 220, 0, 400, 0) + bytes(13) + wide("251248")
    for extra in (record(5000, half), record(43, font)):
        for name in ("xl/styles.bin", "xl/sharedStrings.bin", "xl/workbook.bin"):
            # Behind the first record.
            at = parts[name].index(bytes((parts[name][0], parts[name][1]))) + 3
            assert parts[name][2] in (0, 8)
            at += parts[name][2]
            changed = parts[name][:at] + extra + parts[name][at:]
            kept = parts_of(kept_copy(packed({**parts, name: changed})))
            assert half not in kept[name], (name, extra)
    assert kept["xl/sharedStrings.bin"] == parts["xl/sharedStrings.bin"]


def test_a_part_without_a_namespace_is_not_emptied() -> None:
    for root in (b"<Types>", b'<Types xmlns="urn:other">', b'<x:Types xmlns:x="urn:other">'):
        before = b"x:" if b"x:" in root else b""
        part = root + b'<%sDefault Extension="xml" ContentType="a/b"/></%sTypes>' % (before, before)
        assert b"Default" in b"".join(only_known((part,), LISTS)), root
