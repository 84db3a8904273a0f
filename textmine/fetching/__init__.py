"""What comes in: from the inspectorate's site, fetched politely, and into a folder."""
