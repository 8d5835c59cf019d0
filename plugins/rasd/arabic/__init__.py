"""What is known of the Arabic language and its letters; everything here works on plain strings, with offsets."""
