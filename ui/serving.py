"""Whether pages are shown by a server: it has others to show meanwhile, a test or a script none."""

_SERVERS: list[bool] = []


def note_server() -> None:
    """From now on this process serves pages."""
    _SERVERS.append(True)


def forget_server() -> None:
    """The server that was noted last has ended."""
    _SERVERS.pop()


def is_serving() -> bool:
    """Whether a server runs in this process."""
    return bool(_SERVERS)
