"""Rashomon: many pages, one incident: who says what happened, and how the tellings differ."""
