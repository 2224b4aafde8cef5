"""Which judgements stand, and what they say of pairs."""

import msgspec

from rashomon.records import Judgement
from rashomon.store import decide_pairs, standing_judgements


def make(number: int, verdict: str, about: str = "a", other: str | None = "b", value: object = None) -> Judgement:
    written = None if value is None else value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return Judgement(number, verdict, about, other, None, written, "Ada", "2024-05-01T10:00:00Z", "")


def test_an_undoing_that_was_undone_undoes_nothing() -> None:
    held = [make(1, "same"), make(2, "undone", value="1"), make(3, "undone", value="2")]
    assert [j.id for j in standing_judgements(held[:2])] == []
    assert [j.id for j in standing_judgements(held)] == [1]


def test_the_last_word_on_a_pair_holds_and_undo_brings_back_the_one_before() -> None:
    held = [make(1, "same"), make(2, "not_same", "b", "a")]
    assert decide_pairs(standing_judgements(held)).not_same == {("a", "b")}
    held.append(make(3, "undone", value="2"))
    decided = decide_pairs(standing_judgements(held))
    assert decided.same == {("a", "b")}
    assert not decided.not_same


def test_merge_and_split_speak_of_all_their_tellings() -> None:
    merged = decide_pairs([make(1, "merged", value=["c", "a", "b"])])
    assert merged.same == {("a", "c"), ("a", "b")}
    split = decide_pairs([make(1, "split", value={"out": ["a"], "rest": ["b", "c"]})])
    assert split.not_same == {("a", "b"), ("a", "c")}


def test_judgements_of_values_say_nothing_of_pairs() -> None:
    decided = decide_pairs([make(1, "right", other=None), make(2, "corrected", other=None, value={"text": "x"})])
    assert not decided.same | decided.not_same
