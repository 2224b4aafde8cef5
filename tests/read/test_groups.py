"""Which list item a passage is of: items are told apart, the sentences of one lettered item are not."""

from rashomon.read.groups import _items
from rashomon.records import Passage

LEAD, OTHER = (0, 10), (100, 110)


def items(*marked: tuple[str, str, tuple[int, int] | None]) -> list[int]:
    return _items([Passage(10 * n, 10 * n + 9, *kind) for n, kind in enumerate(marked)]).tolist()


def test_sentences_of_a_lettered_item_stay_together() -> None:
    a, b = ("item", "a.", LEAD), ("item", "b.", LEAD)
    assert items(("sentence", "", None), a, a, b, b, b) == [-1, 1, 1, 3, 3, 3]


def test_the_same_letter_in_another_list_is_another_item() -> None:
    assert items(("item", "a.", LEAD), ("item", "a.", OTHER), ("item", "a.", OTHER)) == [0, 1, 1]


def test_a_sentence_between_parts_two_items_and_every_bullet_is_one() -> None:
    a, plain, bullet = ("item", "a.", LEAD), ("sentence", "", None), ("item", "•", LEAD)
    assert items(a, plain, a, bullet, bullet) == [0, -1, 2, 3, 4]
