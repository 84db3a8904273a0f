"""Makes hostile PDFs out of their parts: no program that writes PDFs would make these."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
READ, FAILED, ANY = "read", "failed", "any"


def pdfs(said: str) -> Iterator[tuple[str, bytes, str]]:
    """Each with its name and what may become of it; `said` is a sentence for their pages."""
    text = b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % said.encode()
    yield "no-to-unicode.pdf", _pdf(_cids(said), font=_CID_FONT, more=_CID_PARTS), ANY
    yield "millions-of-characters.pdf", _pdf(_lines(3_000_000)), ANY
    yield "tens-of-millions.pdf", _pdf(_lines(11_000_000)), FAILED
    yield "many-objects.pdf", _pdf(b"0 0 1 1 re f\n" * 200_001 + text), FAILED
    yield "flate-bomb.pdf", _pdf(_bomb(600 << 20), packed=2), ANY
    yield "flate-forever.pdf", _pdf(text, filters=b"/FlateDecode " * 500), ANY
    yield "deep-arrays.pdf", _pdf(b"[" * 500_000 + text), ANY
    yield "deep-pages.pdf", _deep(text), ANY
    yield "page-of-itself.pdf", _pdf(text, kids=b"2 0 R 3 0 R"), ANY
    yield "form-of-itself.pdf", _pdf(b"/X Do " + text, xobject=_form(b"/X Do " * 9)), ANY
    yield "huge-picture.pdf", _pdf(b"/X Do " + text, xobject=_picture()), ANY
    yield (
        "runs-script.pdf",
        _pdf(text, catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        READ,
    )
    yield "launches.pdf", _pdf(text, catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"), READ
    yield "fetches.pdf", _pdf(text, catalog=b"/OpenAction<</S/URI/URI(http://192.0.2.1/)>>"), READ
    yield "no-size.pdf", _pdf(text, box=b"[0 0 0 0]"), ANY
    yield "endless-size.pdf", _pdf(text, box=b"[0 0 1e38 1e38]"), ANY
    yield "no-numbers.pdf", _pdf(text.replace(b"72 700", b"1e999 -1e999")), ANY
    yield "xref-in-ring.pdf", _pdf(text, trailer=b"/Prev 9"), ANY
    yield "count-below-none.pdf", _pdf(text, count=-5), ANY


_CID_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[7 0 R]>>"
)
_CID_SYSTEM = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_CID_PARTS = (b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X" + _CID_SYSTEM + b">>",)


def _cids(said: str) -> bytes:
    numbers = "".join(f"{ord(letter) - 29:04x}" for letter in said)
    return b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % numbers.encode()


def _lines(letters: int) -> bytes:
    line = b"(%s) Tj 0 -1 Td\n" % (b"late " * 200)
    return b"BT /F 1 Tf 1 0 0 1 72 800 Tm\n" + line * (letters // 1_000) + b"ET"


def _bomb(size: int) -> bytes:
    packing, piece = zlib.compressobj(9), b" " * 2**20
    return b"".join(packing.compress(piece) for _ in range(size >> 20)) + packing.flush()


def _form(content: bytes) -> bytes:
    head = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length %d>>"
    )
    return head % len(content) + b"stream\n" + content + b"\nendstream"


def _picture() -> bytes:
    head = b"<</Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8"
    return head + b"/ColorSpace/DeviceGray/Length 4>>stream\nabcd\nendstream"


def _deep(text: bytes) -> bytes:
    """A tree of pages whose every branch has one branch."""
    depth = 2_000
    branch = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", *(branch % (at + 3) for at in range(depth))]
    page = b"<</Type/Page/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>>>"
    parts.append(page % (depth + 3, depth + 4))
    parts += [b"<</Length %d>>stream\n%s\nendstream" % (len(text), text), FONT]
    return _whole(parts)


def _pdf(
    content: bytes,
    *,
    font: bytes = FONT,
    more: tuple[bytes, ...] = (),
    packed: int = 1,
    filters: bytes = b"",
    kids: bytes = b"3 0 R",
    count: int = 1,
    catalog: bytes = b"",
    xobject: bytes = b"null",
    box: bytes = b"[0 0 595 842]",
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page with this content."""
    stream = content if packed > 1 else zlib.compress(content)
    stream = zlib.compress(stream) if packed > 1 else stream
    named = filters or b"/FlateDecode " * packed
    return _whole(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources" % box
            + b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
            b"<</Length %d/Filter[%s]>>stream\n" % (len(stream), named) + stream + b"\nendstream",
            font,
            xobject,
            *more,
        ],
        trailer,
    )


def _whole(parts: list[bytes], trailer: bytes = b"") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(parts) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
