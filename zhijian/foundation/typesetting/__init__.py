"""Papers as PDF: one engine, one font, and the look that all papers share."""
