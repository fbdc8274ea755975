"""Holds files for office programs to their format, as those do before they offer a repair."""

from pathlib import Path
from tempfile import TemporaryDirectory

from openxml_audit import OpenXmlValidator


def format_faults(content: bytes, ending: str) -> list[str]:
    """Where the file breaks its format: the part, and what is wrong there. `ending`: pptx, xlsx."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"fil.{ending}"
        file.write_bytes(content)
        errors = OpenXmlValidator().validate(file).errors
    return [f"{error.part_uri}: {error.description}" for error in errors]
