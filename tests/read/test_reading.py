"""The reader as it ships: what it says has spans, scores and no more; the same text gives the same reading."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import vocabulary
from rashomon.capture import article_from_text
from rashomon.read import Reader, load_reader
from rashomon.read.decode import TaggedSpan
from rashomon.read.statements import subject_before, whole_quotation
from rashomon.records import Reading
from rashomon.spans import Span, take_span

WIRE = (
    "TARNHOLM, May 3 (Coast Wire) - A car bomb killed at least fourteen people in the fish market of Belu on Friday, "
    "police said. No group claimed the blast.\n\n"
    "On Saturday soldiers arrested two brothers in the town of Sanu. The Red Sash Front (RSF) denied that its fighters "
    'had planted the bomb. "We never attack markets," its spokesman Iro Tamas told the radio.'
)
LISTED = (
    "The Guild of Ferrymen is accused of the following:\n\n"
    "a. In Oranmarsh, its members shot dead the harbour master.\n\n"
    "b. In Belu, they set fire to the customs house.\n\n"
    "c. In Sanu, they kidnapped a judge and held him for nine days.\n"
)
SPORT = (
    "The Lions bombarded the visitors' goal from the first minute and their striker shot twice before half-time. The "
    "coach said that his team had been massacred in the air last season, and promised another battle on Saturday."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def read(reader: Reader, text: str) -> Reading:
    return reader.read(article_from_text(text, "page"))


def spans_of(reading: Reading) -> list[Span]:
    found = [m.span for m in reading.mentions] + [w.span for w in reading.loaded]
    for t in reading.tellings:
        found += [t.span, *t.anchors, *t.passages, *(x for x in (t.outcome, t.attributed_to) if x)]
        found += [t.time.span] if t.time else []
        for filler in (*t.perpetrators, *t.targets, *t.instruments, *t.places, *t.beneficiaries):
            found += [filler.span, *filler.mentions]
        found += [c.span for c in t.counts]
    for s in reading.statements:
        found += [x for x in (s.source, s.cue, s.content, s.audience) if x]
    return found


@pytest.mark.parametrize("text", [WIRE, LISTED, SPORT])
def test_every_span_is_the_text_that_it_says(reader: Reader, text: str) -> None:
    spans = spans_of(read(reader, text))
    assert all(text[s.start_char : s.end_char] == s.text and s.text.strip() for s in spans)


def test_a_wire_story_gives_its_incidents_with_their_fillers(reader: Reader) -> None:
    reading = read(reader, WIRE)
    blast = next(t for t in reading.tellings if "bombing" in t.types)
    assert "killing" in blast.types
    assert any("Belu" in p.span.text for p in blast.places)
    assert any(c.what == "killed" and "fourteen" in c.span.text for c in blast.counts)
    assert blast.attributed_to is not None
    arrest = next(t for t in reading.tellings if "arrest_detention" in t.types)
    assert any("soldiers" in p.span.text for p in arrest.perpetrators)
    assert any("brothers" in t.span.text and t.effect == "arrested" for t in arrest.targets)
    assert arrest.id != blast.id


def test_statements_have_source_cue_and_content(reader: Reader) -> None:
    said = read(reader, WIRE).statements
    assert any(s.source and "Tamas" in s.source.text and "never attack markets" in s.content.text for s in said)


def test_each_item_of_a_list_is_a_telling_of_its_own(reader: Reader) -> None:
    tellings = read(reader, LISTED).tellings
    for words in ("harbour master", "customs house", "judge"):
        at = LISTED.index(words)
        assert any(p.start_char <= at < p.end_char for t in tellings for p in t.passages)
    for t in tellings:
        assert LISTED[t.span.start_char : t.span.end_char].count("\n\n") <= 1


def test_war_words_of_sport_are_hardly_tellings(reader: Reader) -> None:
    assert sum(t.score >= 0.5 for t in read(reader, SPORT).tellings) == 0


def test_values_are_of_the_vocabulary_and_scores_are_probabilities(reader: Reader) -> None:
    reading = read(reader, WIRE)
    for t in reading.tellings:
        assert set(t.types) <= set(vocabulary.INCIDENT_TYPES)
        assert t.stance in vocabulary.STANCES
        assert t.stage in vocabulary.STAGES
        assert 0 <= t.score <= 1
        assert all(0 <= s <= 1 for s in t.type_scores)
        assert all(x.effect in vocabulary.EFFECTS and x.kind in vocabulary.TARGET_KINDS for x in t.targets)
    assert len(reading.vectors) == 2 * 384 * len(reading.tellings)


def test_the_same_text_gives_the_same_reading(reader: Reader) -> None:
    assert read(reader, WIRE) == read(reader, WIRE)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "a" * 5000, "— " * 800, "مرحبا بالعالم", "\U0001f600 " * 50])
def test_odd_texts_are_read_without_harm(reader: Reader, text: str) -> None:
    assert all(text[s.start_char : s.end_char] == s.text for s in spans_of(read(reader, text)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_read_without_harm(reader: Reader, text: str) -> None:
    assert all(text[s.start_char : s.end_char] == s.text for s in spans_of(read(reader, text)))


def test_a_quotation_is_told_whole_and_a_pronoun_before_the_cue_is_its_source() -> None:
    text = 'In the camp she put it this way: "While the war went on, we waited." He left.'
    inner = take_span(text, text.index("war"), text.index("waited") + 6)
    assert whole_quotation(inner, text).text == "While the war went on, we waited."
    assert whole_quotation(take_span(text, 0, 11), text).text == text[:11]
    cue = TaggedSpan("cue", text.index("put"), text.index("put") + 3, 4, 5, 0.9)
    assert subject_before(text, cue) == take_span(text, 12, 15)
    assert subject_before(text, replace(cue, start_char=text.index("camp"))) is None
