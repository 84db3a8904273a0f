import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from index.query.ast import And, Has, Near, Not, Or, Similar, Text, finds, read_as
from index.query.parser import parse

PIECES = [
    *("care", "leavers", "children's", "16-17", "multi-ag*", "exploit*", "*", "AND", "OR", "NOT"),
    *("-", "--", "-x", "(", ")", '"', '"a b"', '="a b"', "=x", "=", "theme:", "theme:care-leavers"),
    *('la:"North East"', "nosuch:care", "polarity:concern", ":", "’", "“", "”", "–y", "NEAR", "🙂"),
    *("NEAR/3", "w/2", "x~", "x~2", "~", "sort:date", "group:la", "sort:", "overall:<good", "is:x"),
    *("year:2023..2025", "la.overall:good", "..", "<", "para:1", "=y*", '"p q*"', "½", "一つ", "ß"),
]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        ("care leavers", "care AND leavers"),
        ("care -leavers", "care AND NOT leavers"),
        ("care –leavers", "care AND NOT leavers"),
        ("care NOT leavers", "care AND NOT leavers"),
        ("care AND NOT leavers", "care AND NOT leavers"),
        ("care NOT NOT leavers", "care AND leavers"),
        ("children's", "children"),
        ("children’s", "children"),
        ("16-17", "16-17"),
        ("16–17", "16-17"),
        ("multi-agency", "multi-agency"),
        ('"personal adviser"', '"personal adviser"'),
        ("“personal adviser”", '"personal adviser"'),
        ('="Personal Advisers"', '="personal advisers"'),
        ("=advisers", '="advisers"'),
        ('"unclosed words', '"unclosed words"'),
        ("exploit*", "exploit*"),
        ("multi-ag*", "multi-ag*"),
        ("AND", "and"),
        ("AND OR", "and AND or"),
        ("and or not near", "and AND or AND not AND near"),
        ("care near leavers", "care AND near AND leavers"),
        ("care AND", "care"),
        ("OR care", "care"),
        ("a OR b c", "a OR (b AND c)"),
        ("a b OR c d", "(a AND b) OR (c AND d)"),
        ("(a OR b) c", "(a OR b) AND c"),
        ("(a OR b", "a OR b"),
        ("a) b", "a AND b"),
        ("() a", "a"),
        ("-(a OR b) c", "NOT (a OR b) AND c"),
        ("theme:care-leavers polarity:concern", "theme:care-leavers AND polarity:concern"),
        ("la:“North East”", 'la:"North East"'),
        ("-la:camden care", "NOT la:camden AND care"),
        ("LA:camden", "la:camden"),
        ("nosuch:care", "nosuch AND care"),
        ('them:"care leavers"', 'them AND "care leavers"'),
        ("theme: care", "theme AND care"),
        ("at 10:30", "at AND 10-30"),
        ("https://example.org/a", "https AND example-org-a"),
        ('o"b"', 'o AND "b"'),
        ("- care - leavers", "care AND leavers"),
        ("x_y", "x-y"),
        ("care NEAR leavers", "care NEAR/10 leavers"),
        ("children NEAR/8 seen", "children NEAR/8 seen"),
        ("children w/8 seen", "children NEAR/8 seen"),
        ('="personal adviser" NEAR/0 exploit*', '="personal adviser" NEAR/0 exploit*'),
        ("a NEAR/2 b NEAR/3 c", "a NEAR/2 b AND b NEAR/3 c"),
        ("a NEAR/2 (b OR c)", "a NEAR/2 b OR a NEAR/2 c"),
        ("NOT a NEAR/2 b", "NOT a NEAR/2 b"),
        ("x a NEAR/2 b OR y", "(x AND a NEAR/2 b) OR y"),
        ("a NEAR/999999999999 b", "a NEAR/100 b"),
        ("a NEAR/2 (b c)", "a AND b AND c"),
        ("a NEAR/2 theme:x", "a AND theme:x"),
        ("a NEAR/2", "a"),
        ("NEAR/2 a", "a"),
        ("NEAR a NEAR", "a"),
        ("NEAR", "near"),
        ("w/8", "w-8"),
        ("a NEAR/2 -b", "a AND NOT b"),
        ("a NEAR/2 NEAR/3 b", "a AND b"),
        ("adviser~", "adviser~"),
        ("adviser~2 NEAR/3 child", "adviser~2 NEAR/3 child"),
        ("adviser~9", "adviser~2"),
        ("multi-agency~", "multi-agency"),
        ('"care leav*"', "care-leav*"),
        ("NOT (NOT care)", "care"),
        ("-(-care)", "care"),
        ("care_leavers:<good", "care_leavers:<good"),
        ("Care-Leavers:<good", "care_leavers:<good"),
        ("overall:inadequate", "overall:inadequate"),
        ('overall:"requires improvement"', 'overall:"requires improvement"'),
        ("overall:not_judged", "overall:not_judged"),
        ("la.overall:good", "la.overall:good"),
        ("outcome:>=2", "outcome:>=2"),
        ("overall:splendid", "overall AND splendid"),
        ("inspected:2023..2025", "inspected:2023..2025"),
        ("published:>=2024-04", "published:>=2024-04"),
        ("published:2024..", "published:2024.."),
        ("published:..2024", "published:..2024"),
        ("published:..", "published"),
        ("published:yesterday", "published AND yesterday"),
        ("year:23", "year AND 23"),
        ("para:23 para:2..9", "para:23 AND para:2..9"),
        ("is:latest is:Recommendations", "is:latest AND is:Recommendations"),
        ("is:blue", "is AND blue"),
        ("authority:camden topic:adoption", "la:camden AND theme:adoption"),
        ("care sort:date group:la", "care sort:date group:la"),
        ("sort:date", "sort:date"),
        ("sort:authority care", "care sort:la"),
        ("sort:colour care", "care"),
        ("care -sort:date", "care sort:date"),
        ("care sort:date sort:la", "care sort:la"),
        ("(care sort:date", "care sort:date"),
    ],
)
def test_how_a_query_is_read(typed, read):
    query = parse(typed)
    assert query.read_as == read
    again = parse(read)
    assert (again.node, again.sort, again.group) == (query.node, query.sort, query.group)


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('"unclosed', "not closed"),
        ("(care", "bracket was not closed"),
        ("care)", "without a ("),
        ("care AND", "AND with nothing"),
        ("care OR", "OR with nothing"),
        ("them:care", "did you mean theme:"),
        ("xyzzy:care", "search --syntax"),
        ("regoin:london", "did you mean region:"),
        ("overall:splendid", "takes a grade"),
        ("outcome:good", "takes 1, 2 or 3"),
        ("is:blue", "one of latest, recommendation"),
        ("year:last", "takes a year"),
        ("para:x", "a paragraph number"),
        ("care sort:dat", "did you mean sort:date?"),
        ("care sort:colour", "use relevance, date, la"),
        ("care sort:date sort:la", "the last one counts"),
        ("care -group:la", "cannot be negated"),
        ("care NEAR", "NEAR with nothing"),
        ("a NEAR (b c)", "read as AND"),
        ("a NEAR/101 b", "100 words"),
        ("care-leaver~", "single word"),
        ("care~7", "two different letters"),
        ("theme:", "no value"),
        ("th*me", "end of a word"),
        ("care !!!", "'!!!' has no letters"),
    ],
)
def test_what_was_mended_is_noted(typed, note):
    assert any(note in found for found in parse(typed).notes)


