"""Whether a number counts people, judged by the words beside it."""

import re
from collections.abc import Iterator

_NOUNS = frozenset(
    "people persons workers employees staff staffers members jobs positions roles posts layoffs "
    "actors writers performers drivers nurses moderators journalists reporters editors artists "
    "contractors freelancers dockworkers longshoremen machinists teachers engineers raters "
    "labelers labellers annotators couriers crew crews professionals strikers signatories "
    "colleagues personnel women men developers designers animators musicians dancers models "
    "translators agents operators clerks cashiers baristas housekeepers cooks cleaners guards "
    "miners pickers packers porters riders assistants associates technicians scientists "
    "researchers analysts managers executives lawyers doctors physicians faculty students "
    "graduates interns trainees apprentices temps hires recruits retirees unionists delegates "
    "stewards pilots attendants conductors mechanics electricians carpenters plumbers "
    "stagehands cuts redundancies dismissals protesters demonstrators respondents novelists "
    "authors announcers broadcasters broadcasters adults americans staffers headcount".split()
)
_PEOPLE_ENDING = re.compile(r"[a-z-]{2,30}(?:workers|persons|ists|ians|ers|ors|ees|men|women)")
# Words with these endings that are no people.
_THINGS = frozenset(
    "dollars hours years quarters numbers orders offers papers letters computers servers centers "
    "others factors sectors trailers chapters containers powers theaters newspapers counters "
    "matters meters kilometers liters layers corners borders degrees fees committees trees "
    "guarantees errors floors doors motors vectors tumors colors monitors processors sensors "
    "reactors tractors elevators indicators mirrors flavors calculators routers scooters posters "
    "banners folders newsletters characters parameters filters scanners printers headers answers "
    "towers showers covers flyers freighters tankers carriers airliners trackers browsers "
    "headquarters identifiers markers stickers disorders murders disasters encounters transfers "
    "chargers controllers adapters timers rivers waters shutters labors behaviors studios".split()
)
_STOPS = frozenset(
    "a an the in on at to by for with from as was were is are be been will would has have had than "
    "that which who when while after before since per a.m p.m am pm percent points dollars hours "
    "hour days day weeks week months month years year minutes seconds times time miles copies "
    "pages episodes films shows songs books cities states countries stores sites plants ports "
    "films contracts lawsuits cases votes points million billion trillion thousand hundred but so "
    "if because did does do said says into over under about against between including".split()
)
_JOINING = frozenset({"and", "or", "of", "the", "its", "their", "our", "his", "her", "those"})
_NEXT = re.compile(r"[\s\u00a0]+([^\W\d_][\w’'/-]{0,30})([,;:.!?)\]”\"]?)")
_STRONG = re.compile(r"-(?:person|member|worker|strong)\b(?:[\s\u00a0]([a-z-]{2,30}))?")
_GROUPS = {"workforce": "workers", "staff": "staff", "union": "members"}
_LABELS = frozenset(
    "local section sections article articles chapter no no. nos. number ab sb bill order rule "
    "title proposition prop page pages act item part level type channel route highway unit version "
    "step phase form memo lot gate pier terminal room floor january february march april may june "
    "july august september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec. "
    "age aged gpt directive regulation case docket figure table season episode week day § $".split()
)
_COUNTED_AFTER = (
    (re.compile(r"(?i)\b(?:employs?|employed|employing)\Z"), "employees"),
    (re.compile(r"(?i)\b(?:lay|laid|laying|lays)[\s\u00a0]off\Z"), "workers"),
    (re.compile(r"(?i)\b(?:staff|workforce|payroll|headcount)[\s\u00a0]of\Z"), "staff"),
    (re.compile(r"(?i)\bmembership[\s\u00a0]of\Z"), "members"),
    (re.compile(r"(?i)\b(?:team|crew|group|unit)[\s\u00a0]of\Z"), "people"),
)
_OF_THEM = re.compile(r"[\s\u00a0]of[\s\u00a0](?:them|whom)\b")
_OF_MORE = re.compile(
    r"[\s\u00a0]of[\s\u00a0](?:the|its|their|our|those|about)[\s\u00a0][\d,.]{1,12}\b"
)
_NOT_COUNTED = re.compile(
    r"[\s\u00a0]?(?:%|percent|per[\s\u00a0]cent|-?(?:year|day|hour|month|week))"
)
_MOST_WORDS = 6


def is_label(word: str) -> bool:
    """Return whether the word before a number makes it a name: `Local 226`, `Section 7`."""
    return word.strip("(“\"'") in _LABELS


def is_year(number: str, before: str) -> bool:
    """Return whether a number is rather a year: four digits without a separator, 1900 to 2099."""
    if not re.fullmatch(r"(?:19|20)\d\d", number):
        return False
    return before not in {"about", "around", "nearly", "some", "than", "to", "least", "over"}


def people_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the noun for people that a number counts, and where it ends; None if it counts none.

    Up to five words may stand between: adjectives and parts of a compound.
    """
    strong = _STRONG.match(text, end)
    if strong:
        noun = strong[1] or ""
        return _GROUPS.get(noun, noun if _is_people(noun) else "people"), strong.end()
    noun, noun_end = "", end
    for word, word_end in _words_after(text, end):
        if _is_people(word):
            noun, noun_end = word, word_end
        elif noun and word != "and":
            break
    if not noun and _OF_MORE.match(text, end):
        return _noun_of_whole(text, end)
    return (noun, noun_end) if noun else None


def _words_after(text: str, place: int) -> Iterator[tuple[str, int]]:
    """Yield the words behind a number that may be part of what it counts, with their ends."""
    for number in range(_MOST_WORDS):
        match = _NEXT.match(text, place)
        word = match[1].lower() if match else ""
        if match is None or word in _STOPS or word.endswith(("’", "'")):
            return
        if number == 0 and word in _JOINING - {"of"}:
            return
        yield word, match.end(1)
        if match[2]:
            return
        place = match.end(1)


def _noun_of_whole(text: str, end: int) -> tuple[str, int] | None:
    """Return the noun of `3,900 of the 12,000 employees` for its first number."""
    match = _OF_MORE.match(text, end)
    found = people_after(text, match.end()) if match else None
    return (found[0], end) if found else None


def people_before(text: str, end: int, words: list[str]) -> tuple[str, int] | None:
    """Return what the words before a number say that it counts: `a staff of 40`."""
    if _NOT_COUNTED.match(text, end) or _NEXT_IS_THING.match(text, end):
        return None
    head = " ".join(words[-3:])
    for pattern, noun in _COUNTED_AFTER:
        if pattern.search(head):
            return noun, end
    if _OF_THEM.match(text, end) and words:
        noun = words[-1].lower().strip(",")
        return (noun, end) if _is_people(noun) else None
    return None


_NEXT_IS_THING = re.compile(
    r"[\s\u00a0](?!in\b|at\b|on\b|and\b|this\b|last\b|after\b|of\b|by\b)[a-z]"
)


def _is_people(word: str) -> bool:
    if word in _NOUNS:
        return True
    last = word.rpartition("-")[2]
    return last not in _THINGS and _PEOPLE_ENDING.fullmatch(last) is not None
