"""The warehouse: its schema, migrations, and how rows get in."""
