"""Echoes: what repeats is found with its difference; what does not, is not."""

import random

import pytest

from rashomon.link import EchoIndex, align_words, find_echoes
from rashomon.records import Edit, PagePassage
from rashomon.spans import Span

WORDS = [
    f"{a}{b}" for a in ("har", "mar", "col", "lan", "ri", "bri", "or", "fen") for b in ("bour", "ket", "umn", "ver")
]


def passage(page: str, text: str, start: int = 0) -> PagePassage:
    return PagePassage(page, Span(start, start + len(text), text))


def sentence(rng: random.Random, length: int = 20) -> list[str]:
    return [f"{rng.choice(WORDS)}{rng.randrange(300)}" for _ in range(length)]


def alter(words: list[str], share: float, rng: random.Random) -> list[str]:
    out = list(words)
    for i in rng.sample(range(len(out)), round(share * len(out))):
        out[i] = f"changed{rng.randrange(10**6)}"
    return out


def test_a_copy_with_a_changed_word_is_found_with_the_change() -> None:
    a = passage("p1", "Units of the front were found near the old mill and exterminated by noon.")
    b = passage("p2", "Units of the front were found near the old mill and destroyed by noon.")
    (echo,) = find_echoes([b, a])
    assert (echo.a.page, echo.b.page) == ("p1", "p2")
    assert echo.differences == (Edit("replaced", "exterminated", "destroyed"),)
    assert 0.9 < echo.similarity < 1


def test_a_page_that_repeats_itself_echoes_within_itself() -> None:
    text = "The column left the village before dawn and burned the mill behind it."
    (echo,) = find_echoes([passage("p1", text), passage("p1", text, 500)])
    assert echo.a.span.start_char < echo.b.span.start_char
    assert echo.differences == ()


def test_short_or_unlike_passages_are_no_echoes() -> None:
    assert find_echoes([passage("p1", "Police said so."), passage("p2", "Police said so.")]) == []
    rng = random.Random(3)
    assert find_echoes([passage(f"p{i}", " ".join(sentence(rng))) for i in range(200)]) == []


def test_a_fifth_of_the_words_changed_among_many_others() -> None:
    """Recall and precision as the project asks: 0.97 and 0.99 (a smaller draw than the benchmark's)."""
    rng = random.Random(5)
    originals = [sentence(rng, rng.randrange(14, 30)) for _ in range(300)]
    distractors = [passage(f"d{i}", " ".join(sentence(rng, 22))) for i in range(3000)]
    first = [passage(f"a{i}", " ".join(w)) for i, w in enumerate(originals)]
    second = [passage(f"b{i}", " ".join(alter(w, rng.choice((0.05, 0.1, 0.2)), rng))) for i, w in enumerate(originals)]
    found = {(e.a.page, e.b.page) for e in find_echoes([*first, *second, *distractors])}
    right = {(f"a{i}", f"b{i}") for i in range(len(originals))}
    assert len(found & right) / len(right) >= 0.97
    assert len(found & right) / len(found) >= 0.99


def test_adding_in_parts_finds_the_same_as_all_at_once() -> None:
    rng = random.Random(8)
    originals = [sentence(rng) for _ in range(40)]
    passages = [
        passage(f"p{k}{i:02}", " ".join(alter(w, 0.1 * k, rng))) for k in range(3) for i, w in enumerate(originals)
    ]
    whole = {(e.a.page, e.b.page) for e in find_echoes(passages)}
    rng.shuffle(passages)
    index = EchoIndex()
    parts = {(e.a.page, e.b.page) for at in range(0, len(passages), 7) for e in index.add(passages[at : at + 7])}
    assert parts == whole


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("The guards fired at them.", "The guards shot at them.", "replaced"),
        ("The guards fired at them.", "The guards fired again at them.", "inserted"),
        ("The brave guards fired.", "The guards fired.", "dropped"),
        ("They had seen it.", "They had not seen it.", "negated"),
        ("They had seen it.", "They hadn’t seen it.", "negated"),
        ("Nine men fell.", "Ten men fell.", "number_changed"),
        ("Nine men fell.", "Men fell.", "dropped"),
        ("Men fell on the bridge.", "Men fell on 12 March on the bridge.", "inserted"),
        ("Nine men fell, police said.", "Nine men fell.", "attribution_dropped"),
    ],
)
def test_each_kind_of_edit(a: str, b: str, kind: str) -> None:
    assert [e.kind for e in align_words(a, b)] == [kind]


def test_case_and_punctuation_alone_make_no_edit() -> None:
    assert align_words("The men’s car, again.", "the MEN'S car again") == ()
