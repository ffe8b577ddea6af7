"""Perdure: from a paper form to a public service that lasts."""

__version__ = "0.1.0"
