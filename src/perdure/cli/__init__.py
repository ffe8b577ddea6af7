"""The `perdure` command.

The site's settings are named here, never imported: Django starts only where it is needed.
"""
