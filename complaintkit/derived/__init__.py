"""What the desk works out from a step and files with it, unasked: a repeat, a consequence, an answer, a precedent."""
