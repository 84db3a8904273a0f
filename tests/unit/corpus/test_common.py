"""Fields that several types share, in every shape that their title blocks print."""

from types import SimpleNamespace

import pytest

from corpus.doctypes.ilacs_inspection import area_of, authority_name
from corpus.doctypes.shared.common import date_fields, lead_inspector_field, without_office
from corpus.register.authorities import Register

REGISTER = Register.load()


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Lead inspector: Ann Example, His Majesty’s Inspector", "Ann Example"),
        ("Lead inspector: Ann Example\nHer Majesty’s Inspector", "Ann Example"),
        ("Lead inspector: Ann Example, Her Majesty's Inspector\n\nJudgement", "Ann Example"),
        ("Lead inspector: Ann Example, His Majesty‘s\nInspector", "Ann Example"),
        ("Lead inspector: Ann Example HMI", "Ann Example"),
        ("Lead inspector: Ann Example, HMI", "Ann Example"),
        ("Lead inspector: Ann Example (HMI)\nDeputy lead inspector: Bo", "Ann Example"),
        ("Lead inspector: Ann Example – Senior His Majesty’s Inspector", "Ann Example"),
        ("Lead inspector: Ann Example, His Majesty’s Inspector, Social Care", "Ann Example"),
        ("Lead inspector: Ann Example, Social Care Regulatory Inspector", "Ann Example"),
        ("Lead inspector\nAnn Example-O’Neill, HMI", "Ann Example-O’Neill"),
        ("Lead inspectors: Ann Example and Bo Sample\nHer Majesty’s Inspectors", "both"),
        ("Lead inspectors: Ann Example, HMI and Bo Sample, HMI", "both"),
        ("Lead inspectors: Ann Example, Bo Sample, Her Majesty’s Inspectors", "both"),
    ],
)
def test_lead_inspectors_are_named_without_their_office(printed, names):
    draft = SimpleNamespace(text=printed, front=len(printed))
    field = lead_inspector_field(draft)
    assert field.value == ("Ann Example and Bo Sample" if names == "both" else names)
    assert printed[field.start : field.end] == field.printed


def test_a_report_that_names_no_inspector_prints_none():
    text = "Inspection dates: 13 to 16 January 2025\n\nJudgement Grade"
    field = lead_inspector_field(SimpleNamespace(text=text, front=len(text)))
    assert (field.value, field.status) == (None, "not_printed")


@pytest.mark.parametrize(
    ("printed", "dates"),
    [
        ("Inspection dates: 4 to 8 March 2019", "2019-03-04 2019-03-08 None"),
        (
            "Inspection date: 04/03/2014 – 26/03/2014\nReport published: 9 May 2014",
            "2014-03-04 2014-03-26 2014-05-09",
        ),
        (
            "Dates of inspection: 4 to 8 March 2019\nPublication date: 9 May 2019",
            "2019-03-04 2019-03-08 2019-05-09",
        ),
        (
            "Inspection date: 4 to 26 March 2014 Report published: 9 May 2014",
            "2014-03-04 2014-03-26 2014-05-09",
        ),
        ("Inspection dates: soon", "None None None"),
    ],
)
def test_dates_stand_behind_their_labels(printed, dates):
    options = SimpleNamespace(published=None)
    draft = SimpleNamespace(text=printed, front=len(printed), options=options, file_date=None)
    assert [str(field.value) for field in date_fields(draft)] == dates.split()


def test_offices_of_a_list_of_inspectors():
    assert without_office("Ann Example, HMI, Bo Sample, HMI, and Cy Third, Ofsted Inspector") == (
        "Ann Example and Bo Sample and Cy Third"
    )


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        ("Kent County Council Inspection of local authority children’s services", "Kent"),
        ("Tameside metropolitan borough Inspection of children’s social care services", "Tameside"),
        ("Tameside Inspection of local authority children’s social care services", "Tameside"),
        ("Inspection of Leeds local authority children's services", "Leeds"),
        ("Inspection of Kent County Council children’s services", "Kent"),
        ("Inspection of Barking and Dagenham children’s services", "Barking and Dagenham"),
        ("Inspection of Stoke-onTrent local authority children’s services", "Stoke-on-Trent"),
        ("Inspection of St. Helens local authority children’s services", "St Helens"),
        (
            "Inspection of the Royal Borough of Kingston local authority children’s services",
            "Kingston upon Thames",
        ),
        ("Inspection of Windsor & Maidenhead children’s services", "Windsor and Maidenhead"),
        ("Inspection of Bradford Children and Families Trust", "Bradford"),
    ],
)
def test_titles_of_every_generation_name_their_authority(title, authority):
    printed = authority_name(title)
    known = REGISTER.resolve(printed) or REGISTER.by_trust(printed)
    assert known.name == authority


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("The impact of leaders on practice with children and families", "leaders"),
        ("impact of leaders on social work practice with children and families", "leaders"),
        (
            "Experiences and progress of children who need help and protection",
            "help_and_protection",
        ),
        (
            "The experiences and progress of children in care and care leavers",
            "care_and_care_leavers",
        ),
        ("Children looked after and care leavers: good", "care_and_care_leavers"),
        ("The experiences and progress of children in care", "in_care"),
        ("The experiences and progress of children care leavers", "care_leavers"),
        ("The experiences and progress of care-experienced young people", "care_leavers"),
        ("Overall effectiveness", "overall"),
        ("What needs to improve?1", "improve"),
    ],
)
def test_rows_and_headings_name_their_area_however_they_drift(label, area):
    assert area_of(label) == area
