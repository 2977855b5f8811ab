"""The answers of the preview: pages of the site, and its own below `/_digest/`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from importlib.resources import files
from typing import TypeVar
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest.cache.texts import TextLostError
from digest.serve.answers import ShortenedError, answer_bytes, answer_file
from digest.serve.bell import Bell, wait
from digest.serve.board import Board
from digest.serve.findings import show_findings
from digest.serve.guard import PREFIX, Guard, RefusedError, decode_path
from digest.serve.insertion import insert, make_addition
from digest.serve.inspector import Inspector
from digest.serve.looks import Look, held_word, look_up
from digest.serve.state import State

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_HEARTBEAT = 15.0
_PATIENCE = 30.0
_FINDINGS = 100
_PARTS = 1000
_ASSETS = {
    "preview.js": "text/javascript; charset=utf-8",
    "preview.css": "text/css; charset=utf-8",
}
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action "
)
SITE_POLICY = f"{_POLICY}'none'"
"""The policy under which pages of the site are to work, so that the preview shows what does not."""

_OWN_POLICY = f"{_POLICY}'self'"


def make_app(
    board: Board, bell: Bell, workers: tuple[Executor, Executor], names: frozenset[str]
) -> ASGIApp:
    """Return the application; it is to run in the event loop of the bell.

    Of the workers, of one thread each, the first makes pages, so that the loop never waits for one,
    and the second what takes seconds, so that no page waits for that.
    """
    preview = _Preview(board, bell, *workers)
    routes = [
        Route(PREFIX, preview.inspector),
        Route(f"{PREFIX}pages", preview.inspector),
        Route(f"{PREFIX}suggestions", preview.inspector),
        Route(f"{PREFIX}events", preview.events),
        Route(f"{PREFIX}state", preview.state),
        Route(f"{PREFIX}findings", preview.findings),
        Route(f"{PREFIX}{{name:path}}", preview.asset),
        Route("/{path:path}", preview.page),
    ]
    return Guard(_Calm(Router(routes, redirect_slashes=False)), names)


class _Calm:
    """Keeps a fault of ours from ending more than one answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except TextLostError:
            await PlainTextResponse("the site is being built anew\n", 503)(scope, receive, send)
        except ShortenedError:
            return  # the connection is closed, so that the browser sees that bytes are missing
        except Exception:  # noqa: BLE001 our bug, and none that ends the preview
            _log.exception("This is a bug in digest: no answer to %s", ascii(scope["path"]))
            if not begun:
                await PlainTextResponse("a bug in digest\n", 500)(scope, receive, send)


