import pytest

from corpus.language.personal import find_personal
from corpus.model import Document, Passage, PlacedLine
from corpus.register.authorities import Register


def signs(text):
    document = Document(
        doc_type="self_evaluation",
        framework=None,
        text=text,
        pages=(),
        lines=(PlacedLine(0, len(text), 3, 0, 0, 0, 0),),
        sections=(),
        passages=(Passage("paragraph", 1, None, 0, 3, 0, len(text)),),
        authority=None,
        fields=(),
        judgements=(),
    )
    found = find_personal(document, Register.load())
    assert all(sign.passage == 1 and sign.page == 3 for sign in found)
    return [(sign.kind, text[sign.start : sign.end]) for sign in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jayden (aged 7) told us", [("name", "Jayden")]),
        ("Amelia, 14, lives with her nan.", [("name", "Amelia")]),
        ("Her son Jayden was seen.", [("name", "Jayden")]),
        ("a young person called Amelia", [("name", "Amelia")]),
        ("Amelia’s foster carers", [("name", "Amelia")]),
        ("Child A and child JB", [("initials", "A"), ("initials", "JB")]),
        ("J.S. said that", [("initials", "J.S.")]),
        ("DOB: 12/03/2011", [("date_of_birth", "DOB: 12/03/2011")]),
        ("born on 4 May 2015", [("date_of_birth", "born on 4 May 2015")]),
        ("Mosaic ID 123456", [("case_number", "Mosaic ID 123456")]),
        ("NHS number 943 476 5919", [("case_number", "943 476 5919")]),
        ("In March, 14 children were seen.", []),
        ("Camden (12) and Barnet (11)", []),
        ("The children’s placement was stable in 2023.", []),
        ("Children’s social worker", []),
        ("a Child Sexual Exploitation lead, and the Child Death Overview Panel", []),
    ],
)
def test_signs_of_a_person(text, found):
    assert signs(text) == found
