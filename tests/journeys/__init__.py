"""Journeys: what people do with complaintkit from beginning to end, through the command line."""
