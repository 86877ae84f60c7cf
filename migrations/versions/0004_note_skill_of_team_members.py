"""note skill of team members

Somebody with the skill may sit for any body; whoever sat for none was counted as having it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "poll_team_member", sa.Column("technical", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("poll_team_member", "technical")
