"""The scoreboard: one module a dataset, the scorers, and pinned floors."""
