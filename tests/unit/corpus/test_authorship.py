"""Who wrote it: a paper about an inspection is not the inspectorate's; minutes evaluate nobody."""

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register


def document(text, name="a.txt"):
    data = text.encode()
    source = Source(path=name, sha256="0" * 64, size=len(data))
    return assemble(read(data, name), source, register=Register.load(), tables=table_reader(data))


PAPERS = {
    "peer review": (
        "LGA Corporate Peer Challenge\nChildren's services peer review, Bristol City Council\n\n"
        "The peer team met care leavers, who feel well supported by the council.\n"
    ),
    "news": (
        "Council welcomes Ofsted inspection of children's services\n\nPublished: 3 May 2023\n\n"
        "Ofsted has published its report. Councillor Ada Sample said that staff were proud.\n"
    ),
    "minutes": (
        "Children and Families Scrutiny Committee\n\nMinutes of the meeting held on "
        "4 March 2024\n\nPresent: Councillor A Sample (Chair)\n\n"
        "12. Children's services self-assessment\n\n"
        "Members asked how we know our children are safe and what our plans are for the next 12 "
        "months. We noted that our services are good.\n"
    ),
    "report to cabinet": (
        "Report to Cabinet\n\nDate of meeting: 5 June 2023\n\nReport of: Director of Children's "
        "Services\n\nInspection of local authority children's services: outcome\n\n"
        "To inform members about the inspection of Bristol City Council children's services.\n"
    ),
    "a self-evaluation that says nothing of itself": (
        "Children's Social Care: knowing ourselves\n\nBristol City Council, 2023\n\n"
        "Care leavers are helped by workers who know them. Audits show that plans are good.\n"
    ),
}


@pytest.mark.parametrize("text", PAPERS.values(), ids=PAPERS)
def test_what_others_write_is_of_unknown_voice(text):
    found = document(text)
    assert (found.doc_type, found.voice) == ("other", "unknown")
    assert {passage.voice for passage in found.passages} == {"unknown"}
    assert found.judgements == ()
    assert found.field("title").value.startswith(text.split("\n")[0])


def test_what_the_inspectorate_says_is_its_own_is_its_voice():
    found = document(
        "Social care commentary: homes\n\nChildren live far from home.\n\nThe Office for Standards "
        "in Education, Children's Services and Skills (Ofsted) regulates and inspects to achieve "
        "excellence in the care of children.\n"
    )
    assert (found.doc_type, found.voice) == ("other", "inspectorate")


def test_a_self_evaluation_may_speak_of_peers_and_committees():
    found = document(
        "Self-evaluation of children's services\n\nBristol City Council, March 2023\n\n"
        "Since the peer review in 2022 we have improved. Our report to scrutiny said so, and we "
        "know from our audits that our plans are good.\n"
    )
    assert (found.doc_type, found.voice, found.authority) == (
        "self_evaluation",
        "authority",
        "bristol",
    )
