"""The demo: an invented shop, Larkenfield, whose complaints arrive over some months."""
