"""Whatever an editor does, the next build makes what a build without a cache makes.

There is no list of exceptions: after every step the whole output is compared, and no page was
written whose bytes are the same. A preview that has run all the while shows the same, too.
"""

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from digest.diagnostics import format_diagnostic
from digest.serve.board import Board
from digest.serve.engine import Asked, Engine
from digest.serve.snapshot import SiteSnapshot
from digest.write.manifest import MANIFEST
from images import picture
from support import NO_SEARCH, NOW, Outcome, build_site, make_site, read_tree, write_files

TAGS = st.lists(st.sampled_from(["strikes", "hiring", "Strikes", "data work"]), max_size=3)
NAMES = st.lists(
    st.sampled_from(["Netflix", "NETFLIX", "Actors Union", "Kestrel Media", "Alba"]), max_size=3
)
TITLES = st.sampled_from(["One", "Two", "Netflix hires", "Talks end", "Ärger", "Votes"])
DATES = st.sampled_from(["2023", "2023-07", "2023-07-27", "2024-01-02", "2026-05-30", "2026-06-03"])
TEXTS = st.sampled_from(
    [
        "Plain text.",
        "Netflix offered up to $900,000 to 11,500 writers.",
        "The Actors Union (AU) met Kestrel Media.\n\n“We will not stop,” said AU.",
        "See [the start](/timeline/) and [tags](/tags/).",
        "## A heading\n\nThe AU and Alba, 87 percent of 120 drivers.",
        "Kestrel Media cut 300 jobs at [Alba](https://example.org/a).",
        "AU met Alba.\n\n![A picket line](picket.png)",
    ]
)
EXTRAS = st.sampled_from(
    [
        "",
        "storylines: [The long dispute]\n",
        "corrections: [{date: 2024-02-01, text: It was two.}]\n",
        "aliases: [/old/place/]\n",
        "summary: A summary.\n",
        "figures: [{what: jobs, value: 300, unit: jobs}]\n",
        "status: unlisted\n",
        "sources: [https://example.org/s]\n",
        "expires: 2026-06-02\n",
        "image: {src: picket.png, alt: A picket line}\n",
    ]
)
ENTITIES = {
    "netflix": "name: Netflix\nkind: company\n",
    "netflix-two": "name: Netflix\nkind: company\naliases: [The Streamer]\n",
    "union": "name: Actors Union\nkind: union\nacronym: AU\nmember_of: [Alba]\n",
    "alba": "name: Alba\nkind: other\naliases: [Kestrel]\n",
    "silent": "name: Kestrel Media\nmentions: false\n",
}
SETTINGS = {
    "plain": "",
    "title": 'title = "Another title"\n',
    "spanish": 'title = "T"\nlanguage = "es"\n',
    "no links": "[entities]\nautolink = false\n",
    "no names": "[entities]\nmentions = false\n",
    "roles": '[entities]\nroles = ["employer"]\n',
    "zone": 'title = "T"\ntimezone = "Asia/Tokyo"\n',
    "feed": "[feed]\nentries = 2\n",
    "search": '[search]\nengine = "pagefind"\n',
    "compressed": "[build]\nprecompress = true\n",
    "cards": "[social]\ncards = true\n",
}
PICTURES = {
    "small": picture(),
    "large": picture(500, 20),
    "another": picture(500, 21),
    "cut short": picture(500, 20)[:-50],
}
OVERRIDES = {
    "templates/parts/lists.html": None,
    "templates/words/en.toml": "[titles]\ntags = 'Topics'\n[lists]\nsince = 'begun {date}'\n",
    "templates/words/es.toml": "[dates]\nday = 'd/MM/y'\n[titles]\ntags = 'Temas'\n",
    "templates/tag.html": '{% extends "parts/term.html" %}\n{# ours #}\n',
    "templates/home.html": '{% extends "base.html" %}{% block main %}<h1>{{ page.total }}</h1>'
    "{% endblock %}",
    "templates/article.html": "<title>{{ page.title }}</title>{{ page.older.text or '' }}",
    "static/digest.css": "body { color: red }\n",
    "static/new.txt": "new\n",
}


