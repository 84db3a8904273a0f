"""Versions of pipeline and themes, whose change makes rows stale.

Imports no spaCy, so that a library can be asked for stale rows at once.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.assemble import reader_version
from index.documents.records import Provenance

from ..themes import Theme, fingerprint

PIPELINE = "5"
"""Raised whenever the pipeline's code may find something else with the same rules."""


@dataclass(frozen=True, slots=True)
class Maker:
    """The pipeline and the themes that tag now."""

    pipeline: str
    themes: str

    @classmethod
    def of(cls, themes: Sequence[Theme]) -> Maker:
        """The maker that these themes and the shipped rules amount to."""
        return cls(f"{PIPELINE}-{_rules()}", fingerprint(themes))

    def provenance(self, doc_type: str) -> Provenance:
        """The mark of a document of this type that is read and tagged now."""
        return Provenance(
            reader=reader_version(doc_type), pipeline=self.pipeline, themes=self.themes
        )


def models() -> dict[str, str]:
    """The learned models and the version of each."""
    file = resources.files("textmine").joinpath("pipeline", "learned", "models.toml")
    known = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: str(model["version"]) for name, model in known.items()}


@cache
def _rules() -> str:
    """A hash of the pipeline's rule data and learned weights; line ends do not count."""
    digest = hashlib.sha256()
    pipeline = resources.files("textmine").joinpath("pipeline")  # naming it would import spaCy
    files = (file for room in ("rules", "learned") for file in pipeline.joinpath(room).iterdir())
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith((".yaml", ".json", ".npz")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
