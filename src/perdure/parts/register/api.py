"""Register: what was changed, whether it is still running, and whether it will last.

Owns the words case (of change), list, import, link, follow-up, check, forecast, barrier and
commitment. The memory of all other parts: they tell it what happened, it asks them nothing.
"""

__all__: list[str] = []
