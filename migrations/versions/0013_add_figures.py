"""add figures, quarterly reports, alerts and the board"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("posted_by", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_board_note_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["posted_by"], ["account.id"], name=op.f("fk_board_note_posted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_note")),
    )
    with op.batch_alter_table("board_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_note_center_id"), ["center_id"], unique=False)

    op.create_table(
        "quarter_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scored_by", sa.Integer(), nullable=True),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'scored', 'verified')", name=op.f("ck_quarter_report_status")),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_quarter_report_quarter")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_quarter_report_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_quarter_report_made_by_account")),
        sa.ForeignKeyConstraint(["scored_by"], ["account.id"], name=op.f("fk_quarter_report_scored_by_account")),
        sa.ForeignKeyConstraint(["verified_by"], ["account.id"], name=op.f("fk_quarter_report_verified_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_report")),
        sa.UniqueConstraint("center_id", "year", "quarter", name="uq_quarter_report"),
    )
    op.create_table(
        "rating_sum",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_rating_sum_center_id_service_center")
        ),
        sa.PrimaryKeyConstraint(
            "day",
            "center_id",
            "counter_id",
            "group_id",
            "officer_id",
            "tier",
            "level",
            "headline",
            name=op.f("pk_rating_sum"),
        ),
    )
    with op.batch_alter_table("rating_sum", schema=None) as batch_op:
        batch_op.create_index("ix_rating_sum_center", ["center_id", "day"], unique=False)

    op.create_table(
        "reason_sum",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_reason_sum_center_id_service_center")
        ),
        sa.PrimaryKeyConstraint(
            "day", "center_id", "counter_id", "group_id", "reason", "headline", name=op.f("pk_reason_sum")
        ),
    )
    with op.batch_alter_table("reason_sum", schema=None) as batch_op:
        batch_op.create_index("ix_reason_sum_center", ["center_id", "day"], unique=False)

    op.create_table(
        "sum_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["service_center.id"], name=op.f("fk_sum_due_center_id_service_center")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sum_due")),
    )
    with op.batch_alter_table("sum_due", schema=None) as batch_op:
        batch_op.create_index("ix_sum_due_day", ["center_id", "day"], unique=False)

    op.create_table(
        "sum_run",
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["service_center.id"], name=op.f("fk_sum_run_center_id_service_center")),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_sum_run")),
    )
    op.create_table(
        "counter_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("before_n", sa.Integer(), nullable=False),
        sa.Column("before_satisfied", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_counter_alert_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_counter_alert_closed_by_account")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_counter_alert_counter_id_service_counter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_alert")),
    )
    with op.batch_alter_table("counter_alert", schema=None) as batch_op:
        batch_op.create_index("ix_counter_alert_center", ["center_id", "closed_at"], unique=False)

    op.create_table(
        "quarter_score",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("self_score", sa.Integer(), nullable=True),
        sa.Column("self_reason", sa.Text(), nullable=False),
        sa.Column("verified_score", sa.Integer(), nullable=True),
        sa.Column("verified_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("idx BETWEEN 1 AND 9", name=op.f("ck_quarter_score_idx")),
        sa.CheckConstraint("source IN ('data', 'opinion', 'unknown')", name=op.f("ck_quarter_score_source")),
        sa.CheckConstraint(
            "self_score IS NULL OR self_score BETWEEN 0 AND 2", name=op.f("ck_quarter_score_self_score")
        ),
        sa.CheckConstraint(
            "verified_score IS NULL OR verified_score BETWEEN 0 AND 2", name=op.f("ck_quarter_score_verified_score")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["quarter_report.id"], name=op.f("fk_quarter_score_report_id_quarter_report")
        ),
        sa.PrimaryKeyConstraint("report_id", "idx", name=op.f("pk_quarter_score")),
    )


def downgrade() -> None:
    op.drop_table("quarter_score")
    with op.batch_alter_table("counter_alert", schema=None) as batch_op:
        batch_op.drop_index("ix_counter_alert_center")

    op.drop_table("counter_alert")
    op.drop_table("sum_run")
    with op.batch_alter_table("sum_due", schema=None) as batch_op:
        batch_op.drop_index("ix_sum_due_day")

    op.drop_table("sum_due")
    with op.batch_alter_table("reason_sum", schema=None) as batch_op:
        batch_op.drop_index("ix_reason_sum_center")

    op.drop_table("reason_sum")
    with op.batch_alter_table("rating_sum", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_sum_center")

    op.drop_table("rating_sum")
    op.drop_table("quarter_report")
    with op.batch_alter_table("board_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_note_center_id"))

    op.drop_table("board_note")