@pytest.mark.parametrize("typed", ["care leavers", '"a b" OR c*', "-x theme:y", "O’Brien’s", ""])
def test_nothing_to_note(typed):
    assert parse(typed).notes == ()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("NOT", "NOT needs something"),
        ("care NOT", "NOT needs something"),
        ("care NOT OR x", "NOT needs something"),
        ("(", "no letters or digits"),
        ("🙂 !!", "no letters or digits"),
        ("~", "no letters or digits"),
        ('""', "no letters or digits"),
        ("a " * 600, "1,000 characters"),
        ("a " * 65, "64 words"),
        ("(" * 17 + "a", "16 levels"),
    ],
)
def test_what_is_refused(typed, message):
    with pytest.raises(UsageError, match=message):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "positive"),
    [
        ("care", True),
        ("-care", False),
        ("-care -leavers", False),
        ("care OR -leavers", False),
        ("care -leavers", True),
        ("theme:x -leavers", True),
        ("-(care leavers)", False),
    ],
)
def test_whether_it_finds_anything(typed, positive):
    assert finds(parse(typed).node) is positive


@given(st.text(max_size=1100) | st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join))
def test_any_string_is_read_or_refused(typed):
    try:
        query = parse(typed)
    except UsageError:
        return
    again = parse(query.read_as)
    assert (again.node, again.sort, again.group) == (query.node, query.sort, query.group)


WORD = st.sampled_from(["care", "leavers", "16", "obrien", "and", "near"])


def text(words, exact, prefix):
    typed = " ".join(words)
    node = parse(f'"{typed}"').node
    quoted = not prefix and (exact or len(words) > 1)
    return Text(node.forms, node.stems, exact and not prefix, prefix, quoted)


WORDS = st.builds(text, st.lists(WORD, min_size=1, max_size=3), st.booleans(), st.booleans())
SPELT = st.builds(Similar, WORD, st.integers(1, 2))
LEAF = (
    WORDS
    | SPELT
    | st.builds(Near, WORDS | SPELT, WORDS | SPELT, st.integers(0, 100))
    | st.builds(
        Has, st.sampled_from(["theme", "la"]), st.tuples(st.sampled_from(["x", "a b", "-"]))
    )
)


def tree(inner):
    several = st.lists(inner, min_size=2, max_size=3, unique=True).map(tuple)
    return (
        several.map(lambda n: And(n) if not any(isinstance(x, And) for x in n) else Or(n))
        | several.map(lambda n: Or(n) if not any(isinstance(x, Or) for x in n) else And(n))
        | inner.filter(lambda n: not isinstance(n, Not)).map(Not)
    )


def is_plain(node):
    """No And directly under And, no Or under Or: the parser flattens them."""
    if isinstance(node, And | Or):
        return all(type(inner) is not type(node) and is_plain(inner) for inner in node.nodes)
    return is_plain(node.node) if isinstance(node, Not) else True


@given(st.recursive(LEAF, tree, max_leaves=12).filter(is_plain))
def test_a_tree_written_out_is_read_as_the_same_tree(node):
    assert parse(read_as(node)).node == node
