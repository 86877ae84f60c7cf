"""note skill of team members

Members recorded before this step are noted without it; sitting for the body ``technical`` still counts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("poll_team_member", sa.Column("technical", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("poll_team_member", "technical")
