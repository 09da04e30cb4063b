"""Adviser on digitalisation support for craft businesses and other small firms in Germany."""
