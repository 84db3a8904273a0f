"""Use cases of correcting a document: which fields can be set, and parsing of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import get_args

from corpus.doctypes import doctypes
from corpus.errors import UsageError
from corpus.frameworks import AREAS, all_grades, grade_of
from corpus.language.dates import find_date
from corpus.model import Document, Visibility
from corpus.register.authorities import Register
from corpus.tables.judgement_table import is_not_judged
from index.documents.corrections import Part

_GIVEN = {"type": "doc_type", "visibility": "visibility"}
_FIELDS = ("authority", "start_date", "end_date", "as_at", "published", "lead_inspector")
_ABSENT = ("not_judged", "not_printed")


@dataclass(frozen=True, slots=True)
class Change:
    """A name and a value as the library keeps them; None takes an earlier word back."""

    part: Part
    name: str
    value: str | None


def changes(document: Document, pairs: Sequence[str], register: Register) -> tuple[Change, ...]:
    """Parse pairs such as `overall=good`; raises UsageError for an invalid one."""
    return tuple(_change(document, pair, register) for pair in pairs)


def _change(document: Document, pair: str, register: Register) -> Change:
    name, sign, text = pair.partition("=")
    name, text = name.strip().lower().replace("-", "_").replace(" ", "_"), text.strip()
    if not sign:
        raise UsageError(f"{pair!r} is not FIELD=VALUE, nor FIELD= to withdraw a correction")
    part, kept = _part(document, name)
    if not text:
        return Change(part, kept, None)
    if part == "judgement":
        return Change(part, kept, _grade(text))
    if part == "given":
        return Change(part, kept, _choice(name, text))
    if name == "authority":
        return Change(part, kept, _authority(text, register))
    if name in {"published", "as_at"} or name.endswith("_date"):
        return Change(part, kept, _day(name, text))
    return Change(part, kept, text)


def _part(document: Document, name: str) -> tuple[Part, str]:
    if name in _GIVEN:
        return "given", _GIVEN[name]
    fields = dict.fromkeys((*(field.name for field in document.fields), *_FIELDS))
    if name in fields:
        return "field", name
    areas = dict.fromkeys((*(judged.area for judged in document.judgements), *AREAS))
    if name in areas:
        return "judgement", name
    known = [*fields, *areas, *_GIVEN]
    like = get_close_matches(name, known, 1)
    hint = f"did you mean {like[0]}?" if like else f"use {', '.join(known)}"
    raise UsageError(f"unknown field: {name!r}; {hint}")


def _grade(text: str) -> str:
    plain = text.lower().replace(" ", "_")
    if plain in {*all_grades(), *_ABSENT}:
        return plain
    if is_not_judged(text):
        return "not_judged"
    if grade := grade_of(text):
        return grade
    known = ", ".join((*all_grades(), *_ABSENT))
    raise UsageError(f"not a grade: {text!r}. Use {known}")


def _choice(name: str, text: str) -> str:
    known = sorted(doctypes()) if name == "type" else get_args(Visibility)
    if text not in known:
        raise UsageError(f"{name} cannot be {text!r}; use {', '.join(known)}")
    return text


def _authority(text: str, register: Register) -> str:
    if found := register.resolve(text):
        return found.name
    raise UsageError(f"unknown authority: {text!r}; {register.suggestion(text)}")


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        if found := find_date(text):
            return found.first.isoformat()
    raise UsageError(f"not a date: {text!r}. Give {name} as in 2024-05-09")
