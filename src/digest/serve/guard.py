"""What is let in: the method, host, origin and path of a request, before anything answers it.

The preview shows drafts, so no other site that an editor has open may read it. A page of another
site can make the browser send requests here, and can give its own name our address; it cannot
choose the headers `Host`, `Origin` and `Sec-Fetch-*` (fetch.spec.whatwg.org, forbidden request
headers). Hence: a name that is not ours is refused, and so is whatever another site asks for. The
one exception is a link that is followed in a tab of its own: the site where the link stands cannot
read what comes of it, as `Cross-Origin-Opener-Policy` takes the tab out of its hands.
"""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/_digest/"
"""What begins with this is the preview's own and no page of the site."""

_METHODS = {"GET", "HEAD"}
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
_OURS = {"same-origin", "none"}
_PATH_BYTES, _QUERY_BYTES = 8_000, 40_000
_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Headers of every answer, unless it has its own."""


class RefusedError(Exception):
    """A request is not let in."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.headers = headers
        super().__init__(reason)


class Guard:
    """Lets requests through to an application, with their path decoded.

    `names` are host names by which the machine may be called besides the loopback ones.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            path = self._admit(scope)
        except RefusedError as refusal:
            # The connection ends with it: what may follow is not worth reading.
            headers = {"connection": "close", **(refusal.headers or {})}
            answer = PlainTextResponse(f"{refusal}\n", refusal.status, headers)
            await answer(scope, receive, send_guarded)
        else:
            await self._app({**scope, "path": path}, receive, send_guarded)

    def _admit(self, scope: Scope) -> str:
        """Return the path of a request, decoded.

        Raises:
            RefusedError: where the request is not let in.
        """
        headers = Headers(scope=scope)
        target = scope["raw_path"]
        check_method(scope["method"], headers)
        hosts = _hosts(scope["server"], self._names)
        check_host(headers.get("host", ""), hosts)
        if not target.startswith(b"/"):
            target = _strip_origin(target, hosts)
        if len(scope["query_string"]) > _QUERY_BYTES:
            raise RefusedError(414, "the address is too long")
        path = decode_path(target)
        check_origin(scope["method"], path, headers)
        return path


def check_method(method: str, headers: Mapping[str, str]) -> None:
    """Refuse what could change something, and requests with a body."""
    if method not in _METHODS:
        raise RefusedError(405, "only GET and HEAD are answered", {"allow": "GET, HEAD"})
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        raise RefusedError(400, "a request with a body is not answered")


def check_host(host: str, hosts: frozenset[str]) -> None:
    """Refuse a name that is not ours: it may be one that another site has given our address."""
    if host.lower() not in hosts:
        raise RefusedError(421, "the preview is not known by this name")


def check_origin(method: str, path: str, headers: Mapping[str, str]) -> None:
    """Refuse what another site has the browser ask for, other than to follow a link to a page."""
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{headers['host'].lower()}":
        raise RefusedError(403, "other sites may not read the preview")
    if headers.get("sec-fetch-site", "none") in _OURS:
        return
    follows = (
        method == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and "sec-purpose" not in headers  # fetched on suspicion: nobody has followed anything
    )
    if not follows or (path.startswith(PREFIX) and path != PREFIX):
        raise RefusedError(403, "other sites may not read the preview")


def decode_path(target: bytes) -> str:
    """Return a path, decoded once.

    It is a key and never the name of a file. That it holds no control character and no backslash
    lets it be written into headers and messages.

    Raises:
        RefusedError: where it is too long, no valid UTF-8, or holds such a character.
    """
    if len(target) > _PATH_BYTES:
        raise RefusedError(414, "the address is too long")
    if _PERCENT.search(target) or not target.startswith(b"/"):
        raise RefusedError(400, "the address is malformed")
    try:
        path = unquote_to_bytes(target).decode()
    except UnicodeDecodeError:
        raise RefusedError(400, "the address is not UTF-8") from None
    if _FORBIDDEN.search(path):
        raise RefusedError(400, "the address holds a character that no address has")
    if path.startswith("//"):
        raise RefusedError(404, "there is nothing at this address")
    return path


def _strip_origin(target: bytes, hosts: frozenset[str]) -> bytes:
    """Return the path of a target like `http://localhost:8000/a/`, which a proxy would be sent."""
    scheme, _, rest = target.partition(b"://")
    host, slash, path = rest.partition(b"/")
    if scheme.lower() != b"http" or not slash:
        raise RefusedError(400, "the address is malformed")
    check_host(host.decode("ascii", "replace"), hosts)
    return slash + path


def _hosts(server: tuple[str, int], names: frozenset[str]) -> frozenset[str]:
    """Return the values of `Host` that are ours, on a connection to one of our addresses."""
    address, port = ipaddress.ip_address(server[0].partition("%")[0]), server[1]
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    own = {f"[{address}]" if address.version == 6 else str(address), *names}  # noqa: PLR2004 its name
    if address.is_loopback:
        own |= _LOOPBACK
    bare = own if port == 80 else set()  # noqa: PLR2004 the port that is left out
    return frozenset({f"{host}:{port}" for host in own} | bare)
