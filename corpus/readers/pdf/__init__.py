"""The PDF reader: lines by PDFium, ruled tables by pdfplumber, annotations, hidden text."""
