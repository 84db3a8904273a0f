"""A library under any sequence of work holds what a few dictionaries say that it must hold.

Hypothesis draws the sequences: files come, are deleted, corrected, read and tagged again; people
decide, write notes, collect; the library is backed up, and restored as it was then. After each
step counts and hits are those of the model, and `verify` finds nothing.
"""

import copy
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import textmine
from corpus.errors import UsageError
from corpus.model import IngestOptions
from index.documents.decisions import Decision
from textmine.ingestion.refresh import Stale

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "samples" / "authorities.csv"
EXAMPLES = int(os.environ.get("TEXTMINE_MODEL_EXAMPLES", "0"))
"""More examples than the gate has time for, drawn anew each time: `make fuzz`."""

SENTENCES = {
    "marigold": "Children in care at Marigold House are seen often by their social workers.",
    "foxglove": "Visits to children in the Foxglove team are late.",
    "primrose": "Care leavers in Primrose Court live in suitable accommodation.",
    "bluebell": "Supervision in the Bluebell team is not recorded.",
    "heather": "Most children (91%) placed with Heather carers do well at school.",
    "tansy": "Leaders at Tansy Hall have improved early help since the last inspection.",
}
"""By a word that no other sentence has. Where they stand alone they are a passage each."""
WORDS = st.sampled_from(sorted(SENTENCES))
THEMES = ("care-leavers", "early-help")
PEOPLE = st.sampled_from(("Ann", "Ben"))
NEW_THEME = """- id: teams-by-flower
  label: Teams by flower
  definition: Teams that are named after flowers.
  area: leadership
  phrases: [foxglove team, bluebell team]
  matches: [The Foxglove team is busy., The Bluebell team is small.]
  not_matches: [The team is busy.]
"""


@dataclass
class Known:
    """What the library must say of a document."""

    words: tuple[str, ...]
    name: str
    given: str | None = None
    """Its visibility as said at the ingest."""
    by_hand: str | None = None
    """Its visibility as set by a person, which wins."""
    decisions: list[Decision] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    """Texts of notes with the words on which they stand."""
    collected: set[str] = field(default_factory=set)
    published: str | None = None

    @property
    def visibility(self):
        return self.by_hand or self.given or "public"

    def standing(self):
        """The last word of each place and theme, if it was not withdrawn."""
        own = {}
        for number, each in enumerate(self.decisions):
            own[each.quote, each.theme, each.who] = (number, each)
        last = sorted(
            ((n, d) for n, d in own.values() if d.verdict != "withdrawn"), key=lambda p: p[0]
        )
        return {(each.quote, each.theme): each for _, each in last}


def content(words):
    """The file of some sentences."""
    return "\n\n".join(("Notes on a service", *(SENTENCES[word] for word in words))).encode()


