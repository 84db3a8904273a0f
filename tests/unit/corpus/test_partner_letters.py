"""What is recognised as a letter or report on partners, and what only mentions one."""

import pytest

from corpus.doctypes import area_send, jtai, recognise
from corpus.doctypes.jtai import THEMES
from corpus.doctypes.shared.base import Draft, Opening
from corpus.model import IngestOptions
from corpus.register.authorities import Register

JTAI = "4 July 2022 A B, Director Dear Eastmere Safeguarding Partnership "
LONG = "special educational needs and/or disabilities (SEND)"
SEND = "Ofsted and the Care Quality Commission (CQC) "


@pytest.mark.parametrize(
    ("text", "doc_type"),
    [
        (JTAI + "Joint targeted area inspection of Eastmere This letter", "jtai"),
        ("Dear local partnership, Joint targeted area inspection of the multi-agency", "jtai"),
        (JTAI + "Joint targeted area inspection (JTAI) of Eastmere This letter", "jtai"),
        (JTAI + "JOINT TARGETED AREA INSPECTION OF EASTMERE This letter", "jtai"),
        (
            f"{JTAI}, Eastmere Police {'and partners ' * 12} Joint Targeted Area Inspection of E",
            "jtai",
        ),
        ("Dear colleagues Joint targeted area inspection in Eastmere This letter", "jtai"),
        ("Local area partnership report Area SEND inspection of Eastmere Local Area P", "other"),
        ("Area SEND inspection of the Royal Borough of X Local Area Partnership", "area_send"),
        ("Area SEND monitoring inspection of Eastmere local area partnership", "area_send"),
        ("14 May 2019 Dear Ms A Joint local area SEND inspection in Eastmere", "send_letter"),
        ("14 May 2021 Dear Ms A and Mr B Joint area SEND revisit in Eastmere", "send_letter"),
        (f"Dear Ms A Joint local area {LONG} inspection in Eastmere", "send_letter"),
        # Mentions in letters and reports of other kinds.
        (
            "Dear Ms A Focused visit to Eastmere. A Joint targeted area inspection of E",
            "focused_visit",
        ),
        ("Dear Ms A, the joint targeted area inspection of Eastmere in 2018", "other"),
        ("In 2018 a joint targeted area inspection of Eastmere found much to do.", "other"),
        ("Since the area SEND inspection of Eastmere, waits are shorter.", "other"),
        (f"In 2018, {SEND}looked at the joint local area SEND inspection in E", "other"),
    ],
)
def test_a_letter_is_recognised_by_its_subject_and_not_by_a_mention(text, doc_type):
    assert recognise(Opening(title="", text=text, rows=())).id == doc_type


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("child sexual exploitation and those missing from home", "child_sexual_exploitation"),
        ("child sexual exploitation, gangs and children missing", "child_exploitation"),
        (
            "children at risk of sexual exploitation and of criminal exploitation",
            "child_exploitation",
        ),
        ("the criminal exploitation of children", "criminal_exploitation"),
        ("children who are victims of domestic abuse", "domestic_abuse"),
        ("children aged seven to 15 who are neglected", "neglect"),
        ("children and families who need help", "initial_need_and_risk"),
        ("children living with mental ill health", "mental_health"),
    ],
)
def test_a_theme_is_named_by_its_most_special_words(words, theme):
    assert next(name for name, said in THEMES if said.search(words)) == theme


def read(module, front, behind, heading=None):
    text = front + behind
    return module.read(
        Draft(
            text=text,
            front=len(front),
            title="",
            rows=(),
            table_problem=None,
            headings=((heading, len(front), len(front)),) if heading else (),
            register=Register.load(),
            options=IngestOptions(),
            file_date=None,
        )
    )


def values(facts):
    return {field.name: field.value for field in facts.fields}


@pytest.mark.parametrize(
    ("of", "authority"),
    [
        ("of Stoke-on-Trent", "stoke-on-trent"),
        ("of City of York", "york"),
        ("(JTAI) of Cheshire East", "cheshire-east"),
        ("of the multi-agency response to abuse and neglect in Wokingham", "wokingham"),
        ("of the multi-agency response to sexual abuse in the family in Medway", "medway"),
        ("of the multi-agency response to need in the Royal Borough of Greenwich", "greenwich"),
    ],
)
def test_a_joint_inspection_is_of_the_authority_of_its_subject_line(of, authority):
    """Not of the addressee whose force covers several."""
    front = f"6 July 2022\nA B, Greater Manchester Police\nJoint targeted area inspection {of}\n"
    assert read(jtai, front, "It took place from 23 to 27 May 2022.\n").authority == authority


@pytest.mark.parametrize(
    "said",
    [
        "Between 5 and 9 December 2016, Ofsted and others undertook a joint inspection.",
        "Between 5 and 9 December, Ofsted and others undertook a joint inspection.",
        "This inspection took place from 5 to 9 December 2016.",
        "This inspection took place 5 to 9 December 2016.",
        "We inspected from Monday 5 to Friday 9 December 2016.",
    ],
)
def test_the_days_of_a_joint_inspection_stand_in_its_text(said):
    facts = values(read(jtai, "17 January 2017\nDear local partnership\n", f"{said}\n"))
    assert (facts["start_date"], facts["end_date"]) == ("2016-12-05", "2016-12-09")
    assert facts["published"] == "2017-01-17"


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("included a ‘deep dive’ focus on the response to neglect", "neglect"),
        ("included a deep dive evaluation of how child exploitation is met", "child_exploitation"),
        (
            "looked at the multi-agency responses to serious youth violence",
            "serious_youth_violence",
        ),
        ("evaluated the multi-agency response to need and risk", "initial_need_and_risk"),
        ("looked at much", None),
    ],
)
def test_the_theme_is_that_of_the_deep_dive_and_not_of_every_subject_line(said, theme):
    subject = "Joint targeted area inspection of the multi-agency response to abuse and neglect in"
    facts = values(read(jtai, f"1 May 2018\n{subject} Durham\n", f"This inspection {said}.\n"))
    assert facts["theme"] == theme


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("typically lead to positive experiences and outcomes", "1"),
        ("(SEND) arrangements typically\nlead to positive outcomes", "1"),
        ("lead to inconsistent experiences and outcomes", "2"),
        ("lead to inconsistency in outcomes and experiences", "2"),
        ("There are widespread and/or systemic failings leading to significant concerns", "3"),
        ("There are widespread and systemic failings", "3"),
        ("The next full inspection will be within approximately five years", "1"),
        ("A monitoring inspection will be carried out within approximately 18 months", "3"),
        ("Leaders meet often", None),
    ],
)
def test_the_outcome_of_an_area_send_inspection_however_it_is_worded(said, outcome):
    front = "Area SEND inspection of Durham Local Area Partnership\nInspection dates: 3 June 2024\n"
    [judged] = read(area_send, front, f"{said}.\n", "outcome").judgements
    assert (judged.grade, judged.status) == (outcome, "found" if outcome else "unreadable")
