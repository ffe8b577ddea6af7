"""The foundation: what any organisation needs, with no word about public services."""
