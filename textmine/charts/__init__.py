"""Charts: numbers and intervals as SVG of our own, PNG by resvg, or a page with the table."""
