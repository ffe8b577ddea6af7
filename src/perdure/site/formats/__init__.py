"""How each language writes a date, where Django's own way is not the one of public services."""
