"""Extras: optional libraries, and the one line that says which is missing."""

from __future__ import annotations

from importlib.util import find_spec

from corpus.errors import UsageError


def need(module: str, extra: str, what: str) -> None:
    """Raises UsageError where a module of an extra is not installed; says for what it is needed."""
    if find_spec(module) is None:
        raise UsageError(f"{what} needs {module}: run pip install 'textmine[{extra}]'")


def need_encoder() -> None:
    """Raises UsageError where the encoder cannot be used."""
    need("onnxruntime", "encoder", "the encoder")
