"""The list of common words that ships with the program."""

from functools import cache
from importlib.resources import files


@cache
def load_words() -> frozenset[str]:
    """Return common English words in small letters, most in their base form alone.

    Source: SCOWL, whose terms stand at the head of the file.
    """
    text = files("digest").joinpath("load/words.txt").read_text(encoding="ascii")
    return frozenset(word for line in text.splitlines() if line[0] != "#" for word in line.split())
