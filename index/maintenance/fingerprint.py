"""The fingerprint: one line, equal for libraries that give the same answers."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from ..storage.database import Database
from ..text.analyzer import VERSION

_DOCUMENTS: Final = """SELECT sha256, reader_version, pipeline_version, themes FROM document
    ORDER BY sha256"""
_BY_HAND: Final = """SELECT d.sha256, c.part, c.field, c.value FROM correction_now c
    JOIN document d ON d.id = c.document ORDER BY 1, 2, 3"""


def fingerprint(db: Database) -> str:
    """A digest of documents, provenance and corrections."""
    digest = blake2b(VERSION.encode(), digest_size=16)
    for sql in (_DOCUMENTS, _BY_HAND):
        for row in db.each(sql):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
