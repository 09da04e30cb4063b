"""The same cache folder for all that starts the tool."""

from cli.conftest import _own_cache, cache_home

__all__ = ["_own_cache", "cache_home"]
