"""The core: a library without Django, network, settings or a clock of its own."""
