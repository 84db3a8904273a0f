"""Seeds: what fuzzing starts from, small and invented, one or a few for each target."""

import io
import json

from reportlab.pdfgen.canvas import Canvas
from shapes import numbered, packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

REPORT = """Inspection of Marlowshire local authority children's services

Inspection dates: 9 to 13 May 2022
Lead inspector: Ann Example, His Majesty's Inspector

Overall effectiveness   Good

What needs to improve
1. The timeliness of initial health assessments for children in care.
2. Supervision, which is not recorded.

The experiences and progress of children in care: good
3. Most children (91%) are seen often, and 48 of 60 care leavers live in suitable homes.
• Visits are late.
\fPage 2 of 2
However, a small number of children wait too long; this has improved since 2020.
"""
PAGE = """<html><head><title>x</title><style>p{}</style></head><body>
<h1>Inspection of Marlowshire local authority children's services</h1>
<p>Inspection dates: 9 to 13 May 2022</p><table><tr><th>Judgement<th>Grade</tr>
<tr><td>Overall effectiveness</td><td>Good</td></tr></table>
<ul><li>Visits are late.<li style="display:none">Hidden.</ul>
<p hidden>Unseen &amp; unsaid &#8217; &#x1F;</p><script>1</script>
<p>Children are seen.<br>Often.</p>
"""


def _canvas(draw):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True, pageCompression=0)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def _prose(canvas):
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(71, 700, "Inspection of Marlowshire local authority children's services")
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(REPORT.split("\n")[2:6]):
        canvas.drawString(71, 670 - 15 * number, line)


def _table(canvas):
    canvas.setFont("Helvetica", 12)
    canvas.drawString(71, 700, "Inspection of Marlowshire local authority children's services")
    for number, (label, grade) in enumerate(
        [("Judgement", "Grade"), ("Overall effectiveness", "Good"), ("Care leavers", "Good")]
    ):
        y = 650 - 24 * number
        canvas.drawString(77, y, label)
        canvas.drawString(303, y, grade)
        canvas.rect(71, y - 6, 226, 24)
        canvas.rect(297, y - 6, 150, 24)
    canvas.rotate(90)
    canvas.drawString(100, -500, "DRAFT")
    canvas.showPage()
    canvas.setPageRotation(90)
    canvas.drawString(71, 500, "Visits are late.")
    canvas.linkURL("https://example.org/", (71, 71, 200, 90))


_CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def"
    b" 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0056> <42> <00660066>"
    b" endbfchar 1 beginbfrange <43> <5A> <0061> endbfrange endcmap end end"
)
_DRAWN = (
    b"BT /F1 12 Tf 41 270 Td (ABCDE visits) Tj 0 -15 Td [(late) -250 (often)] TJ 3 Tr (hid) Tj ET"
    b" /OC /L1 BDC BT /F2 9 Tf 1 0 0 1 41 200 Tm <414243> Tj ET EMC q 2 0 0 2 0 0 cm /X1 Do Q"
    b" 1 1 1 rg 40 220 90 20 re f q 60 0 0 30 41 120 cm /I1 Do Q"
)


def _stream(head, data):
    return b"\n<< %b /Length %d >>\nstream\n%b\nendstream\n" % (head, len(data), data)


def _by_hand():
    """A PDF with what reports of ours seldom have: forms, layers, notes, fonts of its own."""
    resources = (
        b"/Resources << /Font << /F1 5 0 R /F2 7 0 R >> /XObject << /X1 9 0 R /I1 10 0 R >>"
        b" /Properties << /L1 11 0 R >> >>"
    )
    return numbered(
        {
            1: b"\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [13 0 R] >>"
            b" /OCProperties << /OCGs [11 0 R] /D << /OFF [11 0 R] >> >> >>\n",
            2: b"\n<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 300] >>\n",
            3: b"\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Rotate 0 /CropBox [0 0 300 300]"
            b" /Annots [12 0 R 13 0 R] " + resources + b" >>\n",
            4: _stream(b"", _DRAWN),
            5: b"\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R"
            b" /Encoding << /Differences [65 /A /fi /Euro] >> >>\n",
            6: _stream(b"", _CMAP),
            7: b"\n<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0]"
            b" /FirstChar 65 /LastChar 67 /Widths [9 9 9] /CharProcs << /a 8 0 R >>"
            b" /Encoding << /Differences [65 /a /a /a] >> >>\n",
            8: _stream(b"", b"9 0 d0 0 0 9 9 re f"),
            9: _stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Matrix [1 0 0 1 0 0] "
                + resources,
                b"BT /F1 6 Tf 20 40 Td (In a form.) Tj ET",
            ),
            10: _stream(
                b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8"
                b" /ColorSpace /DeviceGray",
                b"abcd",
            ),
            11: b"\n<< /Type /OCG /Name (Layer) >>\n",
            12: b"\n<< /Type /Annot /Subtype /FreeText /Rect [41 80 200 110]"
            b" /Contents (A note.) /DA (/F1 9 Tf) >>\n",
            13: b"\n<< /Type /Annot /Subtype /Widget /FT /Tx /T (grade) /V (Good)"
            b" /Rect [41 50 200 70] >>\n",
        }
    )


