"""How to cite an article: as plain text, and for BibTeX."""

import re

import msgspec

from digest.model.dates import When
from digest.words.records import Phrase

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class Cited(msgspec.Struct, frozen=True):
    """What is cited; `address` may be empty."""

    authors: tuple[str, ...]
    title: str
    site: str
    address: str


def cite(cited: Cited, label: str, quoted: Phrase) -> str:
    """Return a reference in one line: authors, title, site, date as `label`, and address if any.

    `quoted` is how a title stands in quotation marks.
    """
    authors, title = cited.authors, cited.title
    who = f"{', '.join(authors)}. " if authors else ""
    where = f" {cited.address}" if cited.address else ""
    end = "" if title.endswith(("?", "!", ".", "…")) else "."
    return f"{who}{quoted.of(title=title + end)} {cited.site}, {label}.{where}"


def cite_bibtex(cited: Cited, when: When) -> str:
    """Return an entry of kind `misc`, its key made of the year and the title.

    Characters that TeX reads as commands are written as such (BibTeX's own manual, btxdoc).
    """
    words = re.findall(r"[a-z0-9]+", cited.title.lower())
    key = "-".join([when.year, *words[:4]])
    fields = {
        "author": " and ".join(map(_tex, cited.authors)),
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": _tex(cited.site),
        "year": when.year,
        "month": str(int(when.month)) if when.month else "",
        "day": str(int(when.day)) if when.day else "",
        "url": cited.address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)
