"""The only door to Python-Markdown.

Most of its time goes into looking for marks that a text does not hold. Every processor and pattern
in the tables below does nothing unless its marks occur somewhere in the text, so it is left out for
texts without them; inline patterns are left out paragraph by paragraph. That changes nothing in the
result and takes a third of the time. What the tables do not name always runs.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import STX, AtomicString, Registry

from digest.markup.headings import heading_id, outline
from digest.markup.links import LinkBook
from digest.markup.sanitize import is_anchor

EXTENSIONS = ("tables", "footnotes", "def_list", "fenced_code", "smarty", "sane_lists", "toc")
_NOTE = re.compile(r"(#?fn(?:ref\d*)?-)(.*)", re.DOTALL)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def _opening(marks: str) -> tuple[str, ...]:
    """Return marks where they may open a line, also one in a list or a quotation."""
    return tuple(before + mark for before in "\n >\t" for mark in marks)


# Each needs one of its marks, or what another makes one from: block HTML gets a line of its own.
_PREPROCESSORS: dict[str, tuple[str, ...]] = {
    "fenced_code_block": ("```", "~~~"),
    "html_block": ("<", "&#"),
}
_BLOCKS = {
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "deflist": (":",),
    "quote": (">",),
    "footnote": ("[",),
    "reference": ("[",),
    "ulist": ("-", "*", "+"),
}
_INLINE = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("!",),
    "image_reference": ("!",),
    "short_reference": ("[",),
    "short_image_ref": ("!",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("\n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_QUOTES = ("'", '"')
_SMARTY = {
    "smarty-em-dashes": ("--",),
    "smarty-en-dashes": ("--",),
    "smarty-ellipses": ("...",),
    **{f"smarty-quotes-{number}": _QUOTES for number in range(30)},
}
_TREE = {
    "footnote": ("[^",),
    "footnote-duplicate": ("[^",),
    "smarty": ("--", "...", *_QUOTES),
    "unescape": ("\\",),
    "toc": ("#", *_opening("=-")),
}
_PRIVATE = "_InlineProcessor__"


class Converter:
    """A Python-Markdown instance with our extensions; for one thread."""

    def __init__(self) -> None:
        self._site = _SiteExtension()
        engine: Any = markdown.Markdown(
            extensions=[*EXTENSIONS, self._site],
            extension_configs={
                "toc": {"slugify": _heading_id, "marker": ""},
                "footnotes": {"BACKLINK_TITLE": "Back to reference {}", "SEPARATOR": "-"},
            },
            output_format="html",
        )
        self._engine = engine
        parser, trees = engine.parser, engine.treeprocessors
        _prune_inline(engine, "inline", _INLINE)
        _prune_inline(engine, "smarty", _SMARTY)
        self._trees = trees
        parser.parseBlocks = _PrunedBlocks(parser).parse
        self._prunable: list[tuple[str, _Prunable]] = [
            ("preprocessors", _Prunable(engine.preprocessors, _PREPROCESSORS)),
            ("treeprocessors", _Prunable(trees, _TREE)),
        ]

    def convert(self, text: str, book: LinkBook) -> str:
        """Return HTML that is not safe yet; links are noted in `book`."""
        self._engine.reset()
        self._site.tree.book = book
        from_line_start = f"\n{text}"
        for name, processors in self._prunable:
            setattr(self._engine, name, processors.needed(from_line_start))
        self._engine.treeprocessors = _Chosen(self._engine.treeprocessors, self._trees)
        html: str = self._engine.convert(text)
        return html


class _Prunable:
    """The processors of a registry in their order, each with the marks that it needs."""

    def __init__(self, registry: Registry[Any], marks: dict[str, tuple[str, ...]]) -> None:
        names = {id(registry[name]): name for name in marks if name in registry}
        self._processors = [(marks.get(names.get(id(item), ""), ()), item) for item in registry]
        self._marks = sorted({mark for own, _ in self._processors for mark in own})
        self._lists: dict[frozenset[str], list[Any]] = {}
        # Single characters are found in one pass.
        letters = all(len(mark) == 1 for mark in self._marks)
        self._letters = re.compile(f"[{re.escape(''.join(self._marks))}]") if letters else None

    def needed(self, text: str) -> list[Any]:
        """Return the processors that may have something to do in a text."""
        present = frozenset(
            self._letters.findall(text)
            if self._letters
            else [mark for mark in self._marks if mark in text]
        )
        chosen = self._lists.get(present)
        if chosen is None:
            chosen = [
                item
                for marks, item in self._processors
                if not marks or not present.isdisjoint(marks)
            ]
            self._lists[present] = chosen
        return chosen


class _PrunedBlocks:
    """Tries on each block the processors whose marks it holds."""

    def __init__(self, parser: BlockParser) -> None:
        self._prunable = _Prunable(parser.blockprocessors, _BLOCKS)

    def parse(self, parent: Element, blocks: list[str]) -> None:
        """Take block after block from the list and put what it is below an element."""
        while blocks:
            for processor in self._prunable.needed(blocks[0]):
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class _PrunedInline:
    """Applies to each piece of text the patterns whose marks it holds."""

    def __init__(self, processor: InlineProcessor, marks: dict[str, tuple[str, ...]]) -> None:
        patterns = processor.inlinePatterns
        self._apply: Any = getattr(processor, f"{_PRIVATE}applyPattern")
        self._prunable = _Prunable(patterns, marks)
        self._places = {id(item): place for place, item in enumerate(patterns)}

    def handle(self, data: str, first: int = 0) -> str:
        """Return a text with placeholders for what the patterns, from one place on, match."""
        if isinstance(data, AtomicString):
            return data
        for pattern in self._prunable.needed(data):
            place = self._places[id(pattern)]
            found, start = place >= first, 0
            while found:
                data, found, start = self._apply(pattern, data, place, start)
        return data


class _Chosen(list[Any]):
    """Some tree processors to run, and all of them by name, as some call others."""

    def __init__(self, chosen: Iterable[Any], named: Registry[Treeprocessor]) -> None:
        super().__init__(chosen)
        self._named = named

    def __getitem__(self, name: Any) -> Any:
        return self._named[name]

    def __contains__(self, name: Any) -> bool:
        return name in self._named


def _prune_inline(engine: Any, name: str, marks: dict[str, tuple[str, ...]]) -> None:
    """Make an inline processor leave out the patterns that a piece of text does not need.

    This puts a function in the place of a private method. Should a later Python-Markdown have no
    such method, all patterns are applied as before.
    """
    processor = engine.treeprocessors[name]
    if isinstance(processor, InlineProcessor) and hasattr(processor, f"{_PRIVATE}handleInline"):
        setattr(processor, f"{_PRIVATE}handleInline", _PrunedInline(processor, marks).handle)


def _heading_id(title: str, _separator: str) -> str:
    return heading_id(title)


class _SiteExtension(Extension):
    """Adds the pass over the finished tree."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        self.tree = _SiteTree(md)
        md.treeprocessors.register(self.tree, "digest", -1)