def _word():
    def paragraph(text, said=""):
        return f"<w:p><w:pPr>{said}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"

    numbered_ = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph("Inspection of Marlowshire children's services", '<w:pStyle w:val="H1"/>')
        + paragraph("Visits are late.", numbered_)
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>Grade</w:t>"
        "</w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Good</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:br w:type='page'/><w:rPr><w:vanish/>"
        "<w:color w:val='FFFFFF'/><w:sz w:val='2'/></w:rPr><w:t>Hid</w:t></w:r><w:ins><w:r>"
        "<w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></w:r></w:ins></w:p>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="B"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>'

    def part(root, inner):
        return f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>'.encode()

    def links(*kinds):
        each = (f'<Relationship Id="{k}" Type="{OFFICE}/{k}" Target="{t}"/>' for k, t in kinds)
        return f"<Relationships>{''.join(each)}</Relationships>".encode()

    kinds = ("styles", "numbering", "footnotes")
    return packed(
        {
            "_rels/.rels": links(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": links(*((kind, f"{kind}.xml") for kind in kinds)),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": part("styles", styles),
            "word/numbering.xml": part("numbering", numbering),
            "word/footnotes.xml": part("footnotes", note),
        }
    )


_DIARY = "Children are seen often. We had 48 care leavers in suitable homes in 2023"


def _project():
    known = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users>'
        '<User guid="{a}" name="Ann"/></Users>'
        '<CodeBook><Codes><Code guid="{b}" name="care-leavers"><Code guid="{c}" name="strength"/>'
        '</Code></Codes></CodeBook><Sources><TextSource guid="{d}" name="diary.txt"'
        ' plainTextPath="internal://d.txt"><PlainTextSelection guid="{e}" startPosition="0"'
        ' endPosition="23" creatingUser="{a}"><Coding guid="{f}" creatingUser="{a}"'
        ' creationDateTime="2024-01-01T00:00:00Z"><CodeRef targetGUID="{c}"/>'
        '<NoteRef targetGUID="{g}"/>'
        "</Coding></PlainTextSelection></TextSource><TextSource guid='{h}' name='y'>"
        "<PlainTextContent>Visits are late.</PlainTextContent></TextSource><PDFSource guid='{i}'/>"
        '</Sources><Notes><Note guid="{g}"><PlainTextContent>Why</PlainTextContent></Note></Notes>'
        "</Project>"
    )
    return packed({"project.qde": known.encode(), "sources/d.txt": _DIARY.encode()})


def _tasks():
    place = {"start": 0, "end": 23}
    label = {"id": "r", "from_name": "theme", "value": {**place, "labels": ["care-leavers"]}}
    choice = {"id": "r", "from_name": "polarity", "value": {**place, "choices": ["strength"]}}
    done = {"completed_by": {"email": "a"}, "result": [label | {"meta": {"text": ["why"]}}, choice]}
    data = {"text": _DIARY, "name": "diary.txt", "sha256": "", "offset": 0}
    yield json.dumps([{"data": data, "annotations": [done]}]).encode()
    span = {**place, "label": "care-leavers", "polarity": "concern", "who": "Ann", "why": "y"}
    yield json.dumps(
        {"text": _DIARY, "spans": [span], "meta": {"name": "diary.txt"}, "answer": "accept"}
    ).encode()


