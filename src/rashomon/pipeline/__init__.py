"""The pipeline: the only place that joins the stages.

In: sources and a case (`pipeline.add`), or a text alone (`pipeline.text`). Out: a register; what is read in one text.
Never: a rule of any stage.

Nothing is imported here: a worker process needs `pipeline.page` alone, and would load the case and linking as well.
"""
