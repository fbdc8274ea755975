"""A ZIP of tables: its files as uploads of their own, taken out in memory and within limits.

Nothing is written to disk, and the ZIP itself is kept nowhere: each file passes the gate for
personal data alone. A workbook is a ZIP too, and is left to those who read it.
"""

import re
import unicodedata
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from kpi.cpr.typed import typed_holds_number
from kpi.domain.errors import Problem
from kpi.domain.format import number
from kpi.domain.personal import PersonalNumber, name_holds_number
from kpi.domain.wording import first_listed
from kpi.ingest.gate.gate import refuse_personal
from kpi.ingest.gate.unseen_bytes import holds_in_bytes
from kpi.ingest.readers.gzip_file import gunzipped, gzip_inflated_bytes
from kpi.ingest.table.file_kind import ZIP_END, ZIP_FAULTS, file_kind
from kpi.ingest.table.raw import MOST_BYTES, MOST_INFLATED_BYTES, RefusedError, Upload
from kpi.ingest.turning.title_year import years_named
from kpi.ingest.words.telling_words import FILE, telling_words

MOST_FILES = 50
# Tables shrink to about a hundredth at most; a bomb to a thousandth.
MOST_RATIO = 500
_RATIO_MATTERS_FROM_BYTES = 50 * 1024**2
_MOST_ENTRIES = 10_000
_MOST_NAMED = 20
_ENCRYPTED, _UTF8 = 0x1, 0x800
# What systems add of their own to folders and archives, and Office beside an open document.
_NOT_OURS = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|\.[^/]*|~\$[^/]*|Thumbs\.db|desktop\.ini)", re.IGNORECASE
)
# What people and services put beside a table, by its name: it can be no table itself.
_NO_TABLE = re.compile(
    r"(?:.*/)?(?:.*\.(?:pdf|docx?|odt|rtf|md|rst|pptx?|msg|eml|png|jpe?g|gif|svg|bmp|url|lnk|log"
    r"|toml|ya?ml|xsd|css)"
    r"|(?:.*[\W_])?(?:l(?:æ|ae)s[ _-]?(?:mig|denne)|read[ _-]?me|vejledning|beskrivelse"
    r"|dokumentation|noter|licen[sc]e?|copying|om[ _-](?:data|tabellen|udtrækket))(?:[\W_][^.]*)?"
    r"(?:\.txt)?|(?:metadata|datapackage|schema)\.(?:json|xml|txt))",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OUTSIDE = re.compile(r"^/|^[a-z]:/|(?:^|/)\.\.(?:/|$)", re.IGNORECASE)
_SHORTEST = 8
# A word of a folder that may be an area's name, or say which figures are in it.
_NAME_WORD = re.compile(r"[^\W\d_]{4,}|(?<![^\W_])[hkq][1-4](?![^\W_])", re.IGNORECASE)
_UNPACK = "Pak den ud, og indlæs filerne i den."


def is_archive_of_files(content: bytes) -> bool:
    """Whether the bytes are a sound ZIP of files, not one document as a workbook is, or gzip's."""
    return file_kind(content).name in ("archive", "gzip")


def inflated_bytes(content: bytes) -> int:
    """The size of a ZIP's files when they are unpacked, as the ZIP itself states it."""
    if file_kind(content).name == "gzip":
        return gzip_inflated_bytes(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except ZIP_FAULTS:
        return 0


def files_in(upload: Upload) -> tuple[Upload, ...]:
    """The files of a ZIP in its order, each with its name without folders.

    Where two have the same name the folders are put before it; so where they may say what the
    figures are (`mænd/tal.csv`, `Odense/tal.csv`) or of when (`2023/tal.csv`), which is then
    compared with the rows, and where they contain a CPR number, so that the file is refused. What
    systems and Office add (`__MACOSX`, `.DS_Store`, `~$tal.xlsx`) is left out. Raises RefusedError
    for a ZIP with a password, with paths out of it, without files, damaged, or past the limits; a
    ZIP within it is a file like others, and is refused when it is read. A file that gzip packed is
    the one within.
    """
    if file_kind(upload.content).name == "gzip":
        return (gunzipped(upload),)
    try:
        with ZipFile(BytesIO(upload.content)) as archive:
            entries = [
                entry for entry in archive.infolist()[: _MOST_ENTRIES + 1] if not entry.is_dir()
            ]
            named = {_path(entry): entry for entry in entries}
            if len(named) < len(entries):
                raise _refused("ZIP-filen har to filer med samme navn.", _UNPACK)
            wanted = {path: entry for path, entry in named.items() if not _NOT_OURS.fullmatch(path)}
            _refuse_beside_files(upload.content, archive, wanted)
            _refuse(upload, entries, wanted)
            return tuple(
                Upload(_name(path, wanted), archive.read(entry)) for path, entry in wanted.items()
            )
    except ZIP_FAULTS:
        raise _refused(
            "ZIP-filen er beskadiget eller pakket på en måde, der ikke kan læses.",
            "Pak filerne igen, eller indlæs dem uden ZIP.",
        ) from None


def member(upload: Upload, name: str | None) -> Upload:
    """The file of a ZIP that `name` means, or its only one; any other file is itself.

    Of a table and what is put beside it (`LÆSMIG.txt`, a PDF) it is the table: `beside_table`.

    Raises RefusedError (`several_files`) that lists the files where it takes a choice.
    """
    if not is_archive_of_files(upload.content):
        return upload
    files = files_in(upload)
    chosen = [file for file in files if file.name == name] if name else _tables(files)
    chosen = chosen or [file for file in files if file.name.rpartition("/")[2] == name]
    if len(chosen) == 1:
        return chosen[0]
    names = [f"»{file.name}«" for file in files if not name_holds_number(file.name)]
    shown = first_listed(names, _MOST_NAMED, len(files))
    wrong = f"ZIP-filen har ingen fil med navnet »{name}«." if name and not chosen else ""
    raise RefusedError(
        "several_files",
        wrong or f"ZIP-filen indeholder {len(files)} filer.",
        f"Vælg én af dem med --member NAVN: {shown}.",
    )


def tables_and_others(upload: Upload) -> tuple[list[Upload], list[Upload]]:
    """The files of a ZIP that may be tables, and those put beside them (`LÆSMIG.txt`, a PDF).

    Where none may be a table, all of them are taken for one. Raises as `files_in` does.
    """
    files = files_in(upload)
    tables = _tables(files)
    return tables, [file for file in files if file not in tables]


def _tables(files: tuple[Upload, ...]) -> list[Upload]:
    """The files that may be tables; all of them where none may."""
    return [file for file in files if not _NO_TABLE.fullmatch(_composed(file.name))] or list(files)


def _composed(name: str) -> str:
    """A name whose letters are one sign each: macOS writes `æ` so, but `å` in two."""
    return unicodedata.normalize("NFC", name)


def beside_table(upload: Upload) -> list[Problem]:
    """A warning of what a ZIP has beside its only table, and is not read; empty for other files.

    Expects that `member` finds that table.
    """
    if file_kind(upload.content).name != "archive" or len(files := files_in(upload)) == 1:
        return []
    tables = _tables(files)
    others = [file.name for file in files if file not in tables]
    if len(tables) != 1 or any(map(name_holds_number, (tables[0].name, *others))):
        return []
    names = first_listed([f"»{name}«" for name in others], _MOST_NAMED)
    return [
        Problem(
            "several_files", "", None, None, None,
            f"Af ZIP-filens {len(files)} filer læses »{tables[0].name}«, men ikke {names}.",
            "Kontrollér, om der står noget om tallene i dem.", reported_as="warning",
        )
    ]  # fmt: skip


def _refuse(upload: Upload, entries: list[ZipInfo], wanted: dict[str, ZipInfo]) -> None:
    """Refuses what the list of contents already shows, before anything is taken out."""
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _refused(
            "ZIP-filen er beskyttet med adgangskode.",
            "Pak den ud med adgangskoden, og indlæs filerne i den.",
        )
    if any(_OUTSIDE.search(path) for path in wanted):
        raise _refused("ZIP-filen har en fil, hvis sti peger ud af den.", _UNPACK)
    if not wanted:
        raise RefusedError(
            "empty_file", "ZIP-filen indeholder ingen filer.", "Vælg en ZIP-fil med tabeller i."
        )
    if len(entries) > _MOST_ENTRIES or len(wanted) > MOST_FILES:
        raise _too_large(f"ZIP-filen indeholder {number(len(wanted), 0)} filer; der må højst være "
                         f"{MOST_FILES}.")  # fmt: skip
    for path, entry in wanted.items():
        if entry.file_size > MOST_BYTES:
            name = "En fil" if name_holds_number(path) else f"»{path.rpartition('/')[2]}«"
            raise _too_large(
                f"{name} i ZIP-filen fylder {entry.file_size // 1024**2} MB; en fil må højst fylde "
                f"{MOST_BYTES // 1024**2} MB."
            )
    inflated = sum(entry.file_size for entry in wanted.values())
    if inflated > MOST_INFLATED_BYTES:
        raise _too_large(
            f"ZIP-filen fylder {inflated // 1024**2} MB, når den pakkes ud; det må højst være "
            f"{MOST_INFLATED_BYTES // 1024**2} MB."
        )
    if inflated > max(MOST_RATIO * len(upload.content), _RATIO_MATTERS_FROM_BYTES):
        raise _too_large("ZIP-filen fylder for meget, når den pakkes ud.")


def _refuse_beside_files(content: bytes, archive: ZipFile, wanted: dict[str, ZipInfo]) -> None:
    """Refuses a ZIP with a CPR number beside its files; a number in a file's name is for the file.

    In its remarks, in the names of what is left out, in fields of programs' own, before its files
    and after its list of contents.
    """
    entries = archive.infolist()
    remarks = [archive.comment, *(entry.comment for entry in entries)]
    if any(typed_holds_number(text.decode("utf-8", "replace")) for text in remarks):
        refuse_personal([PersonalNumber(None, "", "ZIP-filens kommentarer")])
    if any(name_holds_number(path) for entry in entries if (path := _path(entry)) not in wanted):
        refuse_personal([PersonalNumber(None, "", "et navn i ZIP-filen, som ikke er en tabels")])
    first = min((entry.header_offset for entry in entries), default=0)
    last = content.rfind(ZIP_END)
    around = (content[:first], content[max(0, last) :], *(entry.extra for entry in entries))
    if any(len(remark) > _SHORTEST and holds_in_bytes(remark) for remark in around):
        refuse_personal([PersonalNumber(None, "", "ZIP-filen uden for dens filer")])


def _path(entry: ZipInfo) -> str:
    """The file's path, its Danish letters as they were: ZIPs say UTF-8, write it, or are DOS's."""
    path = entry.filename
    if not entry.flag_bits & _UTF8 and not path.isascii():
        raw = path.encode("cp437", "replace")
        try:
            path = raw.decode("utf-8")
        except UnicodeDecodeError:
            path = raw.decode("cp850")
    return _UNPRINTABLE.sub("_", path.replace("\\", "/"))


def _name(path: str, paths: dict[str, ZipInfo]) -> str:
    last = path.rpartition("/")[2]
    is_alone = sum(path.rpartition("/")[2] == last for path in paths) == 1
    folders = path.removesuffix(last).replace("/", " ")
    says_more = bool(telling_words(folders, FILE) or _NAME_WORD.search(folders)) or years_named(
        folders
    ) - years_named(last)
    return last if is_alone and not says_more and not name_holds_number(path) else path


def _refused(message: str, hint: str) -> RefusedError:
    return RefusedError("not_a_table", message, hint)


def _too_large(message: str) -> RefusedError:
    return RefusedError("too_large", message, "Del den i flere, eller indlæs filerne enkeltvis.")
