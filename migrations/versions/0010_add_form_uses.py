"""add form uses"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_use",
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("client_uuid", sa.String(length=40), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("network_hash", sa.String(length=64), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_form_use")),
    )
    with op.batch_alter_table("form_use", schema=None) as batch_op:
        batch_op.create_index("ix_form_use_device", ["device_hash", "kind", "used_at"], unique=False)
        batch_op.create_index("ix_form_use_network", ["network_hash", "kind", "used_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_use_used_at"), ["used_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("form_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_use_used_at"))
        batch_op.drop_index("ix_form_use_network")
        batch_op.drop_index("ix_form_use_device")
    op.drop_table("form_use")
