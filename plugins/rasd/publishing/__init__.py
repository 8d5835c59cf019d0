"""What leaves the warehouse: the digest of a day with its charts, and files for other systems."""
