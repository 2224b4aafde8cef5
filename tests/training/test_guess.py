"""What was read, taken as if it were annotated."""

from pathlib import Path

from corpus.standoff import from_line, to_line
from rashomon.capture import article_from_text
from rashomon.read.reader import load_reader
from training.guess import as_annotated, guess
from training.sources.ours import to_example

TEXT = (
    "Gunmen of the Talbeq Front shot dead two teachers in the market of Oruvai on Monday, police said. "
    "Three other people were wounded when a grenade exploded near the school."
)


def test_a_reading_becomes_an_annotation_with_the_same_spans() -> None:
    reading = load_reader().read(article_from_text(TEXT, "a"))
    assert reading.tellings
    annotated = as_annotated("a", "polnear", TEXT, reading)
    assert [t.types for t in annotated.tellings] == [t.types for t in reading.tellings]
    for told, read in zip(annotated.tellings, reading.tellings, strict=True):
        assert [TEXT[a:b] for a, b in told.anchors] == [s.text for s in read.anchors]
        assert [f.mentions[0] for f in told.of_role("target")] == [
            (t.span.start_char, t.span.end_char) for t in read.targets
        ]
        assert len(told.of_role("perp")) == len(read.perpetrators)
        assert len(told.of_role("place")) == len(read.places)
    example = to_example(annotated)
    assert len(example.layers["anchor"]) == len({a for t in annotated.tellings for a in t.anchors})
    assert {i.layer for i in example.items} >= {"anchor", "target_human"}


def test_guesses_are_kept_as_offsets_alone(tmp_path: Path) -> None:
    path = tmp_path / "polnear.jsonl"
    assert guess(load_reader(), "polnear", {"a": f"\n{TEXT}\n"}, path) == 1
    line = path.read_text(encoding="utf-8").rstrip("\n")
    assert "teachers" not in line
    held = from_line(line, "polnear", {"a": TEXT})
    assert to_line(held) == line
