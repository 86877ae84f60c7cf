"""order accounts by name

Accounts made before this step sort first until their name is saved again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account",
        sa.Column(
            "sort_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
            server_default="",
        ),
    )
    op.create_index("ix_account_sort_key", "account", ["sort_key"])


def downgrade() -> None:
    op.drop_index("ix_account_sort_key", table_name="account")
    op.drop_column("account", "sort_key")
