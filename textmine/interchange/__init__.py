"""Interchange: coded texts to and from the programs in which people code and train."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "project": ".qdpx",
        "codebook": ".qdc",
        "docbin": ".spacy",
        "label-studio": ".json",
        "prodigy": ".jsonl",
        "annotations": ".jsonld",
    }
)
"""The formats and the endings of their files."""

SEARCH_INDEX: Final = "search-index"
"""What `export` calls the passages for a search server, which nobody codes."""
