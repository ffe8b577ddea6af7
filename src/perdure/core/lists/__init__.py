"""Lists: any table that people send (CSV, Excel, JSON), read safely and mapped onto known fields."""
