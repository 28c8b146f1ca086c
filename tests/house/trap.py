"""A plugin for the test of house rule 12: it offers nothing, and to find it is the point."""
