"""What stands before a number: `about`, `up to`, `at least`, and the words before that."""

UP_TO, LESS, LEAST, MORE = "up to", "less than", "at least", "more than"
_ABOUT = "about"
_PHRASES = {
    _ABOUT: "about|around|some|roughly|nearly|almost|approximately|an estimated|estimated|"
    "close to|circa",
    UP_TO: "up to|as much as|as many as|as high as|at most|no more than|not more than|"
    "a maximum of|maximum of",
    LESS: "less than|under|below|fewer than",
    LEAST: "at least|no less than|no fewer than|not less than|a minimum of|minimum of|"
    "starting at|starting from|start at|starts at|start from|starts from|pay from|pays from|"
    "priced from|as little as|as few as",
    MORE: "more than|over|above|upwards of|upward of|in excess of|exceeding|greater than",
}
_BOUNDS = {phrase: bound for bound, phrases in _PHRASES.items() for phrase in phrases.split("|")}
# How many words the phrases with some last word have, the longest first.
_LENGTHS: dict[str, list[int]] = {}
for _phrase in sorted(_BOUNDS, key=len, reverse=True):
    _words = _phrase.split()
    _LENGTHS.setdefault(_words[-1], []).append(len(_words))
BOUND_ENDS = frozenset(_LENGTHS)
"""The last words of the phrases that bound a number."""

_BETWEEN = "between"
_REACH = 45
_LONGEST = 16
OPENING = "(“\"'‘[~"
"""Marks that open before a word or a number."""


Before = tuple[str, int, list[str]]
"""What stands before a number: its bound, where that begins, the words before it."""


def bound_before(text: str, place: int, floor: int) -> tuple[str, int]:
    """Return the bound that stands before a number, and where it begins; most have none.

    A bound that begins before `floor` belongs to another figure.
    """
    head = text[max(0, place - _LONGEST) : place].rsplit(None, 1)
    last = head[-1] if head else ""
    if last.isalpha() and (last := last.lower()) not in BOUND_ENDS and last != _BETWEEN:
        return "", place
    return read_before(text, place, floor)[:2]


def read_before(text: str, place: int, floor: int) -> Before:
    """Return the bound that stands before a number, and the words before that."""
    base = max(0, place - _REACH)
    head = text[base:place]
    if "\n\n" in head:
        base += head.rindex("\n\n") + 2
        head = text[base:place]
    if "—" in head or "–" in head:
        head = head.replace("—", " ").replace("–", " ")
    words = head.split()
    if not words:
        return "", place, words
    if head.endswith("~"):
        return _ABOUT, place - 1, words[:-1]
    last = words[-1].lower().lstrip(OPENING)
    for count in _LENGTHS.get(last, ()):
        phrase = " ".join([word.lower().lstrip(OPENING) for word in words[-count:]])
        start = base + _last_words(head, words[-count:]) if phrase in _BOUNDS else -1
        if start >= floor:
            return _BOUNDS[phrase], start, words[:-count]
    start = base + _last_words(head, words[-1:]) if last == _BETWEEN else place
    return "", start if start >= floor else place, words


def _last_words(head: str, words: list[str]) -> int:
    """Return where the last words of a text begin, behind marks that open."""
    place = len(head)
    for word in reversed(words):
        place = head.rindex(word, 0, place)
    return place + len(words[0]) - len(words[0].lstrip(OPENING))
