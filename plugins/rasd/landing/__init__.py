"""From an inbox to pages: every file found, every page kept as delivered, every refusal told."""
