"""What a log tells: never a CPR number, whatever an error or a program's own words repeat."""

import logging
import sys

from kpi.personal_spelling import without_personal_numbers


class PrivateFormatter(logging.Formatter):
    """Writes a record and its traceback without the CPR numbers in them."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's text, one line or with its traceback."""
        return without_personal_numbers(super().format(record))


def private_handler() -> logging.Handler:
    """Writes to the error stream; for the root logger."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PrivateFormatter(logging.BASIC_FORMAT))
    return handler


def keep_logs_private() -> None:
    """Lets everything that the program's own loggers write pass a private handler."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(private_handler())
    for handler in root.handlers:
        if not isinstance(handler.formatter, PrivateFormatter):
            format_ = handler.formatter._fmt if handler.formatter else logging.BASIC_FORMAT
            handler.setFormatter(PrivateFormatter(format_))
