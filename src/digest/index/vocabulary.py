"""Tags: any word, or the closed vocabulary of `site.toml`."""

from collections.abc import Iterable

import msgspec

from digest.config.records import TagRule
from digest.diagnostics import Diagnostic, error, nearest, warning
from digest.model.records import Article
from digest.urls import term_slug


class Vocabulary(msgspec.Struct, frozen=True):
    """What a written tag stands for.

    Attributes:
        rules: Tags of the closed vocabulary that are in use, by slug; empty where any tag will do.
        slugs: Slug of the tag to use, by the slug of any of its words.
        gone: Slug of the tag to use, by the slug of one that is deprecated.
    """

    rules: dict[str, TagRule] = {}
    slugs: dict[str, str] = {}
    gone: dict[str, str] = {}

    def slug(self, name: str) -> str:
        """Return the slug of the tag that a word stands for."""
        slug = term_slug(name)
        return self.slugs.get(slug, slug) if self.slugs else slug


def make_vocabulary(rules: Iterable[TagRule]) -> Vocabulary:
    """Return the vocabulary that `site.toml` declares."""
    everything = tuple(rules)
    lasting = {term_slug(rule.name): rule for rule in everything if not rule.deprecated}
    slugs: dict[str, str] = {}
    gone: dict[str, str] = {}
    for rule in everything:
        own = term_slug(rule.deprecated or rule.name)
        slugs |= {term_slug(word): own for word in (rule.name, *rule.synonyms)}
        if rule.deprecated:
            gone[term_slug(rule.name)] = own
    return Vocabulary(lasting, slugs, gone)


def check_tags(articles: Iterable[Article], vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """Yield an error for every tag outside a closed vocabulary, a warning for a deprecated one."""
    if not vocabulary.slugs:
        return
    words = _words(vocabulary)
    for article in articles:
        for name in article.tags:
            slug = term_slug(name)
            if slug not in vocabulary.slugs:
                close = words[near] if (near := nearest(name.casefold(), words)) else ""
                hint = f"did you mean '{close}'?" if close else "[tags] in site.toml lists them"
                message = f"the tag '{name}' is not in the vocabulary"
                yield error("tag-unknown", message, article.span("tags"), hint)
            elif slug in vocabulary.gone:
                new = vocabulary.rules[vocabulary.gone[slug]].name
                message = f"the tag '{name}' is deprecated"
                yield warning("tag-deprecated", message, article.span("tags"), f"write {new}")


def _words(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the name of the tag to write, by all words for it: names, labels and synonyms."""
    words = {slug.replace("-", " "): own for slug, own in vocabulary.slugs.items()}
    for slug, rule in vocabulary.rules.items():
        words[rule.label.casefold()] = words[rule.name.casefold()] = slug
    return {word: vocabulary.rules[slug].name for word, slug in words.items()}
