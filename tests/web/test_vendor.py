"""Code of others: unchanged since it was taken, and without what is GOV.UK's own."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "textmine" / "web" / "static" / "govuk-frontend.min.css"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_vendored_files_are_those_that_were_taken():
    assert digest(CSS) == "9934c91fea15bde7dcb4464de0a13752677aedfd19dc8e2239621a12c80709fc"
    assert digest(AXE) == "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"


def test_the_style_sheet_names_neither_typeface_nor_crest_and_fetches_nothing():
    css = CSS.read_text(encoding="utf-8")
    assert "MIT License" in css
    for word in ("@font-face", "GDS Transport", "url(", "crest.svg"):
        assert word not in css
