"""The interview: questions as data, and asking them."""
