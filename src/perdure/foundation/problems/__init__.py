"""Refusals as pages."""
