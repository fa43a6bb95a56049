"""Cases in words: what pages and programs tell of them."""
