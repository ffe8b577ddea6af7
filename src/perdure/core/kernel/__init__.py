"""The kernel: what every other part of the core may use."""
