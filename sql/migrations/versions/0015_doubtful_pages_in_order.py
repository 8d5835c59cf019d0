"""doubtful pages in the order in which they are shown: the first dozen was sorted out of all of them each time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_DOUBTFUL = sa.text("confidence < 0.5 AND n_articles > 0")


def upgrade() -> None:
    _index("confidence", "page_id")


def downgrade() -> None:
    _index("confidence")


def _index(*columns: str) -> None:
    op.drop_index("page_doubtful_idx", table_name="page", schema="core")
    op.create_index("page_doubtful_idx", "page", columns, schema="core", postgresql_where=_DOUBTFUL)
