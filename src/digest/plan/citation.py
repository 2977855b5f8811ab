"""How to cite an article: as plain text, and for BibTeX."""

import re

from digest.model.dates import When

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def cite(authors: tuple[str, ...], title: str, site: str, label: str, address: str) -> str:
    """Return a reference in one line: authors, title, site, date as `label`, and address if any."""
    who = f"{', '.join(authors)}. " if authors else ""
    where = f" {address}" if address else ""
    end = "" if title.endswith(("?", "!", ".", "…")) else "."
    return f"{who}“{title}{end}” {site}, {label}.{where}"


def cite_bibtex(authors: tuple[str, ...], title: str, site: str, when: When, address: str) -> str:
    """Return an entry of kind `misc`, its key made of the year and the title.

    Characters that TeX reads as commands are written as such (BibTeX's own manual, btxdoc).
    """
    words = re.findall(r"[a-z0-9]+", title.lower())
    key = "-".join([when.year, *words[:4]])
    fields = {
        "author": " and ".join(map(_tex, authors)),
        "title": f"{{{_tex(title)}}}",
        "howpublished": _tex(site),
        "year": when.year,
        "month": str(int(when.month)) if when.month else "",
        "day": str(int(when.day)) if when.day else "",
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", ",\n".join(lines), "}"])


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)
