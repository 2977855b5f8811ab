"""HTTP/1.1 with an end to patience: uvicorn has no time limit for a head or for a reader."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""How long a client may take to send the whole head of a request."""

READ_SECONDS = 60.0
"""How long a client may read nothing of what is being sent; a stream of events is quiet instead."""

_LAST_SECONDS = 0.3
"""How long answers may take to end when the server stops."""


class Connection(H11Protocol):
    """One connection; `limit_concurrency` of the settings is how many there may be."""

    _waits_for_head: asyncio.TimerHandle | None = None
    _waits_for_reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > (self.config.limit_concurrency or 0):
            transport.abort()
            return
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what has come; the time for a head ends when it is whole."""
        cycle: Any = self.cycle
        idle = cycle is None or cycle.response_complete
        super().data_received(data)
        begun = self.cycle is not cycle
        if begun:
            self._forget_head()
        elif idle and self._waits_for_head is None:
            self._wait_for_head()

    def pause_writing(self) -> None:
        """Wait until the client has read some of what was sent."""
        super().pause_writing()
        self._waits_for_reader = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Send on."""
        super().resume_writing()
        self._forget_reader()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._forget_head()
        self._forget_reader()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End soon, as the server stops."""
        super().shutdown()
        self.loop.call_later(_LAST_SECONDS, self.transport.abort)

    def _wait_for_head(self) -> None:
        self._waits_for_head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _forget_head(self) -> None:
        if self._waits_for_head:
            self._waits_for_head.cancel()
            self._waits_for_head = None

    def _forget_reader(self) -> None:
        if self._waits_for_reader:
            self._waits_for_reader.cancel()
            self._waits_for_reader = None
