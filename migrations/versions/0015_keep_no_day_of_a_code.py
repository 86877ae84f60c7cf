"""keep of a dossier's code that it was used, not the day"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE dossier_code SET used = (used_on IS NOT NULL)")
    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.alter_column("used", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.drop_column("used_on")


def downgrade() -> None:
    # The day is not known any more: the day of minting keeps a used code used.
    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_on", sa.Date(), nullable=True))
    op.execute("UPDATE dossier_code SET used_on = CAST(minted_at AS DATE) WHERE used")
    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.drop_column("used")
