"""Reading call-backs. Other rooms ask here."""
