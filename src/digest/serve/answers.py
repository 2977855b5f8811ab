"""Bytes and files to HTTP answers, whole or in part."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from digest.cache.outputs import Stamp
from digest.write.stamps import stamp_from

_CHUNK = 64 * 1024
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class ShortenedError(Exception):
    """A file has become shorter while it was sent, so that the answer cannot be ended."""


def find_range(header: str, size: int) -> range | None:
    """Return which of `size` bytes are asked for; empty if none of them, None for all.

    One range of bytes is understood; what is more or less is left alone, as RFC 9110, 14.2 allows.
    """
    match = _RANGE.fullmatch(header)
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        return range(max(size - int(match[2]), 0), size) if int(match[2]) else range(0)
    first = int(match[1])
    last = int(match[2]) if match[2] else max(first, size - 1)
    if last < first:
        return None
    return range(min(first, size), min(last + 1, size))


def answer_bytes(
    data: bytes,
    media_type: str,
    request: Request,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the answer that sends some bytes."""
    status, part, more = _choose(len(data), request, status)
    if status == 416:  # noqa: PLR2004 its name
        return _unsatisfiable(more)
    more |= headers or {}
    data = data[part.start : part.stop]
    if len(data) <= _CHUNK:
        return Response(data, status, more, media_type)
    return StreamingResponse(_pieces(data), status, more, media_type)


async def answer_file(file: str, stamp: Stamp, media_type: str, request: Request) -> Response:
    """Return the answer that sends a file, a piece at a time; 404 where it is not that file."""
    reader = await asyncio.to_thread(_open, file, stamp)
    if reader is None:
        return PlainTextResponse("the file is being changed\n", 404)
    status, part, more = _choose(stamp[1], request, 200)
    if status == 416 or request.method == "HEAD":  # noqa: PLR2004 its name
        reader.close()
        whole = Response(None, status, more, media_type)
        return _unsatisfiable(more) if status == 416 else whole  # noqa: PLR2004 as above
    return StreamingResponse(_read(reader, part), status, more, media_type)


def _open(file: str, stamp: Stamp) -> BinaryIO | None:
    """Return a file to read, or None if another stands in its place."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    reader = open(handle, "rb")  # noqa: PTH123, SIM115 closed by who reads it
    if stamp_from(os.fstat(handle)) == stamp:
        return reader
    reader.close()
    return None


def _choose(size: int, request: Request, status: int) -> tuple[int, range, dict[str, str]]:
    """Return the status, which bytes are sent, and the headers that say so."""
    headers = {"accept-ranges": "bytes"}
    part = None
    if status == 200 and request.method == "GET":  # noqa: PLR2004 its name
        part = find_range(request.headers.get("range", ""), size)
    if part is None:
        return status, range(size), {**headers, "content-length": str(size)}
    if not part:
        return 416, part, {**headers, "content-range": f"bytes */{size}"}
    said = f"bytes {part.start}-{part.stop - 1}/{size}"
    return 206, part, {**headers, "content-range": said, "content-length": str(len(part))}


def _unsatisfiable(headers: dict[str, str]) -> Response:
    return PlainTextResponse("there are no such bytes\n", 416, headers)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]


def _read(file: BinaryIO, part: range) -> Iterator[bytes]:
    """Yield a part of a file; runs in threads, as a disk may be slow."""
    with file:
        file.seek(part.start)
        left = len(part)
        while left:
            piece = file.read(min(_CHUNK, left))
            if not piece:
                raise ShortenedError
            left -= len(piece)
            yield piece
