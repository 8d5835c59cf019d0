"""From mentions to entities: which names mean the same person, place or organisation, and why."""
