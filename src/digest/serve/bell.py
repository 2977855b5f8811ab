"""What the streams of the server wait for."""

import asyncio


class Bell:
    """Wakes every stream that waits; belongs to the event loop in which it was made."""

    def __init__(self) -> None:
        self.closed = False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone who waits for a sign that was taken before now."""
        self._rung.set()
        self._rung = asyncio.Event()

    def close(self) -> None:
        """Wake everyone for the last time."""
        self.closed = True
        self.ring()

    def sign(self) -> asyncio.Event:
        """Return what the next ring sets; taken before one looks, so that no ring is missed."""
        return self._rung


async def wait(sign: asyncio.Event, seconds: float) -> None:
    """Wait until a sign is set, or some seconds have gone by."""
    try:
        async with asyncio.timeout(seconds):
            await sign.wait()
    except TimeoutError:
        return
