"""The estimate of a case: lists that copy from each other are one."""

from pathlib import Path

from rashomon import store
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.records import Origin
from tests.present.cases import add_page, incident, new_case, telling

TEXT = "It was told."
OUTLETS = ("Courier", "Banner", "Post", "Mirror")


def untold_of(folder: Path, *, copied: bool) -> s.UntoldShape:
    """Twelve incidents: every outlet tells every second of them; the Mirror has what the Post has."""
    told = {
        f"{o}{n}": (outlet, n) for o, outlet in enumerate(OUTLETS) for n in range(12) if (n + min(o, 2)) % 2 or n < 4
    }
    with new_case(folder) as case:
        with case.write() as connection:
            for name, (outlet, _) in told.items():
                add_page(connection, name, TEXT, outlet=outlet, tellings=(telling(name, TEXT, TEXT),))
            of = {n: [name for name, (_, m) in told.items() if m == n] for n in range(12)}
            store.replace_incidents(
                connection,
                [incident(f"i{n}", *(f"t{x}0" for x in names), origins=names) for n, names in of.items() if names],
            )
            mirrored = [(f"2{n}", f"3{n}") for n in range(12) if f"2{n}" in told]
            store.replace_origins(connection, [Origin(f"o{a}", (a, b)) for a, b in mirrored] if copied else [])
        with case.read() as connection:
            found = next(iter(queries.iter_shown(connection, "untold")))
    assert isinstance(found, s.UntoldShape)
    return found


def test_outlets_are_independent_lists(tmp_path: Path) -> None:
    found = untold_of(tmp_path, copied=False)
    assert (found.incidents, found.lists, found.refused, found.why) == (12, 4, None, None)
    assert found.untold is not None


def test_outlets_that_copy_from_each_other_are_one_list(tmp_path: Path) -> None:
    assert untold_of(tmp_path, copied=True).lists == 3
