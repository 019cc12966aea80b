"""Measures Bokvar beside its peers on the same events and the same broker: `python -m bench`."""
