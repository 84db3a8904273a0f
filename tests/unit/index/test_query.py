import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from index.query import And, Has, Not, Or, Text, finds, parse, read_as

PIECES = [
    *("care", "leavers", "children's", "16-17", "multi-ag*", "exploit*", "*", "AND", "OR", "NOT"),
    *("-", "--", "-x", "(", ")", '"', '"a b"', '="a b"', "=x", "=", "theme:", "theme:care-leavers"),
    *('la:"North East"', "nosuch:care", "polarity:concern", ":", "’", "“", "”", "–y", "NEAR", "🙂"),
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
        ("16-17", '"16 17"'),
        ("multi-agency", '"multi agency"'),
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
        ("care NEAR leavers", "care AND near AND leavers"),
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
        ("at 10:30", 'at AND "10 30"'),
        ("https://example.org/a", 'https AND "example org a"'),
        ('o"b"', "o AND b"),
        ("- care - leavers", "care AND leavers"),
        ("x_y", '"x y"'),
    ],
)
def test_how_a_query_is_read(typed, read):
    query = parse(typed)
    assert query.read_as == read
    assert parse(read).node == query.node


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('"unclosed', "not closed"),
        ("(care", "bracket was not closed"),
        ("care)", "no ( before"),
        ("care AND", "AND had nothing"),
        ("care OR", "OR had nothing"),
        ("them:care", "did you mean theme:"),
        ("xyzzy:care", "there are theme, polarity"),
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
        ('""', "no letters or digits"),
        ("a " * 600, "1,000 characters"),
        ("a " * 65, "64 words"),
        ("(" * 17 + "a", "16 deep"),
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
    if query.node is not None:
        assert parse(query.read_as).node == query.node


WORD = st.sampled_from(["care", "leavers", "16", "obrien", "and", "near"])


def text(words, exact, prefix):
    typed = " ".join(words)
    node = parse(f'"{typed}"').node
    return Text(node.forms, node.stems, exact, prefix)


LEAF = st.builds(text, st.lists(WORD, min_size=1, max_size=3), st.booleans(), st.just(False)) | (
    st.builds(Has, st.sampled_from(["theme", "la"]), st.tuples(st.sampled_from(["x", "a b", "-"])))
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
