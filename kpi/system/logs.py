"""What a log contains: never a CPR number, whatever an error or a program's own words repeat."""

import logging
import sys
import threading
from traceback import format_exception
from types import TracebackType
from typing import Any

from kpi.cpr.messages import without_personal_numbers

_TRACEBACKS = logging.Formatter()


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
    """Lets everything that is logged in this process lose its CPR numbers as it is said.

    Streamlit and the server have loggers and handlers of their own, and make more of them later: so
    the records themselves are mended, whoever writes them.
    """
    keep_faults_private()
    logging.setLogRecordFactory(_private_record)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(private_handler())
    for handler in root.handlers:
        if not isinstance(handler.formatter, PrivateFormatter):
            format_ = handler.formatter._fmt if handler.formatter else logging.BASIC_FORMAT
            handler.setFormatter(PrivateFormatter(format_))


def keep_faults_private() -> None:
    """Lets what nothing catches, in any thread, be written without the CPR numbers in it."""
    sys.excepthook = _write_fault
    threading.excepthook = _write_fault_of_thread


def _write_fault(
    kind: type[BaseException], fault: BaseException | None, place: TracebackType | None
) -> None:
    print(without_personal_numbers("".join(format_exception(kind, fault, place))), file=sys.stderr)


def _write_fault_of_thread(fault: threading.ExceptHookArgs) -> None:
    _write_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)


def _private_record(*arguments: Any, **named: Any) -> logging.LogRecord:
    """A record whose words, arguments and traceback contain no CPR number."""
    record = logging.LogRecord(*arguments, **named)
    if isinstance(record.args, tuple):
        record.args = tuple(map(_private, record.args))
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # the writer's own fault is reported by its handler
        return record
    private = without_personal_numbers(message)
    if private != message:
        record.msg, record.args = private, ()
    if record.exc_info:
        # A formatter that finds this text writes it, and makes no traceback of its own.
        record.exc_text = without_personal_numbers(_TRACEBACKS.formatException(record.exc_info))
    return record


def _private(argument: object) -> object:
    """An argument as it may be logged: figures stay what they are, so that `%d` takes them."""
    if isinstance(argument, (int, float)):
        return argument
    text = str(argument)
    private = without_personal_numbers(text)
    return argument if private == text else private
