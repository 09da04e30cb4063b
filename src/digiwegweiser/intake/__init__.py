"""From an owner's words to a firm: places, trades, needs and numbers."""
