"""Staying offline."""

import sys
from typing import Any

from crossplan.errors import OfflineError

CONNECTIONS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.sendto"})


def refuse_connections() -> None:
    """Make every later network connection of this process an error."""

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in CONNECTIONS:
            raise OfflineError(event)

    sys.addaudithook(refuse)
