"""What several commands accept: the folder of a site, a time."""

import datetime as dt
from pathlib import Path

import click


class Moment(click.ParamType[dt.datetime]):
    """A day or a moment, in the form that front matter has."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Return the moment; a day begins at midnight UTC."""
        if isinstance(value, dt.datetime):
            return value
        try:
            moment = dt.datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no time such as 2023-07-27T09:00:00+02:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


site_option = click.option(
    "--site", type=click.Path(path_type=Path), help="Folder of the site, or one inside it."
)
now_option = click.option(
    "--now", type=Moment(), help="Build as of this time (UTC where no offset is given)."
)
drafts_option = click.option("--drafts", is_flag=True, help="Publish drafts too.")
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes to use; default: one a core."
)
