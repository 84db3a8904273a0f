"""What all pages share: readers, pictures of pages, uploads, static files."""
