"""The way of a page, step by step: each asks the warehouse what is undone, does it, and writes its own rows."""
