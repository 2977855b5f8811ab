"""`digest build`: options in, a summary out."""

import datetime as dt
import gc
import time
from pathlib import Path

import click
import msgspec

from digest.cli.options import drafts_option, jobs_option, now_option, site_option
from digest.cli.progress import show_progress
from digest.cli.report import failure_json, report_json, report_text
from digest.config.load import find_site
from digest.diagnostics import DigestError, error
from digest.report import Report, repeat
from digest.start import Options, Progress, begin
from digest.urls import Base, parse_base
from digest.write.compare import compare

_HINT = "digest build --clean mends it; please report it, as this is a bug"


class BaseUrl(click.ParamType[Base]):
    """An http or https address."""

    name = "url"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Base:
        """Return the base that an address writes."""
        base = value if isinstance(value, Base) else parse_base(str(value))
        if base is None:
            self.fail(f"'{value}' is no address such as https://example.org/news/", param, ctx)
        return base


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@site_option
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--base-url", type=BaseUrl(), help="Where the site will stand, path included.")
@drafts_option
@now_option
@jobs_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--clean", is_flag=True, help="Throw the cache away first.")
@click.option("--verify", is_flag=True, help="Build once more without a cache and compare.")
@click.option("--explain", metavar="URL", help="Say why that page was made again, or was not.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
def command(  # noqa: PLR0913 one parameter for each option
    *,
    site: Path | None,
    output: Path | None,
    base_url: Base | None,
    drafts: bool,
    now: dt.datetime | None,
    jobs: int | None,
    strict: bool,
    clean: bool,
    verify: bool,
    explain: str | None,
    as_json: bool,
) -> int:
    """Build the site into its output folder.

    Nothing is written if the site has any error: the published pages stay as they are.

    \b
    Examples:
      digest build
      digest build --site ~/news --output /srv/www
      digest build --base-url https://example.org/a/b/
      digest build --now 2026-01-01 --strict --json
      digest build --explain /timeline/
    """  # noqa: D301 click leaves the paragraph after this mark as it is
    options = Options(
        site=site or Path.cwd(),
        now=now or dt.datetime.now(dt.UTC),  # noqa: TID251 the clock enters here
        output=output.absolute() if output else None,
        base=base_url,
        drafts=drafts,
        jobs=jobs or 0,
        strict=strict,
        clean=clean,
        explain=explain or "",
    )
    return _run(options, verify=verify, as_json=as_json)


def _run(options: Options, *, verify: bool, as_json: bool) -> int:
    """Build the site around the folder `options.site`; print what came of it; return the code."""
    try:
        options = msgspec.structs.replace(options, site=find_site(options.site))
        with show_progress() as progress:
            report = _build(options, progress)
            if verify:
                _verify(options, report, progress)
    except DigestError as fault:
        if not as_json:
            raise
        click.echo(failure_json(fault.diagnostics))
        return 1
    click.echo(report_json(report) if as_json else report_text(report, verified=verify))
    return 0


def _build(options: Options, progress: Progress) -> Report:
    """Build a site; where there is nothing to do, most of the program is not even imported."""
    gc.disable()  # the records of a site hold no cycles, and looking for some takes a tenth more
    started = time.perf_counter()
    with begin(options) as start:
        report = repeat(start, started)
        if report is None:
            from digest.build import make_site  # noqa: PLC0415 see above

            report = make_site(start, started, progress)
    return report


def _verify(options: Options, report: Report, progress: Progress) -> None:
    """Build the site once more from nothing, and raise an error if that makes any other byte."""
    import tempfile  # noqa: PLC0415 slow to import, and rarely needed

    with tempfile.TemporaryDirectory(prefix="digest-verify-") as folder:
        clean = Path(folder) / "public"
        cache = Path(folder) / "cache"
        _build(msgspec.structs.replace(options, output=clean, cache=cache, explain=""), progress)
        different = compare(report.output, clean)
    if different:
        raise DigestError(
            [
                error("verify", f"{path} is not what a build without a cache makes", hint=_HINT)
                for path in different
            ]
        )
