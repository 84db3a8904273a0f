"""spaCy's DocBin: texts with spans, as `spacy train` and `spacy debug data` take them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import spacy
from spacy.about import __version__
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.util import filter_spans

from corpus.errors import DataError

GROUP: Final = "textmine"
"""The group with every span of a text; those of one theme are in groups of its name."""


MOST_UNPACKED: Final = 512 * 2**20
"""Bytes of a .spacy file, unpacked."""

_PIECE: Final = 2**20

_WRONG: Final = (
    *(ValueError, TypeError, LookupError, AttributeError, OSError, ArithmeticError),
    *(RecursionError, AssertionError, zlib.error, struct.error),
)
"""What spaCy raises over a file that is not what it says."""


class Labelled(NamedTuple):
    """A span: its characters, its label, what is said besides, and what must come back with it."""

    start: int
    end: int
    label: str
    said: str
    more: dict[str, Any]


class LabelledText(NamedTuple):
    """A text with spans; `user_data` holds what is known of it."""

    text: str
    spans: Sequence[Labelled]
    user_data: dict[str, Any]


def pack(texts: Iterable[LabelledText]) -> bytes:
    """The texts as the bytes of a .spacy file."""
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    box = DocBin(store_user_data=True)
    for each in texts:
        doc = nlp.make_doc(each.text)
        doc.user_data.update(each.user_data, spacy_version=__version__)
        groups: dict[str, list[Span]] = {}
        exact = []
        for one in each.spans:
            # A space alone is in no token: it stands behind the one before.
            tried = (_span(doc, one, start) for start in (one.start, one.start - 1))
            span = next(filter(None, tried), None)
            if span is None:
                continue
            groups.setdefault(GROUP, []).append(span)
            groups.setdefault(one.label, []).append(span)
            exact.append({**one.more, "start": one.start, "end": one.end})
        for name, spans in groups.items():
            attrs = {"exact": exact} if name == GROUP else {}
            doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs=attrs)
        box.add(doc)
    return bytes(box.to_bytes())


def _span(doc: Doc, one: Labelled, start: int) -> Span | None:
    """The tokens of a span that begins at `start`; None where there is none."""
    if start < 0:
        return None
    span = doc.char_span(start, one.end, one.label, alignment_mode="expand", span_id=one.said)
    return span if span is not None and len(span) else None


def unpack(data: bytes) -> Iterator[LabelledText]:
    """The texts of a .spacy file; the spans of any group, each once, where it has none of ours.

    Raises DataError where it is none; the message does not name it.
    """
    try:
        _check_size(data)
        docs = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
        for doc in docs:
            ours = doc.spans.get(GROUP)
            groups = [ours] if ours is not None else list(doc.spans.values())
            spans = [span for group in groups for span in group] or filter_spans(doc.ents)
            exact = ours.attrs.get("exact", []) if ours is not None else []
            if len(exact) != len(spans):  # somebody has edited them
                exact = [{}] * len(spans)
            yield LabelledText(
                doc.text,
                [_labelled(span, more) for span, more in zip(spans, exact, strict=True)],
                {name: value for name, value in doc.user_data.items() if isinstance(name, str)},
            )
    except _WRONG as error:
        reason = " ".join(str(error).split())
        reason = f"{reason[:97]}..." if len(reason) > 100 else reason or type(error).__name__
        raise DataError(f"not a .spacy file: {reason}") from error


def _check_size(data: bytes) -> None:
    """Refuse what unpacks to more than may be read, before spaCy unpacks it."""
    unpacking, size = zlib.decompressobj(), 0
    while data and not unpacking.eof:
        size += len(unpacking.decompress(data, _PIECE))
        data = unpacking.unconsumed_tail
        if size > MOST_UNPACKED:
            raise ValueError(f"it unpacks to more than {MOST_UNPACKED >> 20} MB")


def _labelled(span: Span, more: dict[str, Any]) -> Labelled:
    """The span, at the characters that it was made of where it still covers them."""
    start, end = span.start_char, span.end_char
    reach = end + len(span[-1].whitespace_)  # a token's space is not in its characters
    if start <= more.get("start", -1) < more.get("end", -1) <= reach:
        start, end = more["start"], more["end"]
    return Labelled(start, end, span.label_, span.id_, more)
