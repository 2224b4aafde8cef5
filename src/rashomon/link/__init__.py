"""Linking: which passages echo each other, and which tellings are of the same happening."""

from rashomon.link.again import find_again
from rashomon.link.cluster import Judged, TellingGroup, cluster_tellings
from rashomon.link.differences import align_words, turn_edit
from rashomon.link.echoes import EchoIndex, find_echoes
from rashomon.link.known import Scored
from rashomon.link.links import Links
from rashomon.link.score import score_pairs
from rashomon.link.table import LinkRow, link_rows

__all__ = [
    "EchoIndex",
    "Judged",
    "LinkRow",
    "Links",
    "Scored",
    "TellingGroup",
    "align_words",
    "cluster_tellings",
    "find_again",
    "find_echoes",
    "link_rows",
    "score_pairs",
    "turn_edit",
]
