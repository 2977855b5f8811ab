"""The `digest` command: finds the sub-command, and turns whatever happens into an exit code.

0 done    1 the site has errors    2 wrong usage    3 a bug of ours    130 interrupted
"""

import importlib
import os
import sys

import click

from digest import __version__
from digest.diagnostics import DigestError, format_diagnostic

_COMMANDS = {
    "build": "Build the site into the output folder.",
    "serve": "Show the site in a browser, and follow every save.",
    "list": "List entities, tags, mentions or suggestions.",
}


class _LazyGroup(click.Group):
    """Imports a command's module when that command is asked for: `--version` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"digest.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
def digest() -> None:
    """Make a news digest out of a folder of dated articles.

    \b
    Examples:
      digest build                     build the site you are in to public/
      digest build --drafts            the same with drafts
      digest serve --open              look at the site, drafts included, while you write
      digest build --help              everything that build can do
      digest list suggestions          names that should have an entity file
    """  # noqa: D301 click leaves the paragraph after this mark as it is


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave the process with its exit code."""
    try:
        code = digest.main(arguments, prog_name="digest", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        code = 130
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except DigestError as fault:
        for finding in fault.diagnostics:
            click.echo(format_diagnostic(finding), err=True)
        code = 1
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception:  # noqa: BLE001 the last line of defense: whatever it is, it is our bug
        import traceback  # noqa: PLC0415 slow to import, and never wanted

        traceback.print_exc()
        click.echo("This is a bug in digest: please report it with the lines above.", err=True)
        code = 3
    sys.exit(code if isinstance(code, int) else 0)
