"""Same thing, other name. Enter by `api`."""
