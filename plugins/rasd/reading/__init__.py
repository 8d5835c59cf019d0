"""A page to its segments and articles: what the outlet wrote, and what merely stands on the page."""