class _SiteTree(Treeprocessor):
    """Fits the tree to the page: heading levels, alignment without style, links."""

    book: LinkBook

    def run(self, root: Element) -> None:
        if "[^" in self.book.source:
            self._footnotes(root)
        above: list[int] = []
        for element in root.iter():
            tag = element.tag
            if tag in {"a", "img"}:
                self._link(element)
            elif tag in _HEADINGS:
                element.tag = outline(above, _HEADINGS[tag])
            elif tag in {"td", "th"} and "style" in element.attrib:
                side = element.attrib.pop("style").rpartition(":")[2].strip(" ;")
                element.set("class", f"align-{side}")

    def _footnotes(self, root: Element) -> None:
        """Give footnotes ids that a page may use, and take out links back to nowhere."""
        used = {f"#{element.get('id')}" for element in root.iter("sup")}
        for parent in root.iter():
            for link in parent.findall("a[@class='footnote-backref']"):
                target = str(link.get("href"))
                if target not in used:
                    parent.remove(link)
                    self.book.warn_unused_note(target.removeprefix("#fnref-"))
        notes = root.iterfind(".//div[@class='footnote']/ol/li")
        labels = [str(note.get("id")).removeprefix("fn-") for note in notes]
        if not all(is_anchor(f"fn-{label}") for label in labels):
            _rename_notes(root, {label: str(number) for number, label in enumerate(labels, 1)})

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


def _rename_notes(root: Element, names: dict[str, str]) -> None:
    """Write other names for the labels in the ids of footnotes and in the links to them."""
    for element in root.iter():
        for attribute in ("id", "href"):
            match = _NOTE.fullmatch(element.get(attribute) or "")
            if match and match[2] in names:
                element.set(attribute, match[1] + names[match[2]])
