"""The pipeline: the only place that joins the stages.

In: sources and a case. Out: a case that holds a register; or, without a case, what is read in one text.
Never: a rule of any stage.
"""

from rashomon.pipeline.add import Run, add, reread
from rashomon.pipeline.progress import Progress, Silent, Summary
from rashomon.pipeline.text import TextReader

__all__ = ["Progress", "Run", "Silent", "Summary", "TextReader", "add", "reread"]
