"""What every door for programs shares: errors, pages of lists, creating only once."""
