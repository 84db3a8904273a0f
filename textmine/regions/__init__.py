"""The pack for a region: where its authorities stand, and who can learn from whom."""
