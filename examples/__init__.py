"""Runnable examples; no part of the product."""
