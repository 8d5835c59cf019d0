"""How Alembic reaches the warehouse: `rasd.warehouse.migrate` hands over its connection; there is no other way in."""

from __future__ import annotations

from alembic import context

from rasd.warehouse import schema


def include_name(name, type_, _parents):
    """Compare the schemas that hold tables; `report` holds views, made from `sql/report`."""
    return type_ != "schema" or name in ("raw", "core", "ops")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    include_schemas=True,
    include_name=include_name,
    version_table_schema="ops",
    version_table="migration",
    compare_server_default=True,
    transaction_per_migration=True,
)
context.run_migrations()
