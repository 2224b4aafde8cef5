"""The reader: an article in; mentions, tellings and statements out, each with its span and score."""

from rashomon.read.reader import Reader, load_reader

__all__ = ["Reader", "load_reader"]