class _Preview:
    """What is answered at each address."""

    def __init__(self, board: Board, bell: Bell, pages: Executor, slow: Executor) -> None:
        self._board = board
        self._bell = bell
        self._pages = pages
        self._slow = slow
        self._inspector = Inspector()
        self._assets = {
            name: files("digest").joinpath("serve", "assets", name).read_bytes() for name in _ASSETS
        }

    async def _ask(
        self, question: Callable[[State], _T], executor: Executor | None = None
    ) -> tuple[State, _T]:
        """Return a state and what is to be known of it; this may take its time.

        Where the cache has lost what it is made of, the answer waits for the next build.

        Raises:
            TextLostError: where that takes too long.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + _PATIENCE
        while True:
            sign, state = self._bell.sign(), self._board.state
            try:
                return state, await loop.run_in_executor(executor or self._pages, question, state)
            except TextLostError:
                if self._bell.closed or loop.time() > end:
                    raise
                self._board.report_loss(state)
                await wait(sign, 1)

    async def page(self, request: Request) -> Response:
        """Answer with what stands at a path of the site."""
        path = request.scope["path"]
        state, look = await self._ask(lambda state: look_up(state, path))
        if look.location:
            query = request.scope["query_string"].decode("ascii", "ignore")
            url = quote(look.location) + (f"?{query}" if query else "")
            return RedirectResponse(url, look.status)
        resource = look.resource
        if resource is None:
            return await self._failure(state, look, request)
        if resource.body is None:
            kind = resource.media_type
            return await answer_file(resource.file, resource.stamp, kind, request)
        if not resource.media_type.startswith("text/html"):
            return answer_bytes(resource.body, resource.media_type, request, look.status)
        page = insert(resource.body, make_addition(look.token, state.number, resource.held))
        headers = {"content-security-policy": SITE_POLICY}
        return answer_bytes(page, resource.media_type, request, look.status, headers)

    async def _failure(self, state: State, look: Look, request: Request) -> Response:
        """Answer that there is nothing to show, and why."""
        if look.status == 404:  # noqa: PLR2004 its name
            return PlainTextResponse("there is nothing at this address\n", 404)
        _, text = await self._ask(lambda _: self._inspector.failure(state, look.findings))
        return _own_page(text, look, state, request)

    async def inspector(self, request: Request) -> Response:
        """Answer with what the preview knows of the site and of itself."""
        asked, path = request.query_params, request.scope["path"]

        def make(state: State) -> bytes:
            if path == PREFIX:
                return self._inspector.overview(state)
            if path == f"{PREFIX}pages":
                return self._inspector.pages(state, asked.get("q", ""), asked.get("at", ""))
            return self._inspector.suggestions(state)

        is_slow = path == f"{PREFIX}suggestions"
        state, text = await self._ask(make, self._slow if is_slow else None)
        return _own_page(text, look_up(state, path), state, request)

    async def events(self, request: Request) -> Response:
        """Answer with a stream of numbers of builds: the last one, and then each new one."""
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return StreamingResponse(self._numbers(), media_type="text/event-stream")

    async def _numbers(self) -> AsyncIterator[str]:
        sent = None
        yield "retry: 1000\n"
        while not self._bell.closed:
            sign = self._bell.sign()
            number = self._board.state.number
            yield f"data: {number}\n\n" if number != sent else ": nothing new\n\n"
            sent = number
            await wait(sign, _HEARTBEAT)

    async def state(self, request: Request) -> Response:
        """Answer with what a page compares itself with: `page` and `part` are paths as in a URL."""
        page = request.query_params.get("page", "")
        parts = request.query_params.getlist("part")[:_PARTS]
        _, compared = await self._ask(lambda state: _compare(state, page, parts))
        return _json(compared)

    async def findings(self, request: Request) -> Response:
        """Answer with every finding of the last build."""
        del request
        state = self._board.state
        shown = show_findings(state.findings)
        more = max(0, len(shown) - _FINDINGS)
        return _json({"number": state.number, "findings": shown[:_FINDINGS], "more": more})

    async def asset(self, request: Request) -> Response:
        """Answer with the script or the style sheet."""
        name = request.path_params["name"]
        if name not in self._assets:
            return PlainTextResponse("there is nothing at this address\n", 404)
        return answer_bytes(self._assets[name], _ASSETS[name], request)


def _own_page(text: bytes, look: Look, state: State, request: Request) -> Response:
    page = insert(text, make_addition(look.token, state.number, plain=True))
    headers = {"content-security-policy": _OWN_POLICY}
    return answer_bytes(page, "text/html; charset=utf-8", request, look.status, headers)


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _compare(state: State, page: str, parts: list[str]) -> dict[str, object]:
    """Return what there is now of a page and its parts, by paths as they were asked for."""
    held = state.snapshot.held if state.snapshot else {}
    return {
        "number": state.number,
        "page": _token(state, page),
        "parts": {part: _token(state, part) for part in parts},
        "failed": state.failed,
        "held": {url: held_word(why) for url, why in held.items()},
    }


def _token(state: State, target: str) -> str:
    """Return by what a browser knows that what it shows is stale."""
    try:
        path = decode_path(target.encode())
    except RefusedError:
        return ""
    return look_up(state, path).token
