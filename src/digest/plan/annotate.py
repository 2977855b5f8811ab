"""Links and anchors for what was found in a text, put into its safe HTML."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from digest.model.findings import FoundFigure, Mention
from digest.model.records import Body, Link


class _Note(msgspec.Struct, frozen=True, gc=False, order=True):
    """What is put around a stretch of HTML: a link with a target, else an element with an id."""

    start: int
    end: int
    target: str = ""
    anchor: str = ""


def annotate(
    body: Body,
    mentions: Iterable[Mention],
    urls: Mapping[str, str],
    figures: Iterable[tuple[FoundFigure, str]],
    resolved: Sequence[str] = (),
) -> tuple[Body, tuple[str, ...]]:
    """Return a body whose first mentions are links and whose figures can be pointed at.

    Beside it stand the URLs of all its links.

    Args:
        body: The body in which they were found.
        resolved: URL of the site by link of the body.
        mentions: Mentions; those whose slug has no URL get no link.
        urls: URL of the site by slug.
        figures: Figures with the ids to give them.
    """
    notes = [
        _Note(item.start, item.end, target=urls[item.slug])
        for item in mentions
        if item.start >= 0 and item.slug in urls
    ]
    notes += [_Note(item.start, item.end, anchor=name) for item, name in figures if item.start >= 0]
    if not notes:
        return body, tuple(resolved)
    writer = _Writer(list(_apart(sorted(notes))))
    start = 0
    for place, piece in enumerate(body.html):
        writer.take(piece, start)
        start += len(piece)
        if place < len(body.links):
            writer.cut(body.links[place], resolved[place])
    writer.pieces.append("".join(writer.open))
    noted = msgspec.structs.replace(body, html=tuple(writer.pieces), links=tuple(writer.links))
    return noted, tuple(writer.urls)


class _Writer:
    """Puts notes into the pieces of a body."""

    def __init__(self, notes: list[_Note]) -> None:
        self.notes = notes[::-1]
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.urls: list[str] = []
        self.open: list[str] = []

    def take(self, piece: str, start: int) -> None:
        """Add a piece that begins at a place, with the notes inside it."""
        cursor = 0
        while self.notes and self.notes[-1].end <= start + len(piece):
            note = self.notes.pop()
            text = piece[note.start - start : note.end - start]
            self.open.append(piece[cursor : note.start - start])
            cursor = note.end - start
            if note.target:
                self.open.append("<a")
                self.cut(Link(note.target), note.target)
                self.open.append(f' class="entity">{text}</a>')
            else:
                self.open.append(f'<span class="figure" id="{note.anchor}">{text}</span>')
        self.open.append(piece[cursor:])

    def cut(self, link: Link, url: str) -> None:
        """End the open piece: a link follows."""
        self.pieces.append("".join(self.open))
        self.links.append(link)
        self.urls.append(url)
        self.open = []


def _apart(notes: Iterable[_Note]) -> Iterable[_Note]:
    """Yield the notes that do not overlap one before."""
    end = 0
    for note in notes:
        if note.start >= end:
            yield note
            end = note.end
