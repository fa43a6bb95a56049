"""The sample organisation: people, units and two years of records, all marked as sample."""
