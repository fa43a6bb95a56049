"""Workbooks in and out, without a database: template, reading, marking, columnar facts."""
