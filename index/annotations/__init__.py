"""What people put on passages: notes, and named collections."""
