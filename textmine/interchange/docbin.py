"""Coded texts as spaCy's DocBin, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from corpus.files import read_regular

from .model import CodedText, Coding, polarity_of, timing_of

MOST = 1_000_000_000
"""Bytes of a .spacy file that are read."""


def write_docbin(texts: Iterable[CodedText], sink: IO[bytes]) -> None:
    """Write a .spacy file: a document each, with a group of spans for each theme."""
    from ..pipeline import docbin  # noqa: PLC0415 (imports spaCy)

    def packed() -> Iterator[docbin.LabelledText]:
        for text in texts:
            known = {"name": text.name, "sha256": text.sha256 or "", "offset": text.offset}
            spans = [
                docbin.Labelled(each.start, each.end, each.theme, _remark(each), _more(each))
                for each in text.codings
            ]
            yield docbin.LabelledText(text.text, spans, {**text.attributes, **known})

    sink.write(docbin.pack(packed()))


def read_docbin(path: Path) -> Iterator[CodedText]:
    """The coded texts of a .spacy file."""
    from ..pipeline import docbin  # noqa: PLC0415 (imports spaCy)

    for each in docbin.unpack(read_regular(path, MOST)):
        yield CodedText(
            name=str(each.user_data.get("name", "")),
            text=each.text,
            codings=tuple(_coding(span.label, span.said, span) for span in each.spans),
            sha256=each.user_data.get("sha256") or None,
            offset=int(each.user_data.get("offset", 0)),
        )


def _remark(coding: Coding) -> str:
    return "rejected" if coding.rejected else f"{coding.polarity or ''}/{coding.timing or ''}"


def _more(coding: Coding) -> dict[str, Any]:
    return {"who": coding.who, "why": coding.why, "made_at": coding.made_at}


def _coding(theme: str, said: str, span: Any) -> Coding:
    polarity, _, timing = said.partition("/")
    return Coding(
        start=span.start,
        end=span.end,
        theme=theme,
        polarity=polarity_of(polarity),
        timing=timing_of(timing),
        rejected=said == "rejected",
        # A span that somebody has made or changed has nothing with it.
        who=span.more.get("who", ""),
        why=str(span.more.get("why", "")),
        made_at=str(span.more.get("made_at", "")),
    )
