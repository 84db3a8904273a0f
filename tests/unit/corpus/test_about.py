"""Whom invented sentences speak of, given whom the passage speaks of by its place."""

import pytest

from corpus.language.attribution import at, attributions, whole


def about(sentence, default="council"):
    return attributions(sentence, default)[0].about


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police do not always attend strategy meetings.", "police"),
        ("Marlowshire Police respond to children who are missing within the hour.", "police"),
        ("At weekends, police officers take children home in marked cars.", "police"),
        ("Health visitors share what they know at once.", "health"),
        ("The community nurses who visit at home keep good records.", "health"),
        ("Staff in the emergency department ask every child about home.", "health"),
        ("NHS Norbrook Integrated Care Board has not commissioned enough places.", "health"),
        ("Too few GPs send reports to conferences.", "health"),
        ("School nurses see children alone.", "health"),
        ("School leaders know who to ring.", "schools"),
        ("Headteachers and SENCos rarely exclude a child in care.", "schools"),
        ("The local safeguarding children partnership does not know its own data.", "board"),
        ("The Eastmere Safeguarding Children Board has lost its way.", "board"),
        ("The trust has filled every vacancy.", "trust"),
        ("Two Rivers Children's Trust is building homes of its own.", "trust"),
        ("Partners share information well.", "partnership"),
        ("A wide range of agencies take part in the panel.", "partnership"),
        ("The local authority and its partners have been slow.", "partnership"),
        ("Police, health visitors and social workers meet every morning.", "partnership"),
        ("Probation officers are seldom told of conferences.", "partnership"),
    ],
)
def test_the_subject_decides(sentence, expected):
    assert about(sentence.replace("'", "’")) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Social workers work well with police.",
        "The virtual school has strong relationships with schools.",
        "Leaders work closely with partners to reduce delay.",
        "Children are encouraged to attend school.",
        "School attendance is improving.",
        "Initial health assessments are late.",
        "Partnership working is mature.",
        "Agency workers stay longer than they did.",
        "Children trust their social workers.",
        "The corporate parenting board meets every month.",
        "Strategy meetings are timely and well attended by partner agencies.",
        "Referrals from the police are screened promptly by social workers.",
        "Strategy meetings consider information from partner agencies.",
        "The new thresholds document is valued by schools.",
    ],
)
def test_a_sentence_that_only_mentions_a_partner_stays_with_the_council(sentence):
    assert about(sentence) == "council"


@pytest.mark.parametrize(
    "sentence",
    [
        "Partners told inspectors that leaders listen.",
        "Schools receive helpful advice from the duty team.",
        "Designated teachers are well supported by the virtual school.",
        "Health visitors speak highly of the new front door.",
        "Cafcass has reported that court work is better.",
    ],
)
def test_who_says_something_or_is_helped_is_not_spoken_of(sentence):
    assert about(sentence) == "council"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The attendance of health practitioners at core groups.", "health"),
        ("There is poor engagement by the police.", "police"),
        ("The quality of contacts and referrals from partner agencies varies.", "partnership"),
        ("How well schools share what they know of a child.", "schools"),
        ("Children are seen alone by school nurses.", "health"),
    ],
)
def test_what_a_body_gives_or_does_speaks_of_it(sentence, expected):
    assert about(sentence) == expected


def test_the_council_is_told_apart_where_a_letter_speaks_of_all_partners():
    assert about("Social workers visit children often.", "partnership") == "council"
    assert about("Leaders know what has to change.", "partnership") == "partnership"
    assert about("Children wait too long.", "partnership") == "partnership"


def test_the_board_is_only_a_body_of_its_own_in_its_own_chapter():
    assert about("The board meets too seldom.", "board") == "board"
    assert about("The local authority chairs two groups.", "board") == "council"
    assert about("The board meets too seldom.", "council") == "council"


def test_a_sentence_that_goes_on_speaks_of_the_same_body():
    text = "Police attend every meeting. They bring what they know. Children benefit from this."
    parts = attributions(text, "council")
    assert [part.about for part in parts] == ["police", "police", "council"]
    assert at(parts, text.index("bring")) == "police"
    assert at(parts, len(text) - 1) == "council"


def test_a_pronoun_means_what_its_own_sentence_names():
    text = "Police attend every meeting. When children are missing, they are found quickly."
    assert [part.about for part in attributions(text, "council")] == ["police", "council"]


def test_a_passage_changes_hands_only_where_all_of_it_speaks_of_somebody_else():
    assert whole("Police attend. They bring what they know.", "council") == "police"
    mixed = "Police attend. They bring what they know. Children benefit."
    assert whole(mixed, "council") == "council"
    assert whole("Children benefit. Police attend.", "council") == "council"


def test_a_place_that_speaks_of_nobody_stays_so():
    assert about("Police attend every meeting.", None) is None
