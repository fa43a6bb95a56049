"""Regulations as a person reads them: values, lines and parts ready for a page."""
