"""Coded texts as spaCy's DocBin, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from corpus.errors import DataError

from .model import CodedText, Coding, polarity_of, timing_of
from .untrusted import WRONG, position_of, read_bytes


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

    texts = docbin.unpack(read_bytes(path))
    while True:
        try:
            each = next(texts, None)
            if each is None:
                return
            text = CodedText(
                name=str(each.user_data.get("name", "")),
                text=each.text,
                codings=tuple(_coding(span.label, span.said, span) for span in each.spans),
                sha256=str(each.user_data.get("sha256") or "") or None,
                offset=position_of(each.user_data.get("offset", 0)),
            )
        except DataError as error:
            raise DataError(f"{path} is {error}") from error
        except WRONG as error:
            raise DataError(f"{path}: a text is not as textmine writes it: {error}") from error
        yield text


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
        who=_coder(span.more.get("who", "")),
        why=str(span.more.get("why", "")),
        made_at=str(span.more.get("made_at", "")),
    )


def _coder(value: object) -> str | None:
    return None if value is None else str(value)
