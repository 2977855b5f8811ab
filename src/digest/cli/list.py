"""`digest list`: what the site has, and what it may want."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from digest.build import survey
from digest.cli.options import drafts_option, jobs_option, now_option, site_option
from digest.cli.progress import show_progress
from digest.cli.report import failure_json
from digest.config.load import find_site
from digest.diagnostics import DigestError, visible
from digest.index.inventory import (
    EntityRow,
    MentionRow,
    TagRow,
    list_entities,
    list_mentions,
    list_tags,
)
from digest.index.suggestions import Suggestion, make_suggestions, tell_suggestion
from digest.start import Options

_LISTS = ("entities", "tags", "mentions", "suggestions")
Row = EntityRow | TagRow | MentionRow | Suggestion


@click.command("list", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("what", type=click.Choice(_LISTS))
@site_option
@drafts_option
@now_option
@jobs_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    *,
    what: str,
    site: Path | None,
    drafts: bool,
    now: dt.datetime | None,
    jobs: int | None,
    as_json: bool,
) -> int:
    """List what the site has; nothing is written.

    \b
    entities     with kind, file, and the number of articles that declare or only name them
    tags         with the number of their articles
    mentions     of entities in each article, with role and how often
    suggestions  aliases, entity files and duplicates that an editor may want to look at

    \b
    Examples:
      digest list entities
      digest list suggestions --json
    """  # noqa: D301 click leaves the paragraph after this mark as it is
    options = Options(
        site=site or Path.cwd(),
        now=now or dt.datetime.now(dt.UTC),  # noqa: TID251 the clock enters here
        drafts=drafts,
        jobs=jobs or 0,
    )
    try:
        rows = _rows(what, msgspec.structs.replace(options, site=find_site(options.site)))
    except DigestError as fault:
        if not as_json:
            raise
        click.echo(failure_json(fault.diagnostics))
        return 1
    if as_json:
        click.echo(msgspec.json.encode({"ok": True, what: rows}).decode())
    else:
        click.echo("\n".join(_lines(rows)) if rows else f"no {what}")
    return 0


def _rows(what: str, options: Options) -> Sequence[Row]:
    """Return the rows of a list."""
    with show_progress() as progress:
        index, names = survey(options, progress, unknown=what == "suggestions")
    if what == "suggestions":
        return make_suggestions(index, names)
    if what == "mentions":
        return list_mentions(index)
    return list_tags(index) if what == "tags" else list_entities(index)


def _lines(rows: Sequence[Row]) -> list[str]:
    """Return one line for each row, the columns below each other."""
    cells = [tuple(map(visible, _cells(row))) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _cells(row: Row) -> tuple[str, ...]:
    """Return the columns of a row."""
    match row:
        case EntityRow():
            uses = f"{row.declared:,} declared, {row.found:,} found"
            return row.slug, row.kind, uses, row.name, row.file
        case TagRow():
            return row.slug, f"{row.articles:,}", row.newest, row.name
        case MentionRow():
            how = "declared" if row.declared else "found"
            times = f"{how}, {row.times:,} time{'' if row.times == 1 else 's'}"
            return row.article, row.entity, row.role, times
        case Suggestion():
            return tell_suggestion(row), _where(row.articles)


def _where(paths: Sequence[str]) -> str:
    """Return how many articles there are, and the first of them."""
    return f"{len(paths):,} article{'' if len(paths) == 1 else 's'}: {paths[0]}" if paths else ""
