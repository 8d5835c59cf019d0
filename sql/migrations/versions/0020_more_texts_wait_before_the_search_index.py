"""more texts wait before the search index: the more go into it at once, the fewer of its pages each one changes."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER INDEX core.article_search_tokens_idx SET (gin_pending_list_limit = 32768)")


def downgrade() -> None:
    op.execute("ALTER INDEX core.article_search_tokens_idx RESET (gin_pending_list_limit)")
