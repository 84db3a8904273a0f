"""The words that decided a finding, packed; and findings in short."""

import pytest

from corpus.model import Cue, Finding
from index.storage import cues, passage_tags
from index.storage.passage_tags import Tag

PLAIN = Finding(1, "homes", "strength", "planned", 100, 60_300, (), "police", "few", "impact")


@pytest.mark.parametrize(
    "found",
    [
        (),
        (Cue("theme", "homes", 100, 100), Cue("aspect", "impact", 101, 420)),
        (
            Cue("polarity", "strength", 300, 49_000),
            Cue("timing", "planned", 150, 155),
            Cue("extent", "few", 49_000, 50_000),
        ),
        (Cue("polarity", "concern", 120, 130),),  # the finding says otherwise
        (Cue("theme", "homes", 90, 99),),  # before the finding
        (Cue("theme", "homes", 55_400, 57_500),),  # where code points are no characters
    ],
)
def test_cues_come_back_as_they_were(found):
    packed = cues.pack(PLAIN._replace(cues=found))
    assert cues.unpack(packed, PLAIN) == PLAIN._replace(cues=found)
    packed.encode()
    assert len(packed) <= 3 * len(found) or packed.startswith("[")


@pytest.mark.parametrize("about", [None, "council", "police"])
@pytest.mark.parametrize("timing", ["current", "planned"])
def test_tags_come_back_as_they_were(about, timing):
    one = PLAIN._replace(about=about, timing=timing)
    packed = passage_tags.pack([one])[1]
    assert passage_tags.read(packed) == (Tag("homes", "strength", timing, about, "few", "impact"),)
