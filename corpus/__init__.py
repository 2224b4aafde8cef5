"""Our own annotated texts: the guideline, the texts, and how they are read and checked."""
