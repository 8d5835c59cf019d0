"""Making the recogniser's model again from annotated corpora, name lists and raw text (needs the `train` extra)."""
