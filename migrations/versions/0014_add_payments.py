"""add accounts to pay to"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payee_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("bank", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("is_card", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status <> 'approved' OR shown_from IS NOT NULL", name=op.f("ck_payee_account_approved_is_shown")
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'approved', 'refused', 'ended')", name=op.f("ck_payee_account_status")
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> entered_by", name=op.f("ck_payee_account_two_people")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_payee_account_area_id_area")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_payee_account_decided_by_account")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_payee_account_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["replaces"], ["payee_account.id"], name=op.f("fk_payee_account_replaces_payee_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_account")),
    )
    with op.batch_alter_table("payee_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payee_account_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payee_account_path"), ["path"], unique=False)

    op.create_table(
        "payment_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=25), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('utility', 'contribution')", name=op.f("ck_payment_collection_kind")),
        sa.CheckConstraint("amount IS NULL OR amount > 0", name=op.f("ck_payment_collection_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["payee_account.id"], name=op.f("fk_payment_collection_account_id_payee_account")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_payment_collection_area_id_area")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_payment_collection_made_by_account")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_payment_collection_posting_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_collection")),
        sa.UniqueConstraint("code", name=op.f("uq_payment_collection_code")),
    )
    with op.batch_alter_table("payment_collection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_collection_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_collection_path"), ["path"], unique=False)

    op.create_table(
        "collection_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intact", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name=op.f("fk_collection_check_checked_by_account")),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["payment_collection.id"],
            name=op.f("fk_collection_check_collection_id_payment_collection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_check")),
    )
    with op.batch_alter_table("collection_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_collection_check_collection_id"), ["collection_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("collection_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_collection_check_collection_id"))

    op.drop_table("collection_check")
    with op.batch_alter_table("payment_collection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_collection_path"))
        batch_op.drop_index(batch_op.f("ix_payment_collection_area_id"))

    op.drop_table("payment_collection")
    with op.batch_alter_table("payee_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payee_account_path"))
        batch_op.drop_index(batch_op.f("ix_payee_account_area_id"))

    op.drop_table("payee_account")
