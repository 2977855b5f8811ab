"""HTML pages to the files of a search index: Pagefind's program, asked once, and put in order.

Pagefind is asked as a service, as its own libraries do: requests and answers are JSON in Base64,
each with a comma at its end. So it numbers pages as they come, and not as a disk lists them; it
writes nothing, and it ends when this process does.

Equal pages give equal files, which are named by their content; all but those of filters, whose
values stand in the order of a hash map, with a page that has a value twice twice. Here they are put
right, and what names them is written anew. They are CBOR (RFC 8949) in gzip (RFC 1952).
"""

import base64
import gzip
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import msgspec

from digest.diagnostics import failure

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_HINT = 'run pip install "pagefind[bin]", or write engine = "none" below [search]'
_DIGITS = 10
_PIECE = 1 << 20
_SLOW = "Pagefind has not made the search index within"

Files = dict[str, bytes]
Request = dict[str, Any]


def make_index(pages: Sequence[tuple[str, Path]], language: str, seconds: float) -> Files:
    """Return the files that a search of some pages needs, by path, sorted.

    Args:
        pages: Path in the site and HTML file of each, at least one, in an order that never changes.
        language: BCP 47 tag; stems of words are those of its primary language.
        seconds: How long Pagefind may take.

    Raises:
        DigestError: `search-engine`, where Pagefind is not there or does not do its work.
    """
    requests = _requests(pages, language.partition("-")[0].lower())
    answers = _ask(_find_program(), requests, len(pages) + 2, seconds)
    try:
        return _settle(_unpack(answers))
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, EOFError, OSError) as fault:
        _refuse(f"Pagefind makes a search index of an unknown form: {fault!r}")


def _requests(pages: Iterable[tuple[str, Path]], language: str) -> Iterator[Request]:
    """Yield what is asked of Pagefind: an index, each page, and at last all files."""
    yield {"type": "NewIndex", "config": {"force_language": language}}
    for path, file in pages:
        text = file.read_text(encoding="utf-8")
        yield {"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": text}
    yield {"type": "GetFiles", "index_id": 0}


def _find_program() -> str:
    """Return the path of Pagefind's program: that of its package, or one that PATH has."""
    try:
        from pagefind.service import get_executable  # noqa: PLC0415 slow to import

        found = get_executable()
    except (ImportError, FileNotFoundError):
        found = None
    if found is None:
        _refuse("the search index cannot be made: Pagefind is not installed")
    return str(found)


def _ask(program: str, requests: Iterable[Request], count: int, seconds: float) -> list[bytes]:
    """Return the answers to some number of requests; Pagefind is gone then, however this ends."""
    with tempfile.TemporaryFile() as said:
        process = _start(program, said)
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        heard = bytearray()
        reader = threading.Thread(target=_hear, args=(stdout, count, heard), daemon=True)
        clock = threading.Timer(seconds, process.kill)
        try:
            clock.start()
            reader.start()
            with suppress(BrokenPipeError):  # it has ended, so that answers are missing: see below
                for number, request in enumerate(requests):
                    stdin.write(_encode(number, request))
                    stdin.flush()
            reader.join()
            if heard.count(b",") < count:
                _refuse(_why(process, said) if clock.is_alive() else f"{_SLOW} {seconds:g} seconds")
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            reader.join()
            with suppress(BrokenPipeError):
                stdin.close()
            stdout.close()
    return bytes(heard).split(b",")[:count]


def _start(program: str, said: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Start Pagefind, which finds no settings in the environment."""
    env = {name: text for name, text in os.environ.items() if not name.startswith("PAGEFIND_")}
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 our own arguments, and no shell
            [program, "--service"], stdin=pipe, stdout=pipe, stderr=said, env=env
        )
    except OSError as fault:
        _refuse(f"Pagefind cannot be run: {fault}")


def _hear(stdout: IO[bytes], count: int, heard: bytearray) -> None:
    """Add what Pagefind says to what was heard, until that are so many answers or it ends."""
    file = stdout.fileno()
    while count > 0 and (piece := os.read(file, _PIECE)):
        heard += piece
        count -= piece.count(b",")


def _encode(number: int, payload: Request) -> bytes:
    message = {"message_id": number, "payload": payload}
    return base64.b64encode(msgspec.json.encode(message)) + b","


def _why(process: "subprocess.Popen[bytes]", said: IO[bytes]) -> str:
    """Return in words how Pagefind has ended before its time."""
    code = process.wait()
    said.seek(0)
    last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
    return f"Pagefind ended with {code}: {last or 'it does not say why'}"


def _refuse(message: str) -> NoReturn:
    raise failure("search-engine", message, hint=_HINT)


def _unpack(answers: Iterable[bytes]) -> Files:
    """Return the files that the last of some answers brings, by path."""
    found = [msgspec.json.decode(base64.b64decode(answer))["payload"] for answer in answers]
    for payload in found:
        if payload["type"] == "Error":
            _refuse(f"Pagefind refuses a page: {payload['message']}")
    return {file["path"]: base64.b64decode(file["content"]) for file in found[-1]["files"]}


def _settle(files: Files) -> Files:
    """Return the files that a search needs, by path, sorted; what is in no order is put in one."""
    entry = msgspec.json.decode(files[_ENTRY])
    needed = {name: files[name] for name in _SCRIPTS}
    for its in entry["languages"].values():
        wasm = f"wasm.{its['wasm'] or 'unknown'}.pagefind"
        needed[wasm] = files[wasm]
        its["hash"], own = _settle_language(files, its["hash"])
        needed |= own
    needed[_ENTRY] = msgspec.json.encode(entry)
    return dict(sorted(needed.items()))


def _settle_language(files: Files, name: str) -> tuple[str, Files]:
    """Return the new name of the list of a language's files, and those files with it.

    The list has pages, parts of the index, and filters as its second to fourth item; the file of
    each is named by its first, third and second item.
    """
    listed = _decode(files[f"pagefind.{name}.pf_meta"])
    pages, parts, filters = listed[1:4]
    paths = [f"fragment/{page[0]}.pf_fragment" for page in pages]
    paths += [f"index/{part[2]}.pf_index" for part in parts]
    found = {path: files[path] for path in paths}
    for pair in filters:
        title, values = _decode(files[f"filter/{pair[1]}.pf_filter"])
        ordered = sorted([value, sorted(set(numbers))] for value, numbers in values)
        pair[1], data = _name([title, ordered], name)
        found[f"filter/{pair[1]}.pf_filter"] = data
    filters.sort()
    new, data = _name(listed, name)
    found[f"pagefind.{new}.pf_meta"] = data
    return new, found


def _decode(data: bytes) -> Any:
    """Return what a file of Pagefind holds."""
    import cbor2  # noqa: PLC0415 needed only where an index is made

    try:
        return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))
    except cbor2.CBORError as fault:
        raise ValueError(str(fault)) from fault


def _name(value: Any, old: str) -> tuple[str, bytes]:
    """Return the name that a value gets, in the language of an old name, and its file.

    A name is a language and a digest, such as `en_3925f5a`.
    """
    import cbor2  # noqa: PLC0415 as above

    data = _MARK + cbor2.dumps(value)
    digest = blake2b(data).hexdigest()[:_DIGITS]
    return f"{old.partition('_')[0]}_{digest}", gzip.compress(data, mtime=0)
