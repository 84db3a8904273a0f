"""What the inspectorate publishes on the web: listed, and fetched politely."""
