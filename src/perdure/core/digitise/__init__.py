"""Digitise: from a PDF form to fields, and from fields to a draft service definition."""
