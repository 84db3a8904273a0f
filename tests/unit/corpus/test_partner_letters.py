"""What is recognised as a letter or report on partners, and what only mentions one."""

import pytest

from corpus.doctypes import recognise
from corpus.doctypes.base import Opening
from corpus.doctypes.jtai import THEMES

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
