"""Doors of assessments for programs; the same services as the pages."""
