"""How the reader's weights are made: corpora → examples → network → int8 weights in `src/rashomon/read/weights`."""
