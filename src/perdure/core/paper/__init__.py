"""Fills paper forms in and writes letters; entered by perdure.core.paper.api."""
