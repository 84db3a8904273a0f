"""Letters on visits in other wordings than the samples have, and what is no such letter."""

import pytest

from corpus.assemble import assemble
from corpus.model import IngestOptions, Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register


def document(text, given=None):
    data = text.encode("utf-8")
    source = Source(
        path="letter.txt", sha256="0" * 64, size=len(data), given=given or IngestOptions()
    )
    return assemble(
        read(data, "letter.txt"), source, register=Register.load(), tables=table_reader(data)
    )


def letter(*paragraphs, subject="Focused visit to Durham children’s services"):
    head = ("4 May 2023", "Ann Example", "Dear Ms Example", subject)
    return document("\n\n".join((*head, *paragraphs, "Yours sincerely", "Ann Other")))


def value(found, name):
    return found.field(name).value


FOCUSED = (
    "This letter summarises the findings of the focused visit to {where} on {when}. {who} "
    "Inspectors looked at {what}."
)


def focused(where="Durham children’s services", when="12 and 13 April 2023", who="", what="it"):
    return letter(FOCUSED.format(where=where, when=when, who=who, what=what))


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("12 and 13 April 2023", "2023-04-12", "2023-04-13"),
        ("12 to 13 April 2023", "2023-04-12", "2023-04-13"),
        ("30 November and 1 December 2022", "2022-11-30", "2022-12-01"),
        ("12 April 2023", "2023-04-12", "2023-04-12"),
    ],
)
def test_the_days_of_a_visit(when, first, last):
    found = focused(when=when)
    assert found.doc_type == "focused_visit"
    assert (value(found, "start_date"), value(found, "end_date")) == (first, last)
    assert value(found, "published") == "2023-05-04"


@pytest.mark.parametrize(
    ("what", "topic"),
    [
        ("the arrangements at the ‘front door’", "front-door"),
        ("children in need, including those on a child protection plan", None),
        ("children at risk of extra-familial harm", "vulnerable-adolescents"),
        ("vulnerable adolescents who are in care", "vulnerable-adolescents"),
        ("planning and achieving permanence for children in care", "permanence"),
        ("the experiences of children in care", "children-in-care"),
        ("placement decision-making for older children in care", "placement-decisions"),
        ("care leavers aged 18 to 25", "care-leavers"),
        ("decisions during the COVID-19 pandemic for children in care", "covid-assurance"),
    ],
)
def test_the_topic_is_one_of_the_frameworks_list(what, topic):
    found = focused(what=what)
    assert value(found, "topic") == (topic or "children-in-need-or-on-a-plan")
    assert value(found, "focus") == what


def test_a_topic_outside_the_list_is_said_to_be_unreadable():
    found = focused(what="how money is spent")
    assert found.field("topic").status == "unreadable"
    assert value(found, "focus") == "how money is spent"


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (
            "His Majesty’s Inspectors for this visit were Ann Other and Bo Third.",
            "Ann Other and Bo Third",
        ),
        ("Her Majesty’s Inspector for this visit was Ann Other.", "Ann Other"),
        (
            "The visit was carried out by Ann Other HMI, Bo T. Third HMI and Cy Fourth HMI.",
            "Ann Other and Bo T. Third and Cy Fourth",
        ),
        ("", None),
    ],
)
def test_who_visited(who, names):
    assert value(focused(who=who), "inspectors") == names


@pytest.mark.parametrize(
    ("subject", "opens"),
    [
        ("Focused visit to", "summarises the findings of a focused visit to"),
        ("Focused visit to", "sets out the findings of the Ofsted focused visit to"),
        ("Ofsted focused assurance visit to", "summarises the findings of a virtual visit to"),
        ("Ofsted visit to", "summarises the findings of a visit to"),
        ("Monitoring visit to", "contains the findings of the monitoring visit to"),
        ("Monitoring visit of", "summarises the findings of the fourth monitoring visit to"),
    ],
)
def test_letters_open_in_several_ways(subject, opens):
    council = "Durham children’s services"
    text = f"This letter {opens} {council} on 7 and 8 October 2020. Inspectors looked at care."
    found = letter(text, subject=f"{subject} {council}")
    assert found.doc_type == ("monitoring_visit" if "onitoring" in opens else "focused_visit")
    assert (found.authority, value(found, "start_date")) == ("durham", "2020-10-07")


def test_a_visit_of_the_pandemic_has_its_topic_without_a_list():
    text = FOCUSED.format(
        where="Durham", when="7 October 2020", who="The visit was adapted to COVID-19.", what="it"
    )
    assert value(letter(text.partition(" Inspectors looked")[0]), "topic") == "covid-assurance"


def test_a_trusts_name_stands_for_its_council():
    trust = "Doncaster Children’s Services Trust"
    text = FOCUSED.format(where=trust, when="12 and 13 April 2023", who="", what="care leavers")
    assert letter(text, subject=f"Focused visit to {trust}").authority == "doncaster"


@pytest.mark.parametrize(
    ("said", "number", "since"),
    [
        (
            (
                "This was the third monitoring visit since the local authority was judged"
                " to be inadequate for a second time on 4 July 2019."
            ),
            "3",
            "2019-07-04",
        ),
        (
            (
                "This was the 2nd monitoring visit since the local authority was judged"
                " inadequate in December 2021."
            ),
            "2",
            "2021-12",
        ),
    ],
)
def test_a_monitoring_visit_counts_from_a_judgement_and_has_none_of_its_own(said, number, since):
    text = (
        "This letter summarises the findings of the monitoring visit to Durham children’s services"
        f" on 12 and 13 April 2023. {said}"
    )
    found = letter(text, subject="Monitoring visit to Durham children’s services")
    assert found.doc_type == "monitoring_visit"
    assert (value(found, "visit_number"), value(found, "judged_inadequate")) == (number, since)
    assert found.judgements == ()


def test_a_document_that_mentions_a_visit_is_none():
    text = "Leaders have acted since the focused visit to Durham children’s services in 2019."
    assert document(f"A report on Durham\n\n{text}").doc_type == "other"


SUMMARY = (
    "Outcome summary\n\nProvider: Owls Pre-school\n\nURN: EY999456\n\nWe visited on 3 May 2022."
    " We found that the provider meets the requirements of the Early Years Register."
)


def test_a_summary_belongs_to_a_provider_and_to_no_authority():
    found = document(SUMMARY, IngestOptions(authority="Durham"))
    assert found.doc_type == "early_years_outcome"
    assert (found.authority, found.field("authority").status) == (None, "not_printed")
    assert value(found, "provider") == "Owls Pre-school"
    assert value(found, "provider_urn") == "EY999456"
    assert [problem.kind for problem in found.problems] == ["authority-not-used"]


def test_a_summary_of_something_else_is_none():
    assert document("Outcome summary\n\nThe board met twice.").doc_type == "other"
