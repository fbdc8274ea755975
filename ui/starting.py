"""What the server does once, before it answers anyone."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.store import home_folder
from kpi.store.versions import is_empty, is_writable, write_lock
from kpi.system.logs import keep_logs_private
from kpi.system.settings import unknown_setting_lines
from kpi.system.temporary import clear_leftovers
from ui.fast import is_fast
from ui.fast_files import pack_ahead
from ui.first_files import later_files, page_files
from ui.first_picture import draw_ahead
from ui.frames import wrong_origin_lines
from ui.gathering import gather_messages
from ui.sending import send_at_once
from ui.serving import forget_server, note_server
from ui.switches import uploads_are_open
from ui.upload_work import start_processes, stop_processes

_LOG = logging.getLogger("spor")


@asynccontextmanager
async def starting(app: st.App) -> AsyncIterator[None]:
    """Clears what killed programs have left behind, and has a process ready that reads files.

    From here on no log contains a CPR number. Neither has a say in whether the server starts.
    """
    send_at_once()
    gather_messages()
    note_server()
    keep_logs_private()
    for line in (*unknown_setting_lines(os.environ), *wrong_origin_lines()):
        _LOG.warning(line)
    await asyncio.to_thread(_clear)
    if uploads_are_open():
        await asyncio.to_thread(start_processes)
    packing = asyncio.create_task(_pack())
    try:
        yield
    finally:
        packing.cancel()
        await asyncio.to_thread(stop_processes)
        forget_server()


async def _pack() -> None:
    if not is_fast():
        return
    try:
        await pack_ahead(page_files())
        await pack_ahead(await asyncio.to_thread(later_files))
        draw_ahead()
    except OSError as error:
        _LOG.warning("Streamlit's files were not packed ahead: %s", error)


def _clear() -> None:
    home = home_folder()
    try:
        clear_leftovers()
        clear_leftovers(home.parent)
        if not is_empty(home) and is_writable(home):
            with write_lock(home, wait_seconds=0):
                pass  # whoever holds the lock clears first
    except (KpiError, OSError) as error:
        _LOG.info("nothing cleared: %s", error)
