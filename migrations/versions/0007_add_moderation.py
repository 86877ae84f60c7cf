"""add moderation"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "abuse_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_abuse_word_added_by_account")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_abuse_word_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_word")),
        sa.UniqueConstraint("area_id", "folded", "exact", name="uq_abuse_word"),
    )
    op.create_table(
        "moderation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("collection", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("shown_text", sa.Text(), nullable=True),
        sa.Column("covered", sa.Text(), nullable=False),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("suggestions", sa.Text(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_taken", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason_key", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("referred_to", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reports >= 0", name=op.f("ck_moderation_item_reports")),
        sa.CheckConstraint("mode IN ('before', 'after')", name=op.f("ck_moderation_item_mode")),
        sa.CheckConstraint(
            "status <> 'rejected' OR reason_key <> ''", name=op.f("ck_moderation_item_no_refusal_without_reason")
        ),
        sa.CheckConstraint("status = 'pending' OR decided_at IS NOT NULL", name=op.f("ck_moderation_item_decided")),
        sa.CheckConstraint(
            "status IN ('pending', 'approved', 'rejected', 'referred')", name=op.f("ck_moderation_item_status")
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["account.id"], name=op.f("fk_moderation_item_claimed_by_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_moderation_item_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_item")),
        sa.UniqueConstraint("kind", "subject_id", name="uq_moderation_item_subject"),
    )
    with op.batch_alter_table("moderation_item", schema=None) as batch_op:
        batch_op.create_index("ix_moderation_item_collection", ["collection", "path", "id"], unique=False)
        batch_op.create_index("ix_moderation_item_device", ["device_hash", "submitted_at"], unique=False)
        batch_op.create_index(
            "ix_moderation_item_held",
            ["claimed_by"],
            unique=False,
            sqlite_where=sa.text("claimed_by IS NOT NULL"),
            postgresql_where=sa.text("claimed_by IS NOT NULL"),
        )
        batch_op.create_index("ix_moderation_item_queue", ["status", "due_at", "id", "path"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_item_reports"), ["reports"], unique=False)
        batch_op.create_index("ix_moderation_item_risk", ["status", "risk", "due_at", "id", "path"], unique=False)
        batch_op.create_index("ix_moderation_item_same_text", ["collection", "text_key"], unique=False)

    op.create_table(
        "abuse_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reason_key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_abuse_report_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_report")),
        sa.UniqueConstraint("item_id", "device_hash", name="uq_abuse_report_device"),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_by", sa.Integer(), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IS NULL OR outcome IN ('upheld', 'dismissed')", name=op.f("ck_appeal_outcome")),
        sa.CheckConstraint("outcome IS NULL OR reason <> ''", name=op.f("ck_appeal_reasoned")),
        sa.CheckConstraint("(outcome IS NULL) = (heard_at IS NULL)", name=op.f("ck_appeal_heard")),
        sa.ForeignKeyConstraint(["heard_by"], ["account.id"], name=op.f("fk_appeal_heard_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["moderation_item.id"], name=op.f("fk_appeal_item_id_moderation_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("item_id", name=op.f("uq_appeal_item_id")),
    )
    op.create_table(
        "moderation_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("reason_key", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_moderation_act_by_account")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_moderation_act_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.create_index("ix_moderation_act_by", ["by", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_act_item_id"), ["item_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_act_item_id"))
        batch_op.drop_index("ix_moderation_act_by")

    op.drop_table("moderation_act")
    op.drop_table("appeal")
    op.drop_table("abuse_report")
    with op.batch_alter_table("moderation_item", schema=None) as batch_op:
        batch_op.drop_index("ix_moderation_item_same_text")
        batch_op.drop_index("ix_moderation_item_risk")
        batch_op.drop_index(batch_op.f("ix_moderation_item_reports"))
        batch_op.drop_index("ix_moderation_item_queue")
        batch_op.drop_index(
            "ix_moderation_item_held",
            sqlite_where=sa.text("claimed_by IS NOT NULL"),
            postgresql_where=sa.text("claimed_by IS NOT NULL"),
        )
        batch_op.drop_index("ix_moderation_item_device")
        batch_op.drop_index("ix_moderation_item_collection")

    op.drop_table("moderation_item")
    op.drop_table("abuse_word")
