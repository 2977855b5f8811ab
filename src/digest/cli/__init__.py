"""Arguments to exit code; one module for each command."""

from digest.cli.main import main

__all__ = ["main"]
