"""When a finding is sure: its score, and that its words do not contradict it."""

from types import SimpleNamespace

import pytest

from corpus.model import Cue, Finding
from textmine.sure import is_beyond_doubt, is_sure


def row(text, words, polarity="concern", timing="current", score=0.95):
    """A finding in a passage further down, with the words that decided its polarity."""
    first, at = 100, text.index(words)
    cue = Cue(kind="polarity", label=polarity, start=first + at, end=first + at + len(words))
    finding = Finding(
        passage=1,
        theme="planning",
        polarity=polarity,
        timing=timing,
        start=first,
        end=first + len(text),
        cues=(cue,),
        score=score,
    )
    return SimpleNamespace(
        text=text, evidence=text, finding=finding, passage=SimpleNamespace(start=first)
    )


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        (row("Plans are weak.", "weak"), True),
        (row("Plans are weak.", "weak", score=0.8), False),
        (row("Plans are less weak than they were.", "weak", timing="improved"), False),
        (row("Leaders know which children are missing education.", "missing education"), False),
        (row("Leaders know who is missing education.", "missing education", "strength"), True),
        (row("When children are not seen, managers ask why and act at once.", "not"), False),
        (row("When children go missing, they are not seen.", "not"), True),
    ],
)
def test_a_finding_is_sure(found, sure):
    assert is_sure(found) is sure


def test_a_concern_beyond_doubt_has_a_word_of_blame():
    assert is_beyond_doubt(row("Plans are weak.", "weak"))
    assert not is_beyond_doubt(row("Plans are kept in a drawer.", "a drawer"))
    assert not is_beyond_doubt(row("Plans are weak.", "weak", score=0.9))
