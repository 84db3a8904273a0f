"""Tables that mean something: judgements, indicators, actions."""
