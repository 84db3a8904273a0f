"""The register: its facts, the drifting forms of a name, and names in running text."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DataError
from corpus.register.authorities import Register

NINE_REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and the Humber",
)
REGISTER = Register.load()


@pytest.fixture
def register() -> Register:
    return REGISTER


def key_of(register, printed, on=None):
    authority = register.resolve(printed, on)
    return authority.key if authority else None


def test_there_are_153_authorities_today_in_nine_regions(register):
    today = [a for a in register if a.existed(date(2026, 1, 1))]
    assert len(today) == 153
    assert register.regions == NINE_REGIONS
    assert all(a.urn and a.gss and a.la_code and a.kind for a in today)


def test_every_name_in_every_usual_form_leads_to_its_authority(register):
    patterns = (
        "{}",
        "{} Council",
        "{} City Council",
        "{} County Council",
        "{} Borough Council",
        "{} Metropolitan Borough",
        "{} Metropolitan Borough Council",
        "{} Metropolitan District Council",
        "{} District Metropolitan Council",
        "{} Unitary Authority",
        "{} City of",
        "London Borough of {}",
        "London Borough of {} Council",
        "The Royal Borough of {}",
        "Metropolitan Borough of {}",
        "City of {} Council",
        "City of {} Metropolitan District Council",
        "County of {}",
        "{} local authority children\u2019s services",
        "{} Council local authority",
        "{} children's services",
        "  {}\u00a0COUNCIL ",
    )
    for authority in register:
        for pattern in patterns:
            printed = pattern.format(authority.name)
            day = authority.valid_to or date(2026, 1, 1)
            assert register.resolve(printed, day) is authority, printed
            assert register.resolve(printed.replace(" and ", " & "), day) is authority
            assert register.resolve(printed.replace(" ", "\n").lower(), day) is authority


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("City of Westminster", "westminster"),
        ("City of York Council", "york"),
        ("City of Bradford Metropolitan Borough Council", "bradford"),
        ("Wakefield District Metropolitan Council", "wakefield"),
        ("Bristol City of", "bristol"),
        ("Bristol, City of", "bristol"),
        ("Tameside metropolitan borough", "tameside"),
        ("Hull", "kingston-upon-hull"),
        ("Kingston Upon Hull City Council", "kingston-upon-hull"),
        ("Kingston-upon-Hull", "kingston-upon-hull"),
        ("Royal Borough of Kingston", "kingston-upon-thames"),
        ("Newcastle", "newcastle-upon-tyne"),
        ("East Riding", "east-riding-of-yorkshire"),
        ("BCP Council", "bournemouth-christchurch-and-poole"),
        ("Bournemouth, Christchurch & Poole", "bournemouth-christchurch-and-poole"),
        ("Telford", "telford-and-wrekin"),
        ("telford & wrekin", "telford-and-wrekin"),
        ("windsor & maidenhead", "windsor-and-maidenhead"),
        ("london corporation", "city-of-london"),
        ("City of London Corporation", "city-of-london"),
        ("Royal Borough of Greenwich", "greenwich"),
        ("Royal Greenwich", "greenwich"),
        ("St. Helens", "st-helens"),
        ("St Helens", "st-helens"),
        ("Stoke-onTrent", "stoke-on-trent"),
        ("Stoke on Trent City Council", "stoke-on-trent"),
        ("Southend-on-Sea city council", "southend-on-sea"),
        ("County Durham", "durham"),
        ("Durham County Council", "durham"),
        ("Redcare and Cleveland", "redcar-and-cleveland"),
        ("Buckingham County Council", "buckinghamshire"),
        ("Cheshire East Unitary Authority", "cheshire-east"),
        ("Council of the Isles of Scilly", "isles-of-scilly"),
        ("B&NES", "bath-and-north-east-somerset"),
        ("80497_hammersmith and fulham", "hammersmith-and-fulham"),
        ("Derby City Council", "derby"),
        ("Derbyshire County Council", "derbyshire"),
        ("North East Lincolnshire", "north-east-lincolnshire"),
        ("Bedford Borough Council", "bedford"),
    ],
)
def test_printed_names_of_real_titles(register, printed, key):
    assert key_of(register, printed) == key


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "the",
        "London",
        "Surrey Heartlands ICB",
        "Greater Manchester Police",
        "Greater Manchester",
        "Cheshire and Merseyside",
        "Devon and Cornwall Police",
        "West Yorkshire",
        "South Yorkshire Police",
        "Yorkshire",
        "Children's services",
        "Birmingham Children's Trust",
        "Northamptonshire Children's Trust",
        "Achieving for Children",
        "Atlantis Borough Council",
    ],
)
def test_what_is_no_authority_resolves_to_none(register, printed):
    assert register.resolve(printed) is None


def test_a_date_chooses_between_the_old_and_the_new_dorset(register):
    assert key_of(register, "Dorset County Council", date(2018, 6, 1)) == "dorset-to-2019"
    assert key_of(register, "Dorset Council", date(2019, 4, 1)) == "dorset"
    assert key_of(register, "Dorset") == "dorset"


def test_abolished_authorities_lead_to_their_successors(register):
    cumbria = register.resolve("Cumbria County Council")
    assert cumbria is not None
    assert cumbria.valid_to == date(2023, 3, 31)
    assert cumbria.successors == ("cumberland", "westmorland-and-furness")
    for authority in register:
        assert bool(authority.successors) == bool(authority.valid_to)
        for key in authority.successors:
            successor = register.by_key(key)
            assert successor is not None
            assert successor.valid_from is not None
            assert successor.valid_from > authority.valid_to


def test_numbers_and_neighbours(register):
    york = register.resolve("80453")
    assert york is register.by_key("york")
    assert york.neighbours[0] == "gloucestershire"
    assert register.by_key("barnsley").former_gss == "E08000016"
    assert register.resolve("1") is None
    assert register.by_key("atlantis") is None


def test_a_trust_is_known_only_where_it_serves_one_authority(register):
    assert register.by_trust("Bradford Children and Families Trust").key == "bradford"
    assert register.by_trust("Together for Children").key == "sunderland"
    assert register.by_trust("Slough Children\u2019s Services Trust").key == "slough"
    assert register.by_trust("Northamptonshire Children's Trust") is None
    assert register.by_trust("Achieving for Children") is None


@pytest.mark.parametrize(
    ("text", "printed", "key"),
    [
        ("Inspection of Derbyshire local authority", "Derbyshire", "derbyshire"),
        ("Derby City Council\nInspection", "Derby City Council", "derby"),
        ("Children in North East Lincolnshire are", None, "north-east-lincolnshire"),
        ("the North Lincolnshire and York teams", "North Lincolnshire", "north-lincolnshire"),
        ("the City of York Council.", "City of York Council", "york"),
        ("North Yorkshire and York", "North Yorkshire", "north-yorkshire"),
        ("East Riding of Yorkshire", None, "east-riding-of-yorkshire"),
        ("in County Durham, leaders", "County Durham", "durham"),
        ("Stoke-on\u00adTrent City Council", None, "stoke-on-trent"),
        ("London Borough of\nHammersmith & Fulham local", None, "hammersmith-and-fulham"),
        ("Kingston upon Hull", None, "kingston-upon-hull"),
        ("of the Royal Borough of Kingston upon Thames", None, "kingston-upon-thames"),
        ("St. Helens Borough Council", None, "st-helens"),
        ("Bournemouth, Christchurch and Poole Council", None, "bournemouth-christchurch-and-poole"),
        ("While reading, staff in Reading said", "Reading", "reading"),
        ("Reading\nInspection of children's social care services", "Reading", "reading"),
        ("READING BOROUGH COUNCIL", None, "reading"),
        ("They bury it. Bury Council does not", "Bury Council", "bury"),
        ("Reading is taught well. In Sutton it is not", "Sutton", "sutton"),
        ("Ruth Durham, Police and Crime Commissioner, Gateshead", "Gateshead", "gateshead"),
        ("Mr Kent and Ms Sutton visited Luton", "Luton", "luton"),
        ("Director, Oldham Council, NHS Greater Manchester", "Oldham Council", "oldham"),
        ("Store Street, Manchester M1 2WD. Visit to Bolton", "Bolton", "bolton"),
        ("NHS Derby and Derbyshire ICB and Derby City Council", "Derby City Council", "derby"),
        ("Shropshire, Telford and Wrekin ICB; Shropshire Council", None, "shropshire"),
        ("Northamptonshire Children\u2019s Trust works for West Northamptonshire", None, None),
        ("Greater Manchester Police and Salford City Council", "Salford City Council", "salford"),
        ("Newcastle-under-Lyme in Staffordshire", "Staffordshire", "staffordshire"),
        ("mid Essex and north Kent, in Medway", "Medway", "medway"),
    ],
)
def test_the_first_authority_in_running_text(register, text, printed, key):
    found = register.find(text)
    assert found is not None
    authority, start, end = found
    assert authority.key == (key or "west-northamptonshire")
    if printed:
        assert text[start:end] == printed
    assert register.resolve(text[start:end]) is authority


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Surrey Heartlands ICB",
        "Greater Manchester Police, West Yorkshire and South Yorkshire Police",
        "Devon and Cornwall Police; Kent police; Avon and Somerset Constabulary",
        "NHS Cheshire and Merseyside",
        "Leicester, Leicestershire and Rutland Integrated Care Board",
        "Birmingham Children's Trust and Slough Children First",
        "children reading in the hull of a ship",
        "Derbyshires and Yorkers",
        "NHS Hampshire and Isle of Wight ICB",
        "Norfolk and Suffolk NHS Foundation Trust",
        "Birmingham Children\u2019s Hospital and Manchester Metropolitan University",
        "the pan-Bedfordshire arrangement",
    ],
)
def test_no_authority_in_running_text(register, text):
    assert register.find(text) is None


def test_the_date_chooses_in_running_text_too(register):
    text = "Inspection of Dorset local authority"
    assert register.find(text, date(2017, 1, 1))[0].key == "dorset-to-2019"
    assert register.find(text, date(2021, 1, 1))[0].key == "dorset"


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text):
    REGISTER.resolve(text)
    found = REGISTER.find(text)
    assert found is None or 0 <= found[1] < found[2] <= len(text)


def test_a_page_without_any_authority_is_read_quickly(register):
    page = "Leaders know what good practice is, and staff in the teams are well supported. " * 50
    begin = time.perf_counter()
    assert register.find(page) is None
    assert time.perf_counter() - begin < 0.25


def written(folder: Path, *lines: str) -> Path:
    path = folder / "register.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def test_another_register_replaces_ours(tmp_path):
    path = written(
        tmp_path,
        "key,name,region,aliases",
        "northmoor,Northmoor,North East,Moorside; The Moor",
        "",
    )
    register = Register.load(path)
    assert [a.key for a in register] == ["northmoor"]
    assert key_of(register, "Moorside Council") == "northmoor"
    assert key_of(register, "York") is None
    assert register.find("in Northmoor Borough Council today")[1:] == (3, 28)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["key,name"], r"register.csv:1: missing columns: region"),
        (["key,name,region,colour"], r"register.csv:1: unknown columns: colour"),
        ([""], r"register.csv:1: missing columns: key, name, region"),
        (["key,name,region", "a,A"], r"register.csv:2: .* cells"),
        (["key,name,region", "a,A,London,x"], r"register.csv:2: .* cells"),
        (["key,name,region", "a,,London"], r"register.csv:2: name is empty"),
        (["key,name,region,aliases", "a,A,London,?"], r"register.csv:2: the name '\?' has no"),
        (["key,name,region", "A b,A,London"], r"register.csv:2: key 'A b' is not"),
        (["key,name,region", "a,A,London", "a,B,London"], r"register.csv:3: .* in line 2"),
        (["key,name,region,valid_to", "a,A,London,1 April"], r"register.csv:2: .*1 April"),
        (["key,name,region,successors", "a,A,London,b"], r"register.csv:2: refers to 'b'"),
        (["key,name,region", "a,Aa,London", "b,AA,London"], r"register.csv:3: the name 'aa'"),
        (["key,name,region", 'a,"A,London'], r"register.csv:.: unexpected end"),
        (['key,name,"region'], r"register.csv:1: "),
    ],
)
def test_a_wrong_register_is_refused_with_its_line(tmp_path, lines, reason):
    with pytest.raises(DataError, match=reason):
        Register.load(written(tmp_path, *lines))


def test_a_register_that_cannot_be_read(tmp_path):
    with pytest.raises(DataError, match="cannot read the register"):
        Register.load(tmp_path / "none.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(b"key,name,region\na,\xe9,London\n")
    with pytest.raises(DataError, match="not UTF-8"):
        Register.load(path)


@pytest.mark.parametrize(
    ("name", "on", "key"),
    [
        ("kingston-upon-hull", None, "kingston-upon-hull"),
        ("Kingston upon Hull, City of", None, "kingston-upon-hull"),
        ("Hull City Council", None, "kingston-upon-hull"),
        ("City of Kingston-upon-Hull Council", None, "kingston-upon-hull"),
        ("Bristol, City of", None, "bristol"),
        ("Herefordshire, County of", None, "herefordshire"),
        ("County Durham", None, "durham"),
        ("Royal Borough of Kingston upon Thames", None, "kingston-upon-thames"),
        ("The Royal Borough of Kingston", None, "kingston-upon-thames"),
        ("Royal Borough of Greenwich Council", None, "greenwich"),
        ("Bexley, London Borough of", None, "bexley"),
        ("Lancaster City Council", None, None),
        ("Lancashire County Council", None, "lancashire"),
        ("Northampton Borough Council", "2019-05-01", None),
        ("North East Lincolnshire Council", None, "north-east-lincolnshire"),
        ("NE Lincolnshire Council", None, "north-east-lincolnshire"),
        ("North-East Lincolnshire", None, "north-east-lincolnshire"),
        ("Westmorland & Furness Council", None, "westmorland-and-furness"),
        ("Somerset Council", "2023-06-01", "somerset"),
        ("North Yorkshire County Council", "2022-06-01", "north-yorkshire"),
        ("Northamptonshire County Council", "2019-06-01", "northamptonshire"),
        ("Dorset County Council", "2018-06-01", "dorset-to-2019"),
        ("Dorset Council", "2021-06-01", "dorset"),
        (
            "Bournemouth, Christchurch and Poole Council",
            "2021-06-01",
            "bournemouth-christchurch-and-poole",
        ),
        ("BCP Council", "2021-06-01", "bournemouth-christchurch-and-poole"),
        ("Poole Borough Council", "2018-06-01", "poole"),
        ("Common Council of the City of London", None, "city-of-london"),
        ("City of London", None, "city-of-london"),
        ("LB Camden", None, "camden"),
        ("Camden LB", None, "camden"),
        ("RB Greenwich", None, "greenwich"),
        ("Kingston upon Thames, Royal Borough of", None, "kingston-upon-thames"),
        ("Kensington & Chelsea RB", None, "kensington-and-chelsea"),
        ("SE Lincolnshire Council", None, None),
        ("N. Tyneside", None, "north-tyneside"),
        ("NW Leicestershire", None, None),
        ("W Sussex County Council", None, "west-sussex"),
        ("The Corporation of the City of London", None, "city-of-london"),
        ("City Council of Bristol", None, "bristol"),
        ("E09000004", None, "bexley"),
        ("e10000006", None, "cumbria"),
        ("80486", None, "barking-and-dagenham"),
        ("dorset-to-2019", None, "dorset-to-2019"),
        ("Dorset", "2018-01-01", "dorset-to-2019"),
        ("Cumbria County Council", None, "cumbria"),
    ],
)
def test_names_that_people_type(register, name, on, key):
    assert key_of(register, name, date.fromisoformat(on) if on else None) == key


def test_a_name_that_is_not_known_gets_the_nearest(register):
    assert register.resolve("Westmorlnd and Furnes") is None
    assert register.nearest("Westmorlnd and Furnes")[0] == "Westmorland and Furness"
    assert "North Tyneside" in register.nearest("Tynesyde Council")
    assert register.suggestion("Camdn") == "did you mean Camden?"
    assert register.nearest("Atlantis") == ()


def test_words_of_a_name_match_every_name_that_has_them(register):
    assert {each.key for each in register.matching("tyneside")} == {
        "north-tyneside",
        "south-tyneside",
    }
    assert register.matching("Lancaster") == ()
    assert register.matching("") == ()
    assert {each.key for each in register.matching("dorset")} == {"dorset", "dorset-to-2019"}
