from index.query.expansion import compiled
from index.text.analyzer import terms
from textmine.synonyms import load_synonyms, parse


def test_lines_are_groups_and_an_arrow_goes_one_way():
    groups = parse("# comment\n\na, b c   # another\nd , e > f\n")
    assert groups == [(("a", "b c"), ("a", "b c")), (("d", "e"), ("f",))]


def test_the_shipped_ones_are_whole():
    groups = load_synonyms()
    assert len(groups) > 50
    for names, meant in groups:
        assert all(terms(name) for name in (*names, *meant))
        assert len({*names, *meant}) > 1
    also = compiled(groups)["plo",]
    assert ("public", "law", "outlin") in {text.stems for text in also}


def test_no_name_means_itself_twice():
    for stems, texts in compiled(load_synonyms()).items():
        assert stems not in {text.stems for text in texts}
