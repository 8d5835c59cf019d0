"""Who, where and which organisation: the names in a text, with exact offsets."""
