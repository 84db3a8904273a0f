"""Document types: one module each, discovered by being here, or an entry of frameworks.py."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ..frameworks import DOCUMENTS
from .shared.authorship import is_about_others_work
from .shared.base import ENOUGH, DocType, Opening
from .shared.by_data import doctype_by_data

OTHER = "other"


@cache
def doctypes() -> dict[str, DocType]:
    """Every document type by its id; a type defined twice is a defect of ours."""
    found: dict[str, DocType] = {}
    for module in iter_modules(__path__):
        # Modules without one hold what several types share.
        doctype: DocType | None = getattr(
            import_module(f".{module.name}", __package__), "DOCTYPE", None
        )
        if doctype and found.setdefault(doctype.id, doctype) is not doctype:
            raise ValueError(f"document type {doctype.id!r} is defined twice")
    by_data = [name for name, kind in DOCUMENTS.items() if kind.title]
    return found | {name: doctype_by_data(name) for name in by_data}


def recognise(opening: Opening) -> DocType:
    """The type with the most points; `other` where none has enough."""
    if is_about_others_work(opening):
        return doctypes()[OTHER]
    best = max(doctypes().values(), key=lambda doctype: (doctype.recognise(opening), doctype.id))
    return best if best.recognise(opening) >= ENOUGH else doctypes()[OTHER]
