"""The reader: an article in; mentions, tellings and statements out, each with its span and score."""
