"""When a finding is sure."""

from typing import Final

SURE: Final = 0.9
"""From this score on, 95 of 100 findings are right in theme and polarity (docs/accuracy.md)."""