class LibraryMachine(RuleBasedStateMachine):
    """The library and the model, side by side."""

    @initialize()
    def start(self):
        self.folder = Path(tempfile.mkdtemp(prefix="model-"))
        self.known = {}
        self.failed = set()
        self.saved = None
        self.files = 0
        self.restored = 0
        self.themes = None
        self.library = textmine.open(self.folder / "library", internal=True)
        assert self.ingest_file("first.txt", content(["marigold", "foxglove"])) == "ok"
        self.known[self.library.number("first.txt")] = Known(("marigold", "foxglove"), "first.txt")

    def teardown(self):
        if not hasattr(self, "library"):
            return
        self.library.close()
        shutil.rmtree(self.folder)

    def ingest_file(self, name, data, **options):
        path = self.folder / name
        path.write_bytes(data)
        (result,) = self.library.ingest(path, register=REGISTER, options=IngestOptions(**options))
        return result.result

    def pick(self, data):
        return data.draw(st.sampled_from(sorted(self.known)), label="document")

    # -- files come and go ------------------------------------------------------------------

    @rule(words=st.lists(WORDS, min_size=1, max_size=3, unique=True), inside=st.booleans())
    def ingest(self, words, inside):
        self.files += 1
        name, visibility = f"{self.files}.txt", "internal" if inside else "public"
        result = self.ingest_file(name, content(words), visibility=visibility)
        before = next((each for each in self.known.values() if each.words == tuple(words)), None)
        if before is None:
            assert result == "ok"
            self.known[self.library.number(name)] = Known(tuple(words), name, visibility)
        elif visibility == (before.by_hand or before.given):
            assert result == "duplicate"
        elif before.by_hand:
            assert result == "failed"  # a person's word stands until a person takes it back
        else:
            assert result == "ok"
            before.given = visibility

    @rule()
    def ingest_what_cannot_be_read(self):
        self.files += 1
        name = f"{self.files}.pdf"
        assert self.ingest_file(name, f"%PDF-1.7\n{self.files}".encode()) == "failed"
        self.failed.add(name)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def delete(self, data):
        number = self.pick(data)
        self.library.delete(number)
        del self.known[number]

    # -- read and tagged again --------------------------------------------------------------

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def refresh(self, data):
        number = self.pick(data)
        stale = self.library.select_for_refresh(number)
        (result,) = self.library.refresh(stale, register=REGISTER, themes=self.themes)
        assert result.result == "read"

    @precondition(lambda self: self.known)
    @rule()
    def tag_with_other_themes(self):
        if self.themes is None:
            self.themes = self.folder / "themes.yaml"
            self.themes.write_text(NEW_THEME, encoding="utf-8")
        else:
            self.themes = None
        stale = Stale(tag=tuple(self.known))
        results = self.library.refresh(stale, register=REGISTER, themes=self.themes)
        assert {each.result for each in results} == {"tagged"}

    # -- what people say --------------------------------------------------------------------

    @precondition(lambda self: self.known)
    @rule(data=st.data(), day=st.sampled_from(("2022-05-18", "2023-09-21", "")))
    def set_date(self, data, day):
        number = self.pick(data)
        self.library.correct(number, f"published={day}", why="cover", who="me", register=REGISTER)
        self.known[number].published = day or None

    @precondition(lambda self: self.known)
    @rule(data=st.data(), visibility=st.sampled_from(("internal", "public", "")))
    def set_visibility(self, data, visibility):
        number = self.pick(data)
        pair = f"visibility={visibility}"
        self.library.correct(number, pair, why="asked", who="me", register=REGISTER)
        self.known[number].by_hand = visibility or None

    @precondition(lambda self: self.known)
    @rule(
        data=st.data(),
        theme=st.sampled_from(THEMES),
        verdict=st.sampled_from(("added", "rejected", "withdrawn")),
        polarity=st.sampled_from(("strength", "concern")),
        who=PEOPLE,
    )
    def decide(self, data, theme, verdict, polarity, who):
        number = self.pick(data)
        quote = SENTENCES[data.draw(st.sampled_from(self.known[number].words), label="sentence")]
        values = {"polarity": polarity, "timing": "current"} if verdict == "added" else {}
        said = Decision(quote=quote, theme=theme, verdict=verdict, who=who, **values)
        self.library.decide(number, said)
        self.known[number].decisions.append(said)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def decide_on_words_that_are_not_there(self, data):
        number = self.pick(data)
        said = Decision(quote="Nobody wrote this.", theme="adoption", verdict="rejected", who="Ann")
        with pytest.raises(UsageError):
            self.library.decide(number, said)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), who=PEOPLE)
    def annotate(self, data, who):
        number = self.pick(data)
        word = data.draw(st.sampled_from(self.known[number].words), label="sentence")
        self.files += 1
        text = f"Note {self.files}"
        self.library.annotate(self.place(number, word), text, who=who)
        self.known[number].notes[text] = SENTENCES[word]

    def place(self, number, word):
        hits = self.library.search(word, strict=True, collapse=False, limit=None)
        [hit] = [each for each in hits if each.document == number]
        return self.library.passage(number, passage=hit.passage.ordinal).passage

    @precondition(lambda self: any(each.notes for each in self.known.values()))
    @rule(data=st.data())
    def remove_note(self, data):
        there = [(number, text) for number, each in self.known.items() for text in each.notes]
        number, text = data.draw(st.sampled_from(sorted(there)), label="note")
        [note] = [each for each in self.library.notes(number) if each.text == text]
        self.library.remove_note(note.id)
        del self.known[number].notes[text]

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def collect(self, data):
        number = self.pick(data)
        known = self.known[number]
        word = data.draw(st.sampled_from(known.words), label="sentence")
        new = self.library.collect("mine", [self.place(number, word)], who="Ann")
        assert new == (word not in known.collected)
        known.collected.add(word)

    # -- backup and restore -----------------------------------------------------------------

    @rule()
    def backup(self):
        file = self.folder / "library.backup"
        assert self.library.backup(file, force=True).documents == len(self.known)
        self.saved = copy.deepcopy((self.known, self.failed))

    @precondition(lambda self: self.saved)
    @rule()
    def restore(self):
        self.library.close()
        self.restored += 1
        folder = self.folder / f"restored-{self.restored}"
        textmine.api.restore(self.folder / "library.backup", folder)
        self.library = textmine.open(folder, internal=True)
        self.known, self.failed = copy.deepcopy(self.saved)

    # -- what must hold ---------------------------------------------------------------------

    @rule(word=WORDS, other=WORDS)
    def search(self, word, other):
        def total(query, holds, **more):
            found = self.library.search(query, collapse=False, limit=None, **more)
            chosen = [each for each in found if each.whole]
            numbers = sorted(hit.document for hit in chosen)
            internal = more.get("internal", True)
            assert numbers == sorted(
                number
                for number, each in self.known.items()
                for _ in range(holds(each))
                if internal or each.visibility == "public"
            ), query

        total(word, lambda each: word in each.words, strict=True)
        total(word, lambda each: word in each.words, strict=True, internal=False)
        if word != other:
            total(f"{word} OR {other}", lambda each: len({word, other} & {*each.words}))
            total(f"{word} {other}", lambda _: 0, strict=True)

    @rule()
    def verify(self):
        assert list(self.library.verify()) == []

    @rule()
    def repair_finds_nothing_to_do(self):
        assert list(self.library.verify(repair=True, register=REGISTER)) == []

    @invariant()
    def documents_are_those_of_the_model(self):
        if not hasattr(self, "library"):
            return
        listed = {row.id: row for row in self.library.documents()}
        assert {number: row.name for number, row in listed.items()} == {
            number: each.name for number, each in self.known.items()
        }
        for number, each in self.known.items():
            assert listed[number].visibility == each.visibility
            dates = {f.name: f.value for f in self.library.show(number).document.fields}
            assert dates.get("published") == each.published
        outcomes = self.library.files("failed")
        assert {Path(each.path).name for each in outcomes} == self.failed

    @invariant()
    def what_people_said_stands(self):
        if not hasattr(self, "library"):
            return
        for number, each in self.known.items():
            made = self.library.decisions(number)
            assert [(d.quote, d.theme, d.verdict, d.who) for d in made] == [
                (d.quote, d.theme, d.verdict, d.who) for d in each.decisions
            ]
            assert all(d.start is not None for d in made)
            self.findings_follow(number, each)
            notes = self.library.notes(number)
            assert {note.text: note.quote for note in notes} == each.notes
        counted = {each.name: each.passages for each in self.library.collections()}
        there = sum(len(each.collected) for each in self.known.values())
        assert counted == ({"mine": there} if there else {})

    def findings_follow(self, number, known):
        """Where somebody decided, a document has what was decided and nothing else."""
        stored = self.library.show(number)
        text = stored.document.text
        for (quote, theme), said in known.standing().items():
            start = text.index(quote)
            here = [
                each.polarity
                for each in stored.findings
                if each.theme == theme and start <= each.start < start + len(quote)
            ]
            assert here == ([] if said.verdict == "rejected" else [said.polarity])


@pytest.mark.slow
@pytest.mark.usefixtures("reads_here")
def test_a_library_holds_what_the_model_says():
    run_state_machine_as_test(
        LibraryMachine,
        settings=settings(
            max_examples=EXAMPLES or 15,
            phases=set(Phase) if EXAMPLES else (Phase.explicit, Phase.generate),
            stateful_step_count=50 if EXAMPLES else 30,
            derandomize=not EXAMPLES,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
