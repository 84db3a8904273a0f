"""Settings of the page: which library, for whom, and what may be done."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

UPLOAD_BYTES: Final = 64 * 2**20
"""What one upload may hold, all its files together."""

LOCAL: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one server."""

    library: Path
    host: str = LOCAL
    port: int = 8765
    read_only: bool = False
    token: str | None = None
    """What a reader must show; None where only this machine is served."""
    names: tuple[str, ...] = ()
    """Other names under which the server is reached, behind a proxy."""
    register: Path | None = None
    themes: Path | None = None
    upload_bytes: int = UPLOAD_BYTES
    threads: int = 4
    """So many questions are answered at once, each with a connection of its own."""
    known_hosts: frozenset[str] = field(init=False)
    """What a Host header may name, besides addresses where others are served."""

    def __post_init__(self) -> None:
        known = {"localhost", LOCAL, "::1", self.host, *self.names}
        if not self.is_local:
            known |= {socket.gethostname(), socket.getfqdn()}
        object.__setattr__(self, "known_hosts", frozenset(map(str.lower, known)))

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host) and not self.names

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server: no page elsewhere can then speak for us.

        An address is no name that somebody else could point at us.
        """
        name = host.lower()
        if name.startswith("["):
            name = name[1:].partition("]")[0]
        else:
            name = name.rpartition(":")[0] if ":" in name else name
        if name in self.known_hosts:
            return True
        return not self.is_local and _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether a name or address to listen on is of this machine alone."""
    if host == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
