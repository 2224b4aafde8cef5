"""The benchmark of places, on two invented articles."""

import argparse
from pathlib import Path

from bench.places import run

ARTICLES = """<articles>
 <article><text>Police in Aleppo, Syria, held two Syrian men.</text><toponyms>
  <toponym><start>10</start><end>16</end><phrase>Aleppo</phrase><gaztag><lat>36.2</lat><lon>37.16</lon></gaztag></toponym>
  <toponym><start>18</start><end>23</end><phrase>Syria</phrase><gaztag><lat>-10</lat><lon>-60</lon></gaztag></toponym>
  <toponym><start>34</start><end>40</end><phrase>Syrian</phrase><gaztag><lat>35</lat><lon>38</lon></gaztag></toponym>
 </toponyms></article>
 <article><text>They had walked from Mosul.</text><toponyms>
  <toponym><start>22</start><end>27</end><phrase>Mosul</phrase></toponym>
 </toponyms></article>
</articles>"""


def test_places_are_scored_with_gold_spans_and_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    path.write_text(ARTICLES, encoding="utf-8")
    figures = run(argparse.Namespace(files=[path], half=None))["made"]
    assert isinstance(figures, dict)
    assert figures["toponyms"] == 3
    assert figures["within_161_km"] == round(2 / 3, 4)
    assert figures["mean_km"] > 1000 > 161 > figures["median_km"]
    assert figures["recognition"] == {"p": 100.0, "r": 100.0, "f": 100.0}
    assert figures["recognition_without_demonyms"] == {"p": 100.0, "r": 100.0, "f": 100.0}
    assert figures["end_to_end"]["r"] < 100


def test_half_takes_every_other_article(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    path.write_text(ARTICLES, encoding="utf-8")
    figures = run(argparse.Namespace(files=[path], half=0))["made"]
    assert isinstance(figures, dict)
    assert figures["toponyms"] == 3
