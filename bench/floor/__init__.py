"""The floor: what bare Django does for a journey of the same shape.

Six pages with the same inputs, CSRF, no session, one row saved for each page, one insert
at the end. It checks nothing, explains nothing and knows one form only; no framework for
forms and no middleware that Django does not need for this.
"""
