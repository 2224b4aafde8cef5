"""Direct speech after a colon."""

import pytest

from rashomon.read.quotations import find_speech
from rashomon.spans import take_span

NAMES = ("Marit Holm", "the chairman", "A sign")


def speech_in(text: str) -> list[tuple[str, str, str | None, str]]:
    """Source, cue, audience and content of what is found, with the names that the text holds."""
    names = [take_span(text, text.index(n), text.index(n) + len(n)) for n in NAMES[:2] if n in text]
    found = find_speech(text, names)
    return [(s.source.text, s.cue.text, s.audience.text if s.audience else None, s.content.text) for s in found]


def test_speaker_is_the_last_subject_before_the_colon() -> None:
    text = "Marit Holm left. In court she said nothing; later the chairman wrote to a friend: “They knew it all along.”"
    assert speech_in(text) == [("the chairman", "wrote to a friend", None, "They knew it all along.")]


def test_audience_stands_before_the_subject() -> None:
    text = 'In public he praised the truce, but within the party he was blunter: "We need the winter to rearm."'
    assert speech_in(text) == [("he", "was blunter", "the party", "We need the winter to rearm.")]


@pytest.mark.parametrize(
    "text",
    [
        'A sign read: "No way through here today."',  # nobody speaks
        'He listed what was missing: "flour".',  # a word, no speech
        "He had one rule: never twice in the same house.",  # no marks
        'He said it. The rule is simple: "never twice in the same house".',  # the subject is in another sentence
        'She answered: "They came at night',  # the marks are never closed
    ],
)
def test_what_is_no_speech(text: str) -> None:
    assert speech_in(text) == []


def test_many_quotations_take_no_long() -> None:
    text = 'he said: "one two three" ' * 20_000
    names = [take_span(text, i * 25, i * 25 + 2) for i in range(20_000)]
    assert len(find_speech(text, names)) == 20_000
