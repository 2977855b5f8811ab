"""Sites with words that are hard to set, and what a browser sees of them."""

from pathlib import Path

from playwright.sync_api import Page

from support import NO_SEARCH, SITE, article, build_site, make_site

TITLES = {
    "long": (
        "A union of writers and actors, and of all who are paid for their words, votes on it. " * 4
    )[:300],
    "unbroken": "Donaudampfschifffahrtsgesellschaft" * 5 + "Kapitänsgewerkschaftsversammlu",
    "right to left": "نقابة الممثلين تصوت على عقد جديد بشأن الذكاء الاصطناعي في الاستوديوهات",
    "chinese": "编剧工会与演员工会就人工智能在影视制作中的使用达成新的临时协议",
}
CUT_OFF = """() => {
    const hidden = ".unseen, .skip, .company, select, option";
    const scrolls = (it) => ["auto", "scroll"].includes(getComputedStyle(it).overflowX);
    const inScroller = (it) => it && (scrolls(it) || inScroller(it.parentElement));
    const found = [];
    for (const it of document.body.querySelectorAll("*")) {
        if (it.closest(hidden) || inScroller(it) || !it.checkVisibility()) continue;
        const box = it.getBoundingClientRect();
        const clips = ["hidden", "clip"].includes(getComputedStyle(it).overflowX);
        const beside = box.right > innerWidth + 1 || box.left < -1;
        if (beside || (clips && it.scrollWidth > it.clientWidth)) {
            found.push(`${it.tagName}.${it.className} ${it.textContent.slice(0, 30)}`);
        }
    }
    return found;
}"""


def make_hard_site(folder: Path, name: str) -> Path:
    """Build a site in which a title of `TITLES` stands for everything, and return its output."""
    word = TITLES[name]
    # A slug has 200 bytes at most, so the name of a tag, an entity or a storyline has no more.
    term = (
        word if len(word.encode()) <= 200 else word.encode()[:180].decode(errors="ignore").strip()
    )
    extra = (
        f'tags: ["{term}", strikes]\nauthors: ["{word}", "{word}"]\nsummary: "{word}"\n'
        f'entities:\n  - {{name: "{term}", role: union}}\n  - {{name: Studio, role: employer}}\n'
        "  - Agency\n  - Guild\n  - Council\n"
        f'storylines: ["{term}"]\n'
        f'sources:\n  - {{title: "{word}", url: "https://example.org/{"a" * 200}",'
        f' publisher: "{word}", date: 2023-07, kind: press}}\n'
        f'figures:\n  - {{what: "{word}", value: 1234567890123, unit: "{term[:60]}"}}\n'
        f'corrections:\n  - {{date: 2023-08-01, text: "{word}"}}\n'
    )
    columns = " | ".join(["Column of a wide table"] * 14)
    rules = " | ".join(["---"] * 14)
    body = (
        f"## {word}\n\n{word.replace(' ', '')}\n\n“{word},” said {term}. "
        f"[{word}](https://e.org/)\n\n| {columns} |\n| {rules} |\n| {columns} |\n\n"
        f"```\n{'code' * 125}\n```\n\n`{'code' * 125}`\n\n"
        f"> {word}\n\n* {word}\n    * {word}\n        * {word.replace(' ', '')}\n"
    )
    files: dict[str, str | bytes] = {
        f"content/{number}.md": article(
            word if number % 2 else f"Piece {number}",
            date=f"{2021 + number % 3}-0{number % 9 + 1}-1{number % 10}",
            body=body if number % 2 else "Text.",
            extra=f"slug: piece-{number}\n{extra}",
        )
        for number in range(24)
    }
    aliases = "".join(f'  - "{term[:40]} {number}"\n' for number in range(400))
    files["content/entities/hard.md"] = (
        f'---\nname: "{term}"\nkind: union\ndescription: "{word}"\nacronym: XG\n'
        f"homepage: https://example.org/{'a' * 200}\naliases:\n{aliases}---\n\n{body}"
    )
    files["content/storylines/hard.md"] = (
        f'---\ntitle: "{term}"\nstatus: ongoing\nstart: 2021\nnext_date: 2027-01\n'
        f'description: "{word}"\n'
        f'parties: [{{name: "{term}", role: union}}, "{term[:50]} x"]\n---\n\n{body}'
    )
    files["content/pages/about.md"] = f'---\ntitle: "{word}"\n---\n\n{body}'
    config = SITE.removeprefix(NO_SEARCH).replace(
        '"Test digest"', f'"{word}"\ndescription = "{word}"'
    )
    site = make_site(folder, files, config)
    outcome = build_site(site)
    assert outcome.ok, outcome.text
    return site / "public"


def cut_off(page: Page) -> list[str]:
    """Return what stands beside the window, or is cut off by its box, in words."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found
