"""Writes the style sheet of GOV.UK Frontend into the page, from the package as npm has it.

    npm pack govuk-frontend@6.6.0
    python scripts/vendor_govuk.py govuk-frontend-6.6.0.tgz

Only its typeface and its crest are left out, which belong to GOV.UK. A package that is not the one
named here is refused.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
from pathlib import Path

VERSION = "6.6.0"
PACKAGE = "52c4eb554e54d8a6e4ba801e9da5ec3a5b930fd2f117a39677f0b6296e954751"
"""SHA-256 of the package."""

STATIC = Path(__file__).resolve().parents[1] / "textmine" / "web" / "static"
NAME = "govuk-frontend.min.css"
LICENCE = """/*! GOV.UK Frontend 6.6.0, without typeface and crest.
The MIT License (MIT). Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE. */
"""


def plain(css: str) -> str:
    """The style sheet without what belongs to GOV.UK."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,", "")
    css = re.sub(r"url\(/assets/[^)]*\)", "none", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    return LICENCE + css.strip() + "\n"


def main() -> int:
    package = Path(sys.argv[1])
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != PACKAGE:
        print(f"{package} is not govuk-frontend {VERSION}: its SHA-256 is {found}", file=sys.stderr)
        return 1
    with tarfile.open(package) as files:
        member = files.extractfile(f"package/dist/govuk/{NAME}")
        assert member is not None
        css = plain(member.read().decode())
    (STATIC / NAME).write_text(css, encoding="utf-8")
    print(f"wrote {STATIC / NAME}: {hashlib.sha256(css.encode()).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
