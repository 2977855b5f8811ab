"""The site for language models: `llms.txt` (llmstxt.org), Markdown that leads to the main pages."""

import re
from functools import partial
from typing import TypeVar

import msgspec

from digest.plan.context import Context
from digest.plan.corrections import FEED
from digest.plan.home import home_view
from digest.plan.machine import SITEMAP_URL
from digest.plan.machine_views import LlmsView
from digest.plan.records import Kind, Page, Texts
from digest.plan.story_views import StoryView
from digest.plan.views import CountView, EntryView, LinkView, SiteView
from digest.urls import Base, output_path

LLMS_URL = "/llms.txt"
_SPECIAL = re.compile(r"[\\`*_\[\]#~]|&(?=#?\w+;)")
_BLOCK = re.compile(r"[-+=>]|\d+(?=[.)])")
_Linked = TypeVar("_Linked", LinkView, CountView, EntryView, StoryView)


def llms_page(context: Context, site: SiteView, home: Page) -> Page:
    """Return `llms.txt` of a site with an address; it is made from the same as the front page."""
    return Page(
        LLMS_URL,
        output_path(LLMS_URL),
        Kind.LLMS,
        "llms.txt",
        "the site for language models",
        home.key,
        partial(_view, context, site),
        listed=False,
    )


def _view(context: Context, site: SiteView, texts: Texts) -> LlmsView:
    base, shown = context.config.base, home_view(context, texts)
    entries = (entry for day in shown.days for entry in day.entries)
    return LlmsView(
        title=escape_markdown(site.title),
        description=escape_markdown(site.description),
        indexes=tuple([_linked(link, base, text=link.text) for link in site.nav]),
        stories=tuple(
            [_linked(it, base, title=it.title, description=it.description) for it in shown.stories]
        ),
        entities=tuple([_linked(it, base, text=it.text) for it in shown.entities]),
        entries=tuple([_linked(it, base, title=it.title, summary=it.summary) for it in entries]),
        feed=base.absolute(site.feed),
        corrections=base.absolute(site.corrections),
        corrections_feed=base.absolute(context.href(FEED)),
        sitemap=base.absolute(context.href(SITEMAP_URL)),
    )


def _linked(view: _Linked, base: Base, **texts: str) -> _Linked:
    """Return a view with some of its texts as Markdown, and its link as a full address."""
    marked = {name: escape_markdown(text) for name, text in texts.items()}
    return msgspec.structs.replace(view, url=base.absolute(view.url), **marked)


def escape_markdown(text: str) -> str:
    """Return a text in one line that Markdown reads as it is written (CommonMark 0.31, 2.4)."""
    line = _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    line = line.replace("<", "&lt;")  # no reader can take that for HTML
    block = _BLOCK.match(line)
    if not block:
        return line
    place = block.end() - 1 if block[0][0] in "-+=>" else block.end()
    return f"{line[:place]}\\{line[place:]}"
