"""add postings"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("permanent OR status = 'draft' OR until IS NOT NULL", name=op.f("ck_posting_period_ends")),
        sa.CheckConstraint(
            "status <> 'withdrawn' OR withdraw_reason <> ''", name=op.f("ck_posting_withdrawn_with_reason")
        ),
        sa.CheckConstraint("status = 'draft' OR since IS NOT NULL", name=op.f("ck_posting_dated")),
        sa.CheckConstraint("status IN ('draft', 'posted', 'withdrawn')", name=op.f("ck_posting_status")),
        sa.CheckConstraint("NOT permanent OR until IS NULL", name=op.f("ck_posting_permanent_has_no_end")),
        sa.CheckConstraint("head BETWEEN 1 AND 14", name=op.f("ck_posting_head")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_posting_period")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_posting_area_id_area")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_posting_created_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_posting_public_id")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_area_since", ["area_id", "since"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_source"), ["source"], unique=False)
        batch_op.create_index(
            "uq_posting_source",
            ["area_id", "head", "source"],
            unique=True,
            postgresql_where=sa.text("source <> ''"),
            sqlite_where=sa.text("source <> ''"),
        )

    op.create_table(
        "planned_posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("ways", sa.String(length=500), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("head BETWEEN 1 AND 14", name=op.f("ck_planned_posting_head")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_planned_posting_area_id_area")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_planned_posting_created_by_account")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_planned_posting_posting_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_posting")),
    )
    with op.batch_alter_table("planned_posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_posting_area_id"), ["area_id"], unique=False)

    op.create_table(
        "posting_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_file_posting_id_posting")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_posting_file_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_file")),
    )
    with op.batch_alter_table("posting_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_file_posting_id"), ["posting_id"], unique=False)

    op.create_table(
        "posting_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=500), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("photo_key", sa.String(length=200), nullable=True),
        sa.Column("photo_type", sa.String(length=200), nullable=False),
        sa.Column("photo_taken_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('portal', 'board', 'loudspeaker', 'area_head', 'meeting', 'other')",
            name=op.f("ck_posting_place_kind"),
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name=op.f("ck_posting_place_period")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_posting_place_area_id_area")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_posting_place_posting_id_posting")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_posting_place_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_place")),
    )
    with op.batch_alter_table("posting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_place_posting_id"), ["posting_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("posting_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_place_posting_id"))

    op.drop_table("posting_place")
    with op.batch_alter_table("posting_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_file_posting_id"))

    op.drop_table("posting_file")
    with op.batch_alter_table("planned_posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_posting_area_id"))

    op.drop_table("planned_posting")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index("uq_posting_source")
        batch_op.drop_index(batch_op.f("ix_posting_source"))
        batch_op.drop_index("ix_posting_area_since")

    op.drop_table("posting")
