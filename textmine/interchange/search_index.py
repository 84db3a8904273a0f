"""The bulk format of OpenSearch: a document for each passage, with what it is cited by.

Two lines of JSON each: what to do, and the document (https://docs.opensearch.org, "Bulk API"). The
mapping and the analyzers stand in a file beside, which makes the index. How these differ from our
own search is said in docs/how-to/search-server.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

from corpus.model import Finding
from index.documents.citation_rows import Place
from index.query.expansion import Groups
from index.reports.counts import DocumentRow

_KEYWORD: Final = {"type": "keyword"}
_DATE: Final = {"type": "date", "format": "strict_date"}
_INTEGER: Final = {"type": "integer"}
_OF_FINDING: Final[Mapping[str, Mapping[str, Any]]] = {
    **dict.fromkeys(("theme", "polarity", "timing", "about", "extent", "aspect"), _KEYWORD),
    "score": {"type": "float"},
    "start": _INTEGER,
    "end": _INTEGER,
}
_PROPERTIES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {
        "type": "text",
        "analyzer": "stems",
        "search_analyzer": "stems_with_synonyms",
        "fields": {"exact": {"type": "text", "analyzer": "forms"}},
    },
    "section": {"type": "text", "analyzer": "stems", "fields": {"raw": _KEYWORD}},
    **dict.fromkeys(
        ("authority", "urn", "region", "type", "framework", "voice", "visibility", "kind", "about"),
        _KEYWORD,
    ),
    **dict.fromkeys(("paragraph", "file", "url", "sha256", "overall"), _KEYWORD),
    **dict.fromkeys(("date", "start_date", "published"), _DATE),
    **dict.fromkeys(("year", "page", "ordinal", "start"), _INTEGER),
    "findings": {"type": "nested", "dynamic": "strict", "properties": _OF_FINDING},
}


def write_passage(
    place: Place, document: DocumentRow, findings: Iterable[Finding], sink: IO[bytes]
) -> None:
    """Write a passage: to do so again replaces it."""
    overall = next((each.grade for each in document.judgements if each.area == "overall"), None)
    date = place.date
    content = {
        "text": place.text,
        "section": place.section,
        "authority": place.authority,
        "urn": place.urn,
        "region": document.region,
        "type": place.doc_type,
        "framework": document.framework,
        "voice": place.passage.voice,
        "visibility": place.visibility,
        "kind": place.passage.kind,
        "about": place.passage.about,
        "paragraph": place.paragraph,
        "file": place.name,
        "url": place.url,
        "sha256": place.sha256,
        "overall": overall,
        "date": date,
        "start_date": place.start_date,
        "published": place.published,
        "year": int(date[:4]) if date else None,
        "page": place.page,
        "ordinal": place.passage.ordinal,
        "start": place.passage.start,
        "findings": [
            _filled({name: getattr(finding, name) for name in _OF_FINDING}) for finding in findings
        ],
    }
    number = f"{place.sha256}-{place.passage.ordinal}"
    for line in ({"index": {"_id": number}}, _filled(content)):
        sink.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def index_body(names: Groups) -> str:
    """What makes the index: its settings and its mapping, as JSON."""
    plain = ["lowercase", "asciifolding", "possessive", "apostrophes"]
    stems = [*plain, "english_stems"]
    settings = {
        "analysis": {
            "char_filter": {
                "typography": {
                    "type": "mapping",
                    "mappings": [
                        "\\u2018=>'",
                        "\\u2019=>'",
                        "\\u00ad=>",
                        "\\u200b=>",
                        "_=>\\u0020",
                    ],
                },
                "thousands": {
                    "type": "pattern_replace",
                    "pattern": "(?<=\\d),(?=\\d{3}(?!\\d))",
                    "replacement": "",
                },
            },
            "filter": {
                "possessive": {"type": "stemmer", "language": "possessive_english"},
                "apostrophes": {"type": "pattern_replace", "pattern": "'", "replacement": ""},
                "english_stems": {"type": "snowball", "language": "English"},
                "other_names": {
                    "type": "synonym_graph",
                    "lenient": True,
                    "synonyms": synonyms(names),
                },
            },
            "analyzer": {
                "forms": _analyzer(plain),
                "stems": _analyzer(stems),
                "stems_with_synonyms": _analyzer([*stems, "other_names"]),
            },
        },
    }
    body = {
        "settings": settings,
        "mappings": {"dynamic": "strict", "properties": _PROPERTIES},
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _analyzer(filters: list[str]) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": ["typography", "thousands"],
        "tokenizer": "standard",
        "filter": filters,
    }


def synonyms(names: Groups) -> list[str]:
    """Our other names as rules, but for those that count only in capitals: all is lower case."""
    rules = []
    for given, meant in names:
        plain = [name for name in given if not name.startswith("=")]
        also = [name.lstrip("=") for name in meant]
        if set(plain) == set(also):
            rules.append(", ".join(plain))
        else:
            rules += [f"{name} => {', '.join(dict.fromkeys((name, *also)))}" for name in plain]
    return list(dict.fromkeys(rule for rule in rules if "," in rule))
