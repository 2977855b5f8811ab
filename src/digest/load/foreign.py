"""What other generators call our fields, so that a migrating editor is told the right name."""

_SAME = {
    "id": "guid",
    "title": "subject headline name linktitle",
    "date": "created datepublished published_at",
    "updated": "lastmod lastmodified modified last_modified_at datemodified date_modified",
    "publish": "publishdate pubdate published publish_date scheduled",
    "expires": "expirydate unpublishdate expiry expiration",
    "status": "draft drafts hidden private unlisted render eleventyexcludefromcollections",
    "slug": "permalink url path save_as pretty_url",
    "aliases": "redirect_from redirects redirect old_urls",
    "tags": "tag category categories keywords topics labels taxonomies",
    "authors": "author byline by",
    "summary": "excerpt abstract preview subtitle teaser lead",
    "description": "desc meta_description metadescription",
    "image": "images previewimage thumbnail cover feature_image featured_image",
    "sources": "source link links references",
    "entities": "entity actors organizations people",
    "storylines": "storyline series",
    "figures": "figure numbers",
    "corrections": "correction errata",
    "lang": "language locale",
    "template": "layout type",
}
_FOREIGN = {name.replace("_", ""): ours for ours, names in _SAME.items() for name in names.split()}
_STATUS_HINT = "write status: published, status: draft or status: unlisted"


def our_name(key: str) -> str:
    """Return our name for a key of another generator, or an empty string if it is none."""
    plain = key.casefold().replace("_", "").replace("-", "")
    return _FOREIGN.get(plain, "")


def foreign_hint(ours: str) -> str:
    """Return what to do about a foreign key that means one of our fields."""
    return _STATUS_HINT if ours == "status" else f"the field is called '{ours}' here"
