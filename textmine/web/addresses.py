"""Addresses that last: a document by its content, a passage by its printed number or its words."""

from __future__ import annotations

import hashlib


def short(sha256: str) -> str:
    """The beginning of a hash that names a document, never to be taken for its number."""
    length = 12
    while sha256[:length].isdigit() and length < len(sha256):
        length += 1
    return sha256[:length]


def document_href(sha256: str) -> str:
    """The address of a document: the same after it has been read again."""
    return f"/documents/{short(sha256)}"


def text_anchor(text: str) -> str:
    """The name of a passage on the page of its document, from its words.

    It is the same after the document has been read again.
    """
    words = " ".join(text.split()).encode("utf-8", "replace")
    return f"text-{hashlib.blake2b(words, digest_size=5).hexdigest()}"
