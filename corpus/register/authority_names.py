"""Variants of authorities' names, and look-alikes.

Reports write "Somerset", "Somerset Council" and "Somerset County Council" of the same body, wrap
"Stoke-on-Trent" into "Stoke-onTrent", and say "and" or "&". A name's lookup key keeps letters
only; the usual variants of each name are generated, so that a lookup is one dictionary access.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PREFIXES = (
    "borough of",
    "city and county of",
    "city of",
    "council of",
    "county",
    "county of",
    "lb",
    "lb of",
    "london borough",
    "london borough of",
    "metropolitan borough of",
    "rb",
    "rb of",
    "royal borough of",
)
_SHARED_SUFFIXES = (
    "borough council",
    "city council",
    "council",
    "metropolitan borough council",
    "metropolitan council",
    "metropolitan district council",
)
"""What may follow a name that already has a prefix: "City of Bradford Metropolitan ..."."""

_SUFFIXES = (
    *_SHARED_SUFFIXES,
    "authority",
    "bc",
    "borough",
    "borough of",
    "cc",
    "city",
    "city of",
    "corporation",
    "county",
    "county council",
    "county of",
    "district council",
    "district metropolitan council",
    "lb",
    "lb of",
    "london borough",
    "london borough council",
    "london borough of",
    "mbc",
    "mdc",
    "metropolitan borough",
    "metropolitan city council",
    "metropolitan borough of",
    "metropolitan district",
    "rb",
    "royal borough",
    "royal borough council",
    "royal borough of",
    "unitary",
    "unitary authority",
    "unitary council",
)

_SERVICES = re.compile(
    r"(?:localauthority|localareapartnership|localarea|areapartnership"
    r"|childrens?(?:andfamilies|andfamily)?(?:socialcare|socialwork)?services?"
    r"|childrens?socialcare)+\Z"
)

_NOT_LETTERS = re.compile(r"[^a-z]+")

_PLACE = (
    r"(?:the\s+)?(?!Council|NHS)[A-Z][\w-]*(?:\s+(?:of|upon|with|(?!Council|NHS)[A-Z][\w-]*)){0,3}?"
)
_PLACES = rf"(?:,\s+{_PLACE}){{0,4}},?\s+(?:and|&)\s+{_PLACE}"

# What follows a place's name when the place is no council: a force, a health body, an
# address. Lists of places ("Derby and Derbyshire ICB") are followed to the body they name.
_BODY = re.compile(
    rf"""
    \s+(?:and\s+Cornwall\s+)?(?:[Pp]olice|POLICE|Constabulary|CONSTABULARY)\b
    | \s+(?:and|&)\s+Merseyside\b
    | (?:{_PLACES})?\s+(?:ICB|ICS|CCG|Integrated\s+Care|Clinical\s+Commissioning)\b
    | {_PLACES}\s+(?:Safeguarding\s+Children|NHS\s+Foundation)\b
    | \s+(?:Heartlands|NHS|Health(?:care)?|Hospitals?|Infirmary|(?:Metropolitan\s+)?University|Fire
        |Airport|Crown|Foundation|Teaching|Probation|Prison)\b
    | \s+(?:Road|Street|Lane|Way|Avenue|Crescent|Square|House|Gate|Place)\b
    | \s+[Cc]hildren(?:['\u2019]s)?(?:\s+[Ss]ervices|\s+(?:and|&)\s+[Ff]amilies)?
      \s+(?:Trust|First|Hospital)\b
    | ,?\s+[A-Z]{{1,2}}\d
    | -under-
    """,
    re.VERBOSE,
)

_PART = re.compile(
    r"\b(?:North|South|East|West|Mid|Central|Greater|New|Inner|Outer|Upper|Lower"
    r"|(?:North|South|East|West)ern|north|south|east|west|mid|greater|[Pp]an"
    r"|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Cllr|Councillor|Professor)\.?[\s-]+\Z"
)
_FORENAME = re.compile(r"\b[A-Z][\w\u2019'-]+[^\S\n]+\Z")
_NO_FORENAME = re.compile(
    r"\b(?:In|Of|At|For|By|To|From|The|And|With|Inspection|Council|Services|Borough|City|County"
    r"|Authority|NHS|Area|Visit|Report)\s+\Z",
    re.IGNORECASE,
)
_SURNAME_GOES_ON = re.compile(r",\s+[A-Z]")

_ORDINARY = frozenset({"barking", "bury", "derby", "harrow", "hull", "reading", "slough", "stoke"})
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:;\u2022\u25aa\u25cf\u2013-])\s*\Z")
_SENTENCE_GOES_ON = re.compile(r"\s+(?!local\b|council\b|borough\b|city\b|children)[a-z]")


def key(printed: str) -> str:
    """The letters of a name in lower case, "&" read as "and", a leading "the" dropped."""
    return _NOT_LETTERS.sub("", printed.lower().replace("&", " and ").strip()).removeprefix("the")


def in_full(printed: str) -> str:
    """A name with its short forms written out: "NE Lincolnshire", "St. Helens MBC".

    What heads a body rather than names it is left out: "Common Council of the City of London".
    """
    text = _HEADS.sub("", printed.strip())
    match = _COMPASS.match(text)
    if match is None:
        return text
    points = (_POINTS[letter] for letter in match.group().casefold() if letter in _POINTS)
    return f"{' '.join(points)} {text[match.end() :]}"


def words(name: str) -> str:
    """The words of a name in lower case, each between spaces: what may stand in another name."""
    plain = name.casefold().replace("&", " and ").replace("\u2019", "").replace("'", "")
    return f" {' '.join(_WORDS.findall(plain))} "


def bare(printed: str) -> str:
    """A name without what says that it is a council's, to look for names like it."""
    return _COUNCIL.sub(" ", printed)


def without_services(name_key: str) -> str:
    """A key without what titles add to the name: "local authority", "children's services"."""
    return _SERVICES.sub("", name_key)


def forms(name: str) -> Iterator[str]:
    """The keys under which a name may be printed, the name's own first."""
    base = key(name)
    yield base
    for suffix in _SUFFIX_KEYS:
        yield base + suffix
    for prefix in _PREFIX_KEYS:
        yield prefix + base
        for suffix in _SHARED_KEYS:
            yield prefix + base + suffix


def is_another(text: str, start: int, end: int) -> bool:
    """Whether the name at `[start, end)` is part of something else's name.

    A police force, a health board or a trust, an address, a part of the country ("Greater
    Manchester"), a person ("Ruth Durham, Commissioner") or an ordinary word ("Reading was").
    """
    before = text[max(start - 40, 0) : start]
    if _BODY.match(text, end) or _PART.search(before):
        return True
    printed = text[start:end]
    if not printed.isalpha():
        return False
    if not printed[0].isupper():
        return True
    if _SURNAME_GOES_ON.match(text, end) and _FORENAME.search(before):
        return not _NO_FORENAME.search(before)
    ordinary = printed.lower() in _ORDINARY and _SENTENCE_BEGINS.search(before)
    return bool(ordinary and _SENTENCE_GOES_ON.match(text, end))


_HEADS = re.compile(
    r"(?:the\s+)?(?:(?:common|metropolitan borough|borough|city|county|district)\s+council"
    r"|council|corporation|mayor and (?:burgesses|commonalty)|mayor, aldermen and burgesses)"
    r"\s+(?:of|for)\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_COMPASS = re.compile(r"(?:[NS]\.?\s?[EW]|[NSEW])\b\.?\s+(?=[A-Z])", re.IGNORECASE)
_POINTS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_WORDS = re.compile(r"[^\W_]+")
_COUNCIL = re.compile(
    r"\b(?:the|london|royal|metropolitan|county|city|borough|district|unitary|council|authority"
    r"|of|lb|rb|mbc|cc|bc)\b",
    re.IGNORECASE,
)

_SUFFIX_KEYS = tuple(key(suffix) for suffix in _SUFFIXES)
_SHARED_KEYS = tuple(key(suffix) for suffix in _SHARED_SUFFIXES)
_PREFIX_KEYS = tuple(key(prefix) for prefix in _PREFIXES)
