"""Time: how long a promise runs. The case keeps the clocks; this package only works out moments."""
