from index.documents import rows


def test_rows_are_plain_values_that_go_to_another_process_at_little_cost(entry):
    made = rows.of(entry("Zebras cross.", "Then they rest.", findings=[(2, "planning")]))
    tables = zip(
        (*rows.OF_DOCUMENT, *rows.OF_PASSAGE), (*made.parts, *made.by_passage), strict=True
    )
    for table, part in tables:
        assert all(len(row) == len(table.columns) for row in part), table.name
        assert all(type(v) in (str, int, float, bytes, type(None)) for row in part for v in row)
    assert {name for name, _ in made.document} >= {"sha256", "outside", "lines"}


def test_what_belongs_to_a_passage_goes_by_its_ordinal(entry):
    given = entry("Zebras cross.", "Then they rest.", findings=[(2, "planning")])
    recommendations, [finding], _figures = rows.of(given).by_passage
    assert recommendations == ()
    named = dict(zip(rows.FINDING.columns, finding, strict=True))
    assert (named["passage"], named["theme"], named["cues"]) == (2, "planning", "")
    assert rows.of_findings(given.findings) == (finding,)
