"""The only door to Python-Markdown.

Most of its time goes into looking for marks that a text does not hold. Every inline pattern needs
some character; patterns whose character does not occur are left out for that document, which
changes nothing in the result and halves the time.
"""

from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import STX

from digest.markup.links import LinkBook
from digest.urls import slugify

_EXTENSIONS = ["tables", "footnotes", "def_list", "fenced_code", "smarty", "sane_lists", "toc"]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TRIGGERS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
    "smarty-em-dashes": "-",
    "smarty-en-dashes": "-",
    "smarty-ellipses": ".",
} | {f"smarty-quotes-{number}": "'\"" for number in range(15)}
_WHOLE = frozenset({"![", "  \n"})


class Converter:
    """A Python-Markdown instance with our extensions; for one thread."""

    def __init__(self) -> None:
        self._site = _SiteExtension()
        self._engine = markdown.Markdown(
            extensions=[*_EXTENSIONS, self._site],
            extension_configs={
                "toc": {"slugify": _heading_id, "marker": ""},
                "footnotes": {"BACKLINK_TITLE": "Back to reference {}", "SEPARATOR": "-"},
            },
            output_format="html",
        )
        self._patterns = {name: _patterns(self._processor(name)) for name in ("inline", "smarty")}

    def _processor(self, name: str) -> InlineProcessor:
        processor = self._engine.treeprocessors[name]
        if not isinstance(processor, InlineProcessor):
            raise TypeError(name)
        return processor

    def convert(self, text: str, book: LinkBook) -> str:
        """Return HTML that is not safe yet; links are noted in `book`."""
        self._engine.reset()
        self._site.tree.book = book
        for name, patterns in self._patterns.items():
            needed = [pattern for mark, pattern in patterns if not mark or _occurs(mark, text)]
            self._processor(name).inlinePatterns = needed  # type: ignore[assignment] # it is only indexed
        return self._engine.convert(text)


def _patterns(processor: InlineProcessor) -> list[tuple[str, Any]]:
    """Return the patterns of a processor in their order, with the marks that they need."""
    registry = processor.inlinePatterns
    names = {id(registry[name]): name for name in _TRIGGERS if name in registry}
    return [(_TRIGGERS.get(names.get(id(pattern), ""), ""), pattern) for pattern in registry]


def _occurs(mark: str, text: str) -> bool:
    return mark in text if mark in _WHOLE else any(char in text for char in mark)


def _heading_id(title: str, _separator: str) -> str:
    slug = slugify(title)
    return slug if slug[:1].isalpha() else f"section-{slug}".strip("-")


class _SiteExtension(Extension):
    """Adds the pass over the finished tree."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        self.tree = _SiteTree(md)
        md.treeprocessors.register(self.tree, "digest", -1)


class _SiteTree(Treeprocessor):
    """Fits the tree to the page: heading levels, alignment without style, links."""

    book: LinkBook

    def run(self, root: Element) -> None:
        above: list[int] = []
        for element in root.iter():
            tag = element.tag
            if tag in {"a", "img"}:
                self._link(element)
            elif tag in _HEADINGS:
                element.tag = _outline(above, _HEADINGS[tag])
            elif tag in {"td", "th"} and "style" in element.attrib:
                side = element.attrib.pop("style").rpartition(":")[2].strip(" ;")
                element.set("class", f"align-{side}")

    def _link(self, element: Element) -> None:
        name = "href" if element.tag == "a" else "src"
        target = (element.get(name) or "").strip()
        if STX in target:  # an address that Python-Markdown has hidden as entities
            return
        if name == "href":
            written = self.book.markdown_link(target)
        else:
            written = self.book.markdown_image(target)
        if written is not None:
            element.set(name, written)
        elif name == "href":
            del element.attrib[name]
        else:
            element.text, element.tag = element.get("alt"), "span"
            element.attrib.clear()


def _outline(above: list[int], level: int) -> str:
    """Return the heading tag for a source level, so that no level is skipped below the title.

    `above` holds the source levels of the open headings, outermost first.
    """
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return f"h{min(len(above) + 1, 6)}"
