"""The scoreboard: one module a dataset, the scorers, and pinned floors."""

import os

# as the command line does, and before numpy is imported: what is measured is what its users get
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
