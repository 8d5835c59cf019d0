"""Who may do what in the warehouse: `sql/roles.sql`, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from rasd import resources
from rasd.errors import SettingError
from rasd.warehouse.engine import transaction

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

ROLES = ("rasd_owner", "rasd_writer", "rasd_reader", "rasd_desk")
_INSUFFICIENT_PRIVILEGE = "42501"


def grant(engine: Engine) -> None:
    """Make the roles that are missing, and give each what it needs, now and of what migrations will add.

    Raises:
        SettingError: if whoever is connected may not do that.
    """
    text = (resources.sql() / "roles.sql").read_text(encoding="utf-8")
    try:
        with transaction(engine) as connection:
            connection.exec_driver_sql(text.replace("%", "%%"))
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "pgcode", None) != _INSUFFICIENT_PRIVILEGE:
            raise
        raise SettingError(
            f"this user may not do that: {str(error.orig).strip().splitlines()[0]}",
            where=engine.url.render_as_string(hide_password=True),
            do="Connect as the owner of the database; where roles are missing, as one who may make roles.",
        ) from error
