"""Pages: versions, the same bytes twice, rejections."""

from pathlib import Path

import pytest

from rashomon import store
from rashomon.errors import NotFoundError
from rashomon.records import Rejected
from tests.factories import make_page


@pytest.fixture
def case(tmp_path: Path) -> store.Case:
    return store.open_case(tmp_path / "case.db", create=True)


def save(case: store.Case, *pages: object) -> list[store.PageEntry | None]:
    with case.write() as connection:
        return [store.save_page(connection, page) for page in pages]


def test_the_same_bytes_twice_are_one_page(case: store.Case) -> None:
    first, second = save(case, make_page(), make_page())
    assert first is not None
    assert first.status == "captured"
    assert second is None
    with case.read() as connection:
        assert store.count_statuses(connection) == {"captured": 1}


def test_the_same_bytes_from_another_file_add_nothing_but_from_another_url_do(case: store.Case) -> None:
    first, copy, published, again, elsewhere = save(
        case, make_page("one", "a.txt"), make_page("one", "b/c.txt"), make_page("one", "feed#1", "https://a.example/1"),
        make_page("one", "feed#7", "https://a.example/1"), make_page("one", "feed#2", "https://b.example/1"),
    )  # fmt: skip
    assert (first is None, copy is None, published is None, again is None) == (False, True, False, True)
    assert elsewhere is not None


def test_other_bytes_of_one_url_are_its_next_version(case: store.Case) -> None:
    url = "https://lantern.example/1"
    first, second, third = save(
        case,
        make_page("one", "feed#1", url),
        make_page("two", "feed#2", url),
        make_page("two", "x", "https://b.example"),
    )
    assert first
    assert second
    assert third
    assert (first.version, first.previous) == (1, None)
    assert (second.version, second.previous) == (2, first.id)
    assert (third.version, third.previous) == (1, None)


def test_a_changed_file_is_its_next_version_but_what_is_piped_in_never_is(case: store.Case) -> None:
    file, changed, piped, other = save(
        case, make_page("one", "a.txt"), make_page("two", "a.txt"), make_page("three", "-"), make_page("four", "-")
    )
    assert file
    assert changed
    assert piped
    assert other
    assert (changed.version, changed.previous) == (2, file.id)
    assert (piped.version, other.version, other.previous) == (1, 1, None)


def test_pages_wait_until_something_tries_to_read_them(case: store.Case) -> None:
    save(case, make_page("one", "a"), make_page("two", "b"), make_page("three", "c"))
    with case.write() as connection:
        assert store.list_pending(connection) == [1, 2, 3]
        store.set_status(connection, 1, "read", "v1")
        store.set_status(connection, 2, "rejected", "v2")
        assert store.list_pending(connection) == [3]
        assert store.list_outdated(connection, "v2") == [1, 3]
        assert store.list_outdated(connection, "v2", rejected_too=True) == [1, 2, 3]


def test_a_rejection_replaces_the_one_before_and_goes_when_the_page_is_read(case: store.Case) -> None:
    def reasons() -> list[tuple[str, str | None]]:
        with case.read() as connection:
            return [(r.reason, r.page) for r in store.iter_rejected(connection)]

    with case.write() as connection:
        store.save_rejected(connection, Rejected("a.txt", "capture", "unreachable"))
        store.save_rejected(connection, Rejected("a.txt", "capture", "empty"))
        store.save_rejected(connection, Rejected("a.txt", "read", "timeout", page="p1"))
        store.save_rejected(connection, Rejected("b.txt", "capture", "empty"))
    assert reasons() == [("empty", None), ("timeout", "p1"), ("empty", None)]
    with case.write() as connection:
        store.drop_rejected(connection, "a.txt", "p1")
    assert reasons() == [("empty", None)]


def test_a_transaction_that_fails_leaves_nothing(case: store.Case) -> None:
    def save_and_fail() -> None:
        with case.write() as connection:
            store.save_page(connection, make_page())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    with case.read() as connection:
        assert list(store.iter_entries(connection)) == []


def test_no_such_page(case: store.Case) -> None:
    with case.read() as connection:
        assert store.find_page(connection, "nope") is None
        with pytest.raises(NotFoundError):
            store.load_page(connection, 7)
