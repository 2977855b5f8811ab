"""Templates and static files: those of the site win over the packaged ones, file by file.

Catalogues of words are among the templates, and are kept apart: there a site wins key by key.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

import digest
from digest.cache.keys import digest_of, make_key
from digest.diagnostics import Diagnostic
from digest.load.files import Found, find_files, hash_file, read_file, read_text
from digest.words.catalogue import Source

_TEMPLATE_BYTES = 1_000_000
_TEXT_ENDINGS = (".css", ".js", ".mjs")
_CATALOGUE = re.compile(r"words/([A-Za-z0-9-]+)\.toml")
NOTHING_KNOWN: Mapping[str, bytes] = MappingProxyType({})


class TemplateSource(msgspec.Struct, frozen=True):
    """A template as read; `path` is shown in messages."""

    path: str
    text: str


class Theme(msgspec.Struct, frozen=True):
    """What the site looks like.

    Attributes:
        templates: Sources by name below `templates/`.
        static: Disk path by path below `static/`.
        digests: Digest of each static file by path below `static/`.
        texts: The bytes of styles and scripts by path below `static/`.
        words: Catalogues by their language tag, the default theme's first.
    """

    templates: dict[str, TemplateSource]
    static: dict[str, str]
    digests: dict[str, bytes]
    texts: dict[str, bytes]
    words: dict[str, tuple[Source, ...]]

    def key(self) -> bytes:
        """Return the key of the whole theme."""
        templates = [(name, it.path, it.text) for name, it in sorted(self.templates.items())]
        others = sorted(self.digests.items()), sorted(self.words.items())
        return make_key(msgspec.msgpack.encode((templates, *others)))


def theme_folder() -> Path:
    """Return the folder of the default theme: in the package, or at the head of a checkout."""
    package = Path(digest.__file__).parent
    packaged = package / "theme"
    return packaged if packaged.is_dir() else package.parents[1]


def load_theme(
    site: Path, known: Mapping[str, bytes] = NOTHING_KNOWN
) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return the theme of a site, and findings about its files.

    `known` are digests of files that need not be read to hash them, by their path on the disk.
    """
    default = theme_folder()
    roots = dict.fromkeys((default.resolve(), site.resolve()))
    templates: dict[str, TemplateSource] = {}
    words: dict[str, tuple[Source, ...]] = {}
    static: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for root in roots:
        found, faults = find_files(root, "templates")
        findings += faults
        for item in found:
            text = read_text(item, _TEMPLATE_BYTES)
            if isinstance(text, Diagnostic):
                findings.append(text)
            elif catalogue := _CATALOGUE.fullmatch(item.path.partition("/")[2]):
                tag = catalogue[1].lower()
                words[tag] = (*words.get(tag, ()), Source(item.path, text))
            else:
                templates[item.path.partition("/")[2]] = TemplateSource(item.path, text)
        found, faults = find_files(root, "static")
        findings += faults
        static |= {item.path.partition("/")[2]: item.file for item in found}
    digests, texts, faults = _read_static(static, known)
    return Theme(templates, static, digests, texts, words), (*findings, *faults)


def _read_static(
    static: Mapping[str, str], known: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return digests of static files, the bytes of styles and scripts, and findings."""
    digests: dict[str, bytes] = {}
    texts: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for path, file in static.items():
        found = Found(f"static/{path}", file)
        is_text = path.lower().endswith(_TEXT_ENDINGS)
        made = read_file(found) if is_text else known.get(file) or hash_file(found)
        if isinstance(made, Diagnostic):
            findings.append(made)
        elif is_text:
            texts[path], digests[path] = made, digest_of(made)
        else:
            digests[path] = made
    return digests, texts, tuple(findings)
