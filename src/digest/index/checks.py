"""What an editor should know about names without files and articles without sources."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from digest.diagnostics import Diagnostic, Span, error, warning
from digest.index.alike import closest
from digest.index.names import EntityNames
from digest.model.findings import Extract
from digest.model.records import Article, Body, Source

# Parameters that say where a reader came from and nothing of what is read.
_TRACKING = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid mc_cid mc_eid igshid igsh yclid twclid ttclid "
    "ref ref_src ref_url source cmpid ocid ncid smid smtyp partner sref si feature share "
    "guccounter guce_referrer guce_referrer_sig srnd leadsource taid".split()
)


def check_files(
    articles: Iterable[Article], names: EntityNames, *, required: bool
) -> Iterable[Diagnostic]:
    """Yield a finding for every declared name without a file, with the nearest known name.

    It is an error where files are `required`; else a warning, and none where no entity has a file.
    """
    if not names.by_slug and not required:
        return
    known = [entity.name for entity in names.by_slug.values()]
    seen: set[str] = set()
    for article in articles:
        for named in article.entities:
            slug = names.slug(named.name)
            if slug not in names.by_slug and slug not in seen:
                seen.add(slug)
                close = closest(named.name, known)
                hint = f"add content/entities/{slug}.md with name and kind"
                hint = f"did you mean '{close}'? Else {hint}" if close else hint
                message = f"the entity '{named.name}' has no file"
                note = error if required else warning
                yield note("entity-file", message, article.span("entities"), hint)


def check_sources(
    articles: Iterable[Article],
    extracts: Mapping[str, Extract],
    bodies: Mapping[str, Body],
    *,
    required: bool,
) -> Iterable[Diagnostic]:
    """Yield a warning for every article without a source, and for a source used by two.

    Nothing is said of missing ones unless they are `required`, nor of two articles of which one
    links to the other: they are a piece and its follow-up, and the editor knows.
    """
    first: dict[str, Article] = {}
    for article in articles:
        extract = extracts.get(article.path)
        if required and extract and not article.sources and not extract.links:
            hint = "add sources: [https://…], or link to one in the text"
            yield warning("no-source", "the article names no source", Span(article.path), hint)
        for source in article.sources:
            owner = first.setdefault(plain_url(source.url), article)
            if owner is not article and not _are_linked(article, owner, bodies):
                yield _used_twice(source, article, owner)


def _are_linked(one: Article, other: Article, bodies: Mapping[str, Body]) -> bool:
    """Return whether the text of an article links to the file of the other."""
    return any(
        there.path.rpartition("/")[2] in link.target
        for here, there in ((one, other), (other, one))
        if here.path in bodies
        for link in bodies[here.path].links
    )


def _used_twice(source: Source, article: Article, owner: Article) -> Diagnostic:
    message = f"the source {source.url} is also one of {owner.path}"
    hint = "is one a repeat of the other? If it is a follow-up, link the one to the other"
    span = Span(article.path, source.line)
    return warning("source-twice", message, span, hint)


def plain_url(url: str) -> str:
    """Return a URL without scheme, `www.`, tracking parameters, fragment and slash at the end.

    Parameters that are left are sorted (RFC 3986, 6.2, goes less far).
    """
    parts = urlsplit(url)
    host = parts.netloc.lower().rpartition("@")[2].removeprefix("www.")
    host = host.removesuffix(":443").removesuffix(":80")
    kept = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in _TRACKING and not key.lower().startswith("utm_")
    )
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
