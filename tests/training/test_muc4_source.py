"""Keys of MUC-4 as labels on every occurrence of a filler."""

from bench.muc4_files import Fill
from training.sources.muc4 import to_example

TEXT = (
    "REBELS THREW A GRENADE AT THE MILL OF TARN. THE WEATHER WAS FAIR.\n\nTHE ARMY SEEKS THE REBELS.\n\n"
    "REBELS FLED THE MILL."
)


def _template() -> dict[int, list[Fill]]:
    return {
        4: [Fill((), "BOMBING", False)],
        6: [Fill(("GRENADE",), None, True)],
        9: [Fill(("REBELS",), None, False)],
        12: [Fill(("MILL",), None, False)],
    }


def test_every_occurrence_is_labelled_and_the_incident_only_where_it_is_told() -> None:
    example = to_example("M1", TEXT, [_template()])
    rebels = [TEXT[a:b] for a, b in example.layers["perp_actor"]]
    assert rebels == ["REBELS"] * 3
    held = {item.start: item.tellings for item in example.items if item.layer == "perp_actor"}
    lone = TEXT.index("REBELS", TEXT.index("SEEKS"))
    assert held.pop(lone) == frozenset()
    assert set(held.values()) == {frozenset({0})}


def test_an_optional_filler_teaches_nothing() -> None:
    example = to_example("M1", TEXT, [_template()])
    assert not example.layers["instrument"]
    assert [TEXT[a:b] for a, b in example.unsure["instrument"]] == ["GRENADE"]
