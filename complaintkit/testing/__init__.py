"""For plugin authors and hosts: builders, doubles, a conformance suite per family, and plugins that go wrong."""
