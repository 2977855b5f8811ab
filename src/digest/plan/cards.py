"""The cards of a site: one for itself, one for each storyline, and if asked for each article."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from digest.config.records import Config
from digest.index.records import Index
from digest.model.pictures import Card
from digest.model.records import Article
from digest.plan.pictures import HeadImage, Makers, card_asset, card_image
from digest.plan.records import Asset
from digest.words.records import Words

SITE = "the card of the site"


def make_cards(
    config: Config, words: Words, index: Index, articles: Iterable[Article], makers: Makers
) -> tuple[dict[str, HeadImage], tuple[Asset, ...]]:
    """Return cards by path of the document, the site's by `SITE`, and their files.

    Without a site address there are none, as a card needs a full address.
    """
    if not config.base.origin:
        return {}, ()
    images: dict[str, HeadImage] = {}
    assets: dict[str, Asset] = {}
    for owner, name, card in _cards(config, words, index, articles):
        asset = card_asset(card, name, owner, makers)
        images[owner] = card_image(asset, card, config.base)
        assets[asset.path] = asset
    return images, tuple(assets.values())


def _cards(
    config: Config, words: Words, index: Index, articles: Iterable[Article]
) -> Iterator[tuple[str, str, Card]]:
    """Yield whose a card is, a name for its file, and the card."""
    site = config.site
    yield SITE, "site", Card(urlsplit(config.base.origin).netloc, site.description, site.title)
    for slug, story in index.stories.by_slug.items():
        status = words.statuses[story.storyline.status.value]
        kicker = f"{words.storylines.storyline} · {status}"
        yield story.storyline.path, slug, Card(site.title, kicker, story.storyline.title)
    if config.cards:
        for article in articles:
            if article.image is None:
                date = article.date.date
                kicker = words.dates.label(date[:4], date[5:7], date[8:10])
                yield article.path, article.slug, Card(site.title, kicker, article.title)
