"""A file packed by gzip (`tal.csv.gz`): taken out in memory, within the limits of a ZIP's files."""

import zlib

from kpi.domain.personal import PersonalNumber
from kpi.ingest.gate.gate import refuse_personal
from kpi.ingest.gate.unseen_bytes import holds_in_bytes
from kpi.ingest.table.raw import MOST_BYTES, RefusedError, Upload

# As in a ZIP (archive.py): tables shrink to about a hundredth at most; a bomb to a thousandth.
_MOST_RATIO, _RATIO_MATTERS_FROM_BYTES = 500, 50 * 1024**2
_WITH_HEADER = 16 + zlib.MAX_WBITS
_FIXED_HEADER = 10
# The flags of what follows the fixed header: a field of programs' own, a name, a remark, a sum.
_EXTRA, _NAME, _REMARK, _SUM = 0x04, 0x08, 0x10, 0x02
_ENDING = ".gz"
_UNPACK = "Pak filen ud, og indlæs den tabel, der ligger i den."


def gunzipped(upload: Upload) -> Upload:
    """The file within, called as the outer one is without `.gz`.

    Raises RefusedError for a damaged file, one of several parts, and one past the limits; and for a
    CPR number in what the format keeps beside the file.
    """
    content = upload.content
    if holds_in_bytes(content[: _header_length(content)]):
        refuse_personal([PersonalNumber(None, "", "gzip-filens eget hoved")])
    packed = zlib.decompressobj(_WITH_HEADER)
    try:
        inner = packed.decompress(content, MOST_BYTES + 1)
    except zlib.error:
        raise _refused("Den pakkede fil (gzip) er beskadiget.") from None
    is_bomb = len(inner) > max(_MOST_RATIO * len(content), _RATIO_MATTERS_FROM_BYTES)
    if len(inner) > MOST_BYTES or is_bomb:
        raise RefusedError(
            "too_large",
            f"Filen fylder for meget, når den pakkes ud; den må højst fylde "
            f"{MOST_BYTES // 1024**2} MB.",
            "Del den, eller hent færre perioder og områder ad gangen.",
        )
    if not packed.eof:
        raise _refused("Den pakkede fil (gzip) er ikke hel.")
    if packed.unused_data:
        raise _refused("Den pakkede fil (gzip) har mere end én del.")
    name = upload.name
    is_named_so = name.casefold().endswith(_ENDING) and len(name) > len(_ENDING)
    return Upload(name[: -len(_ENDING)] if is_named_so else name, inner)


def gzip_inflated_bytes(content: bytes) -> int:
    """The size of the file within, as its end states it."""
    return int.from_bytes(content[-4:], "little")


def _header_length(content: bytes) -> int:
    """How many bytes are before the packed ones; all of them where the header does not end."""
    if len(content) < _FIXED_HEADER:
        return len(content)
    flags, place = content[3], _FIXED_HEADER
    if flags & _EXTRA:
        place += 2 + int.from_bytes(content[place : place + 2], "little")
    for flag in (_NAME, _REMARK):
        if flags & flag:
            end = content.find(b"\x00", place)
            place = len(content) if end < 0 else end + 1
    return place + 2 * bool(flags & _SUM)


def _refused(message: str) -> RefusedError:
    return RefusedError(
        "not_a_table", message, "Pak filen ud, og indlæs den tabel, der ligger i den."
    )
