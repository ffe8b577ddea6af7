"""Pictures of the register: numbers in, SVG out. Pure functions, no styles of their own."""
