"""Connections: how long the server waits for a reader who sends or reads slowly.

A reader that never ends a request, or never reads the answer, would otherwise hold a connection and
the answer's bytes for ever; two hundred of them would shut out everybody else.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """HTTP, with an end to patience."""

    look: ClassVar[float] = 10.0
    """Seconds between two looks at a connection."""
    least: ClassVar[int] = 40_000
    """Bytes that must have moved between two looks, where it is the reader's turn."""
    patience: ClassVar[int] = 3
    """After so many looks at which too little had moved, the connection ends."""

    _received = 0
    _buffered = 0
    _lazy = 0
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._next_look = self.loop.call_later(self.look, self._look)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._next_look:
            self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        buffered = self.transport.get_write_buffer_size()
        moved = self._received + max(self._buffered - buffered, 0)
        enough = moved >= self.least and not self._is_in_head()
        writing = buffered > self._buffered
        self._received, self._buffered = 0, buffered
        waiting = bool(buffered) or self._awaits_request()
        self._lazy = self._lazy + 1 if waiting and not enough and not writing else 0
        if self._lazy >= self.patience:
            self.transport.abort()
        else:
            self._next_look = self.loop.call_later(self.look, self._look)

    def _awaits_request(self) -> bool:
        """Whether the reader has still to send something; else we are at work."""
        at_work = self.cycle is not None and not self.cycle.response_complete
        return not at_work or self.conn.their_state is h11.SEND_BODY

    def _is_in_head(self) -> bool:
        """Whether no whole head of a request is there: however fast it comes, it is short."""
        return self.conn.their_state is h11.IDLE and not self.transport.get_write_buffer_size()
