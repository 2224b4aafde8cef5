"""One module a corpus: files → `Example`s."""
