"""Sites made of a few files, built as an editor would build them."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from digest.build import build
from digest.config.records import DEFAULT_ROLES
from digest.diagnostics import Diagnostic, DigestError, format_diagnostic
from digest.load.theme import load_theme, theme_folder
from digest.pictures.studio import make_card, make_version, studio_key
from digest.plan.pictures import Makers
from digest.report import Report
from digest.start import Options
from digest.words.catalogue import make_words
from digest.words.records import Words

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
NO_SEARCH = '[search]\nengine = "none"\n'
SITE = (
    NO_SEARCH
    + '[sources]\nrequired = false\n[site]\ntitle = "Test digest"\nurl = "https://example.org/"\n'
)
MAKERS = Makers(studio_key(), make_version, make_card)


class Outcome(NamedTuple):
    """What a build came to: a report or errors, and what it said."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return self.report is not None

    @property
    def codes(self) -> list[str]:
        return [item.code for item in self.diagnostics]

    @property
    def text(self) -> str:
        return "\n".join(map(format_diagnostic, self.diagnostics))


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def article(
    title: str = "A title", date: str = "2023-07-27", body: str = "Text.", extra: str = ""
) -> str:
    """Return a Markdown article; `extra` is further front matter, whole lines."""
    extra = extra if not extra or extra.endswith("\n") else extra + "\n"
    return f'---\ntitle: "{title}"\ndate: {date}\n{extra}---\n\n{body}\n'


def make_site(folder: Path, files: Mapping[str, str | bytes], config: str = SITE) -> Path:
    """Write a site of some files and return its folder."""
    write_files(folder, {"site.toml": config, **files})
    return folder


def shipped_words(tag: str = "en") -> Words:
    """Return the words that the theme has in a language."""
    theme, _ = load_theme(theme_folder())
    words, findings = make_words(theme.words, tag, DEFAULT_ROLES)
    assert words is not None, findings
    return words


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder, byte for byte."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def build_site(folder: Path, **options: Any) -> Outcome:
    """Build a site in this process, on one core unless `jobs` says otherwise."""
    options = {"now": NOW, "jobs": 1, **options}
    try:
        report = build(Options(site=folder, **options))
    except DigestError as fault:
        return Outcome(None, fault.diagnostics)
    return Outcome(report, report.diagnostics)


def run_digest(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "digest", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by path; empty if there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page(folder: Path, url: str) -> str:
    """Return a page of the built site by its URL."""
    path = folder / "public" / url.strip("/")
    return (path / "index.html" if url.endswith("/") else path).read_text(encoding="utf-8")


def bare(html: str) -> str:
    """Return HTML without the ids of paragraphs."""
    return re.sub(r' id="p-[0-9a-f]{8}(?:-\d+)?"', "", html)