_THEME = """- id: late-visits
  label: Late visits
  definition: Visits that come late.
  area: children-in-care
  phrases: [late visits, "visits ... late", "be* late"]
  common: [late]
  exclusions: ["not late"]
  matches: [Visits are late., Late visits matter.]
  not_matches: [Visits are on time.]
  within: {care: [visits]}
  becomes: {send: care-leavers}
  default_in: [send]
  holds: true
"""

_REGISTER = """key,name,region,urn,valid_from,valid_to,successors,neighbours,aliases,trusts
marlowshire,Marlowshire,South West,9990001,,,,eastmere,,Marlow Trust
eastmere,Eastmere,North West,9990002,2009-04-01,,marlowshire,,East Mere;E. Mere,
"""

_MANIFEST = """path,authority,type,published,as_at,url,visibility
a.pdf,Marlowshire,ilacs_inspection,2024-03-31,,https://example.org/a.pdf,public
"b;c.pdf",Eastmere,,,2023-01-01,,internal
"""

_FRAMEWORKS = """[inspectorates.lantern]
name = "Lantern Inspectorate"
nation = "Avalon"
body_page = "https://lantern.example/bodies/{}"

[scales.lantern]
ranks = {excellent = 4, sound = 3, weak = 2, failing = 1}
printed = {"very good" = "sound"}

[areas.victims]
label = "victims"
description = "how victims are helped"

[frameworks.lantern-2020]
label = "Lantern 2020"
inspectorates = ["lantern"]
scale = "lantern"
own = ["police"]
rows = [
    {area = "overall", meaning = "lantern", printed = "overall"},
    {area = "victims", printed = "help for victims"},
]

[documents.constabulary_report]
label = "Report on a constabulary"
family = "inspection"
frameworks = ["lantern-2020"]
title = "inspection of (?P<name>.+ constabulary)"
asks = {"what must change" = "improvement"}
about = "police"
"""

_QUERIES = (
    b'care leavers "personal adviser" -late',
    b"(children NEAR/8 seen) OR exploit* AND NOT theme:care-leavers sort:date group:la",
    b'="exact" adviser~2 +late authority:"Marlowshire" date:2022..2023 polarity:concern w/3 x',
    "\u201cvisits\u201d la:york since:2022 type:ilacs score:>0.5 in:x".encode(),
)

_WEB = b"""https://example.org/provider/44/80432
Sun, 06 Nov 2033 08:49:37 GMT
<html><body><p>1 to 2 of 2 results</p><a href="/provider/44/80432">Marlowshire</a>
<ol class="timeline"><li class="timeline__day"><p>12 May 2022</p>
<a class="publication-link" href="https://files.example.org/v1/file/1">Report
<span>3 Jun 2022</span></a>
</li></ol></body></html>"""

_ADDRESSES = (
    b"\x00q=children&limit=3&offset=1&strict=1",
    b"\x01q=late&field=theme&field=la&authority=Marlowshire&internal=true",
    b"\x02q=visits&order=left&since=2022-05&until=2024&type=ilacs",
    b"\x05theme=care-leavers&polarity=concern&timing=current&extent=few&aspect=impact&region=x",
)

SEEDS = {
    "pdf": lambda: (_canvas(_prose), _canvas(_table), _by_hand()),
    "docx": lambda: (_word(),),
    "html": lambda: (PAGE.encode(),),
    "text": lambda: (REPORT.encode(), REPORT.encode("utf-16"), REPORT.encode("cp1252")),
    "qdpx": lambda: (_project(),),
    "tasks": lambda: tuple(_tasks()),
    "themes": lambda: (_THEME.encode(),),
    "manifest": lambda: (_MANIFEST.encode(), _MANIFEST.replace(",", ";").encode("utf-16")),
    "register": lambda: (_REGISTER.encode(),),
    "frameworks": lambda: (_FRAMEWORKS.encode(),),
    "query": lambda: _QUERIES,
    "pages": lambda: (
        _WEB,
        b"https://example.org/\n12345\nUser-agent: *\nCrawl-delay: 2\nDisallow: /x*$",
    ),
    "api": lambda: _ADDRESSES,
    "tagger": lambda: tuple(line.encode() for line in REPORT.split("\n") if len(line) > 40),
}
"""By target: what makes its seeds."""
