"""Reach: looking at addresses of the public web, politely and without being led behind our own wall.

Owns the words visitor, manners and look. Goes to http and https at their own ports, to public network
addresses alone, by no proxy. Waits for other machines: use it in jobs, never while a person waits for a page.
"""

from perdure.foundation.reach.errors import NotReached, Why
from perdure.foundation.reach.guard import Place, addresses_of, place_of
from perdure.foundation.reach.requests import Manners
from perdure.foundation.reach.visitor import Look, Seen, Visitor

__all__ = ["Look", "Manners", "NotReached", "Place", "Seen", "Visitor", "Why", "addresses_of", "place_of"]
