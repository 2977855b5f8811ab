"""The search page; its index is made from the article pages in `searching.py`."""

from collections.abc import Iterable, Iterator

from digest.config.records import Config
from digest.diagnostics import Diagnostic, Span, error
from digest.plan.context import Context
from digest.plan.home import plain_page
from digest.plan.records import Asset, Kind, Page
from digest.plan.search_views import SearchView
from digest.plan.views import LinkView
from digest.urls import INDEX_FOLDER, SEARCH_URL, claim_key, timeline_url


def search_urls(config: Config) -> tuple[str, ...]:
    """Return the URL of every page that `search_pages` returns."""
    return (SEARCH_URL,) if config.has_search else ()


def search_pages(context: Context) -> tuple[Page, ...]:
    """Return the search page, if the site has one."""
    if not context.config.has_search:
        return ()
    titles = context.words.titles
    view = SearchView(
        head=context.head(titles.search, context.words.descriptions.search, SEARCH_URL),
        title=titles.search,
        engine=context.href(f"/{INDEX_FOLDER}/pagefind.js"),
        indexes=(
            LinkView(titles.timeline, context.href(timeline_url())),
            LinkView(titles.entities, context.href("/entities/")),
            LinkView(titles.tags, context.href("/tags/")),
        ),
    )
    return (plain_page(SEARCH_URL, Kind.SEARCH, "search.html", view, "the search page"),)


def check_index_folder(files: Iterable[Page | Asset], config: Config) -> Iterator[Diagnostic]:
    """Yield an error for every file that would stand where the search index does.

    Codes: `url-collision`.
    """
    if not config.has_search:
        return
    for item in files:
        if claim_key(item.path.partition("/")[0]) == INDEX_FOLDER:
            message = f"{item.owner} and the search index both want /{INDEX_FOLDER}/"
            hint = 'give it another address, or write engine = "none" below [search]'
            yield error("url-collision", message, Span(item.owner), hint)
