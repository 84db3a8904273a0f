"""Versions of pipeline and themes, whose change makes rows stale.

Imports no spaCy, so that a library can be asked for stale rows at once.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from corpus.assemble import reader_version
from index.documents.records import Provenance

from ..themes import Theme, fingerprint

PIPELINE = "6"
"""Raised whenever the pipeline's code may find something else with the same rules."""
ENCODER = "encoder"


@dataclass(frozen=True, slots=True)
class Maker:
    """The pipeline and the themes that tag now."""

    pipeline: str
    themes: str
    encoder: bool = False

    @classmethod
    def of(cls, themes: Sequence[Theme], *, encoder: bool = False) -> Maker:
        """The maker that these themes and the shipped rules amount to."""
        fast = f"{PIPELINE}-{_rules()}"
        return cls(with_encoder(fast) if encoder else fast, fingerprint(themes), encoder)

    def would_make(self, then: Provenance, doc_type: str) -> bool:
        """Whether a document is as it would be made now, or was tagged better, by the encoder."""
        now = self.provenance(doc_type)
        better = replace(now, pipeline=with_encoder(now.pipeline))
        return then == now or (not self.encoder and then == better)

    def provenance(self, doc_type: str) -> Provenance:
        """The mark of a document of this type that is read and tagged now."""
        return Provenance(
            reader=reader_version(doc_type), pipeline=self.pipeline, themes=self.themes
        )


def with_encoder(pipeline: str) -> str:
    """The version of a pipeline whose findings the encoder weighed too."""
    return f"{pipeline}+encoder-{_encoder()}"


def models(*, encoder: bool) -> dict[str, str]:
    """The learned models that tag, and the version of each."""
    return {n: version for n, version in _versions().items() if encoder or n != ENCODER}


@cache
def _versions() -> dict[str, str]:
    file = resources.files("textmine").joinpath("pipeline", "learned", "models.toml")
    known = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: str(model["version"]) for name, model in known.items()}


@cache
def _encoder() -> str:
    """A hash of the records of the encoder and of its blend with the other models."""
    folder = resources.files("textmine").joinpath("pipeline", "encoder")
    records = (folder.joinpath(f"{name}.json").read_text("utf-8") for name in ("training", "blend"))
    return hashlib.sha256("".join(records).encode()).hexdigest()[:6]


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
