"""How Alembic reaches the warehouse: `rasd.warehouse.migrate` hands over its connection; there is no other way in."""

from __future__ import annotations

from alembic import context

from rasd.warehouse import migrate, schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    transaction_per_migration=True,
    **migrate.ALEMBIC,
)
context.run_migrations()
