"""Tables of known kinds: judgements, indicators, actions."""
