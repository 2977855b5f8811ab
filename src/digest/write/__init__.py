"""Bytes to disk: the only stage that changes it."""
