"""Foresee: how long changes last, whether this one will, and how well earlier forecasts did."""