class Edits(RuleBasedStateMachine):
    """A site, edited at random and built after every edit."""

    articles: Bundle[str] = Bundle("articles")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.site = self.folder / "site"
        self.now = NOW
        self.number = 0
        make_site(self.site, {"content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
        story = (
            "---\ntitle: The long dispute\nparties: [{name: Netflix, role: employer}]\n---\n\nX.\n"
        )
        write_files(self.site, {"content/storylines/long.md": story})
        self.change_picture("large")
        self.board = Board()
        asked = Asked(self.site, everything=False, now=None, clock=lambda: self.now)
        self.engine = Engine(asked, self.board, lambda _: None)
        self.engine.begin(lambda _work, _done, _total: None)

    def teardown(self) -> None:
        self.engine.close()
        shutil.rmtree(self.folder)

    def write(self, path: str, text: str) -> None:
        write_files(self.site, {path: text})

    @rule(
        target=articles, title=TITLES, date=DATES, tags=TAGS, names=NAMES, text=TEXTS, extra=EXTRAS
    )
    def add(
        self, title: str, date: str, tags: list[str], names: list[str], text: str, extra: str
    ) -> str:
        self.number += 1
        path = f"content/{self.number}.md"
        front = f"title: {title} {self.number}\ndate: {date}\ntags: {tags}\nentities: {names}\n"
        self.write(path, f"---\n{front}{extra}---\n\n{text}\n")
        return path

    @rule(path=articles, text=TEXTS)
    def edit(self, path: str, text: str) -> None:
        file = self.site / path
        head = file.read_text().split("---\n")[1]
        self.write(path, f"---\n{head}---\n\n{text}\n")

    @rule(
        path=articles, field=st.sampled_from(["title", "date", "tags", "entities"]), data=st.data()
    )
    def change(self, path: str, field: str, data: st.DataObject) -> None:
        values = {"title": TITLES, "date": DATES, "tags": TAGS, "entities": NAMES}
        value = data.draw(values[field])
        lines = (self.site / path).read_text().split("\n")
        new = [f"{field}: {value}" if line.startswith(f"{field}:") else line for line in lines]
        self.write(path, "\n".join(new))

    @rule(path=articles)
    def edit_unseen(self, path: str) -> None:
        """Change a letter and restore size and time of the last change."""
        file = self.site / path
        before = file.stat()
        text = file.read_text()
        file.write_text(text[:-2] + ("!" if text[-2] == "?" else "?") + text[-1])
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(path=articles)
    def touch(self, path: str) -> None:
        (self.site / path).touch()

    @rule(path=articles)
    def toggle_draft(self, path: str) -> None:
        text = (self.site / path).read_text()
        draft = "status: draft\n"
        opened = text.replace("---\n", f"---\n{draft}", 1)
        self.write(path, text.replace(draft, "") if draft in text else opened)

    @rule(target=articles, path=consumes(articles))
    def rename(self, path: str) -> str:
        self.number += 1
        new = f"content/moved/{self.number}.md"
        (self.site / "content/moved").mkdir(exist_ok=True)
        (self.site / path).rename(self.site / new)
        return new

    @rule(path=consumes(articles))
    def delete(self, path: str) -> None:
        (self.site / path).unlink()

    @rule(name=st.sampled_from(list(ENTITIES)))
    def toggle_entity(self, name: str) -> None:
        path = f"content/entities/{name}.md"
        if (self.site / path).exists():
            (self.site / path).unlink()
        else:
            self.write(path, f"---\n{ENTITIES[name]}---\n\nAbout it.\n")

    @rule(status=st.sampled_from(["ongoing", "settled"]), end=st.sampled_from(["", "end: 2025\n"]))
    def change_story(self, status: str, end: str) -> None:
        head = f"title: The long dispute\nstart: 2023\nstatus: {status}\n{end}"
        self.write("content/storylines/long.md", f"---\n{head}---\n\nOver pay.\n")

    @rule(name=st.sampled_from(list(OVERRIDES)))
    def toggle_theme(self, name: str) -> None:
        text = OVERRIDES[name]
        if (self.site / name).exists():
            (self.site / name).unlink()
        elif text is None:
            default = Path(__file__).parents[2] / name
            self.write(name, default.read_text() + "{# longer #}\n<!-- x -->")
        else:
            self.write(name, text)

    @rule(name=st.sampled_from(list(PICTURES)))
    def change_picture(self, name: str) -> None:
        places = ("content/picket.png", "content/moved/picket.png")
        write_files(self.site, dict.fromkeys(places, PICTURES[name]))

    @rule()
    def delete_picture(self) -> None:
        (self.site / "content/picket.png").unlink(missing_ok=True)

    @rule(name=st.sampled_from(list(SETTINGS)))
    def change_settings(self, name: str) -> None:
        text = SETTINGS[name]
        site = text if text.startswith("title") else 'title = "Test digest"\n'
        rest = "" if text.startswith("title") else text
        required = "[sources]\nrequired = false\n" + (NO_SEARCH if name != "search" else "")
        self.write("site.toml", f'[site]\nurl = "https://example.org/"\n{site}{rest}{required}')

    @rule(days=st.integers(-3, 3))
    def move_clock(self, days: int) -> None:
        self.now += dt.timedelta(days=days)

    @rule(data=st.data())
    def spoil_output(self, data: st.DataObject) -> None:
        files = sorted((self.site / "public").rglob("*.html*"))
        if files:
            file = data.draw(st.sampled_from(files))
            if data.draw(st.booleans()):
                file.unlink()
            else:
                file.write_bytes(file.read_bytes()[:-1] + b"?")

    @invariant()
    def equals_a_clean_build(self) -> None:
        before = read_tree(self.site / "public")
        built = build_site(self.site, now=self.now)
        after = read_tree(self.site / "public")
        clean = build_site(
            self.site, now=self.now, output=self.folder / "clean", cache=self.folder / "none"
        )
        assert said(built) == said(clean)
        if built.report is None:
            assert after == before
        else:
            assert after == read_tree(self.folder / "clean")
            changed = {path for path in after if after[path] != before.get(path)} - {MANIFEST}
            assert set(built.report.written) == changed
            assert set(built.report.deleted) == before.keys() - after.keys()
        self.equals_a_preview(clean, read_tree(self.folder / "clean"))
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        shutil.rmtree(self.folder / "none", ignore_errors=True)

    def equals_a_preview(self, clean: Outcome, files: dict[str, bytes]) -> None:
        self.engine.catch_up()
        state = self.board.state
        assert "\n".join(map(format_diagnostic, state.findings)) == clean.text
        assert state.failed is not clean.ok
        if clean.ok:
            assert isinstance(state.snapshot, SiteSnapshot)
            paths = {*state.snapshot.pages, *state.snapshot.assets}
            found = {path: state.snapshot.find(f"/{path}") for path in paths}
            shown = {path: it.body if it else None for path, it in found.items()}
            assert shown == {
                path: data
                for path, data in files.items()
                if path != MANIFEST and not path.startswith("pagefind/")
                if not path.endswith((".br", ".gz"))
            }


def said(outcome: Outcome) -> tuple[object, ...]:
    """Return what a build says, its paths and times aside."""
    report = outcome.report
    counts = (report.pages, report.held, report.assets) if report else ()
    return outcome.text, counts


Edits.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestEdits = Edits.TestCase
