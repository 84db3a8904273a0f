"""W3C Web Annotations as JSON-LD: each finding with the words around it, to find it again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any, Final

from .codes import guid
from .model import CodedText, Coding

AROUND: Final = 40
"""Characters of context on each side."""


def write_annotations(texts: Iterable[CodedText], sink: IO[bytes]) -> None:
    """Write a page of annotations, as they come."""
    sink.write(b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage",\n')
    sink.write(b'"items": [')
    between = ""
    for text in texts:
        for number, coding in enumerate(text.codings):
            item = json.dumps(_annotation(text, number, coding), ensure_ascii=False)
            sink.write(f"{between}\n{item}".encode())
            between = ","
    sink.write(b"\n]}\n")


def _annotation(text: CodedText, number: int, coding: Coding) -> dict[str, Any]:
    file = text.sha256 or text.name
    start, end = coding.start, coding.end
    tags = (coding.theme, coding.polarity, coding.timing, "rejected" if coding.rejected else None)
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags if tag
    ]
    if coding.why:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": coding.why})
    person = {"type": "Person", "name": coding.who}
    made = {"created": coding.made_at} if coding.made_at else {}
    return {
        "id": f"urn:uuid:{guid('annotation', file, str(number))}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": person if coding.who else {"type": "Software", "name": "textmine"},
        **made,
        "body": bodies,
        "target": {
            "source": text.attributes.get("url") or f"urn:sha256:{file}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text.text[start:end],
                    "prefix": text.text[max(start - AROUND, 0) : start],
                    "suffix": text.text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }
