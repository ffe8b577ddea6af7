"""The parts: each owns its words and is entered only by its `api`."""
