"""Changes that keep the shape of a file: archives stay archives, XML well-formed, PDFs numbered.

Bytes changed at random seldom get past a checksum or a parser; these reach what is behind.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

from corpus.readers.package import DAMAGE

Change = Callable[[bytes, int], bytes]
"""Changes some bytes to at most so many."""

_VALUES = ("", "0", "1", "-1", "2", "9", "40", "65536", "99999999999999999999", "1e9", "true", "x")
_WORDS = (" ", "\u2022", "\u00a0", "12 May 2022", "Good", "1.", "(a)", "\ufffd", "\u202e", "\uf0b7")
_OBJECT = re.compile(rb"(\d+) (\d+) obj\b(.*?)\bendobj", re.DOTALL)
_NUMBER = re.compile(rb"-?\d*\.?\d+")
_NAME = re.compile(rb"/[A-Za-z]+")
_NUMBERS = (b"0", b"1", b"-1", b"3", b"0.0001", b"65535", b"2147483647", b"4294967296", b"1e30")


def packed(parts):
    """An archive of these parts, stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def archive(data: bytes, most: int, rng: random.Random, change: Change) -> bytes:
    """An archive of which one part is changed, or the whole as bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            parts = {each.filename: opened.read(each) for each in opened.infolist()}
    except DAMAGE:
        return change(data, most)
    if not parts or rng.random() < 0.1:
        return change(data, most)
    name = rng.choice(list(parts))
    if rng.random() < 0.03:
        parts[rng.choice(list(parts))] = parts[name]
    else:
        room = max(64, most - len(data) + len(parts[name]))
        parts[name] = xml(parts[name], room, rng, change)
    try:
        made = packed(parts)
    except (ValueError, OSError, zipfile.LargeZipFile):
        return change(data, most)
    return made if len(made) <= most else data


def xml(data: bytes, most: int, rng: random.Random, change: Change) -> bytes:
    """XML with elements moved, doubled, renamed or filled otherwise; now and then its bytes."""
    if rng.random() < 0.15:
        return change(data, most)
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError):
        return change(data, most)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _step(root, rng, change)
    made = ET.tostring(root)
    return made if len(made) <= most else data


def _step(root, rng, change):
    every = list(root.iter())
    one, other = rng.choice(every), rng.choice(every)
    kind = rng.randrange(8)
    if kind == 0 and other is not one and one not in other.iter() and other not in one.iter():
        one.insert(rng.randint(0, len(one)), other)
    elif kind == 1 and len(one):
        one.insert(rng.randint(0, len(one)), rng.choice(list(one)))
    elif kind == 2 and len(one):
        one.remove(rng.choice(list(one)))
    elif kind == 3:
        one.tag = other.tag
    elif kind == 4 and other.attrib:
        name = rng.choice(list(other.attrib))
        one.set(name, rng.choice((*_VALUES, other.attrib[name])))
    elif kind == 5 and one.attrib:
        del one.attrib[rng.choice(list(one.attrib))]
    elif kind == 6:
        one.text = rng.choice((*_WORDS, other.text or ""))
    else:
        text = change((one.text or "").encode(), len(one.text or "") + 64)
        one.text = re.sub(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text.decode("utf-8", "replace")
        )


def pdf(data: bytes, most: int, rng: random.Random, change: Change) -> bytes:
    """A PDF with a changed object, whose table of objects is right again."""
    found = [(int(each[1]), each[3]) for each in _OBJECT.finditer(data)]
    if not found or rng.random() < 0.15:
        return change(data, most)
    objects = dict(found)
    number = rng.choice(list(objects))
    body = objects[number]
    kind = rng.randrange(7)
    if kind == 0:
        body = _swapped(_NUMBER, body, rng, _NUMBERS)
    elif kind == 1:
        body = _swapped(_NAME, body, rng, _NAME.findall(data))
    elif kind == 2:
        body = rng.choice(list(objects.values()))
    elif kind == 3:
        body = _swapped(_NUMBER, body, rng, [str(each).encode() for each in objects])
    elif kind == 4:
        objects[max(objects) + 1] = body
    else:
        body = change(body, len(body) + 64)
    objects[number] = body
    made = numbered(objects, data)
    return made if len(made) <= most else data


def _swapped(pattern, body, rng, others):
    places = list(pattern.finditer(body))
    if not places:
        return body
    place = rng.choice(places)
    return body[: place.start()] + rng.choice(others) + body[place.end() :]


def numbered(objects, data=b""):
    """The bytes of a PDF with these objects; the trailer is that of `data`."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj%bendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    at = data.rfind(b"trailer")
    end = data.find(b"startxref", at)
    trailer = data[at:end] if 0 <= at < end else b"trailer\n<< /Root 1 0 R >>\n"
    return bytes(out + trailer + b"startxref\n%d\n%%%%EOF\n" % start)
