"""add ratings, what is added to them, and their review"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("up_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_rule_run_center_id_service_center")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_run")),
    )
    with op.batch_alter_table("rule_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_run_center_id"), ["center_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_uuid", sa.String(length=40), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("kiosk", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("network_hash", sa.String(length=64), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("staff_device", sa.Boolean(), nullable=False),
        sa.Column("ua_family", sa.String(length=40), nullable=False),
        sa.Column("screen", sa.String(length=20), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("standing", sa.String(length=40), server_default="counted", nullable=False),
        sa.CheckConstraint("standing IN ('counted', 'held', 'excluded', 'restored')", name=op.f("ck_rating_standing")),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_rating_level")),
        sa.CheckConstraint("tier BETWEEN 0 AND 2", name=op.f("ck_rating_tier")),
        sa.ForeignKeyConstraint(["center_id"], ["service_center.id"], name=op.f("fk_rating_center_id_service_center")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_rating_counter_id_service_counter")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["procedure_group.id"], name=op.f("fk_rating_group_id_procedure_group")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_rating_officer_id_officer")),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_rating_point_id_rating_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("client_uuid", name=op.f("uq_rating_client_uuid")),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index("ix_rating_center_day", ["center_id", "day"], unique=False)
        batch_op.create_index("ix_rating_device", ["device_hash", "made_at"], unique=False)
        batch_op.create_index("ix_rating_officer", ["officer_id", "day"], unique=False)
        batch_op.create_index("ix_rating_point", ["point_id", "made_at"], unique=False)
        batch_op.create_index("ix_rating_received", ["received_at"], unique=False)

    op.create_table(
        "survey_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_uuid", sa.String(length=40), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_survey_response_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["rating_point.id"], name=op.f("fk_survey_response_point_id_rating_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint("client_uuid", name=op.f("uq_survey_response_client_uuid")),
    )
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.create_index("ix_survey_response_center", ["center_id", "year"], unique=False)

    op.create_table(
        "rating_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=True),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('exclude', 'restore')", name=op.f("ck_rating_flag_decision")
        ),
        sa.CheckConstraint("decision IS NULL OR reason <> ''", name=op.f("ck_rating_flag_no_decision_without_reason")),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_rating_flag_decided")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_rating_flag_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_rating_flag_decided_by_account")),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_rating_flag_point_id_rating_point")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_flag_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_flag")),
    )
    with op.batch_alter_table("rating_flag", schema=None) as batch_op:
        batch_op.create_index("ix_rating_flag_cluster", ["cluster"], unique=False)
        batch_op.create_index("ix_rating_flag_open", ["center_id", "decided_at"], unique=False)
        batch_op.create_index("ix_rating_flag_rating", ["rating_id", "rule"], unique=False)

    op.create_table(
        "rating_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown_text", sa.Text(), nullable=True),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.Column("photo_key", sa.String(length=500), nullable=False),
        sa.Column("photo_visible", sa.Boolean(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT visible OR shown_text IS NOT NULL", name=op.f("ck_rating_note_visible_has_text")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_rating_note_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_note_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_note")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_rating_note_rating_id")),
    )
    with op.batch_alter_table("rating_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_note_center_id"), ["center_id"], unique=False)

    op.create_table(
        "rating_reason",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_reason_rating_id_rating")),
        sa.PrimaryKeyConstraint("rating_id", "reason", name=op.f("pk_rating_reason")),
    )
    op.create_table(
        "restricted_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_phone", sa.LargeBinary(), nullable=True),
        sa.Column("photo_key", sa.String(length=500), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("referred_to", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('unofficial_payment', 'named_accusation')", name=op.f("ck_restricted_report_kind")
        ),
        sa.CheckConstraint("status IN ('new', 'read', 'referred', 'closed')", name=op.f("ck_restricted_report_status")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_restricted_report_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_restricted_report_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_report")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_restricted_report_code_hash")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_restricted_report_rating_id")),
    )
    with op.batch_alter_table("restricted_report", schema=None) as batch_op:
        batch_op.create_index("ix_restricted_report_queue", ["path", "status", "received_at"], unique=False)

    op.create_table(
        "slip_answer",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_slip_answer_rating_id_rating")),
        sa.PrimaryKeyConstraint("rating_id", "question", name=op.f("pk_slip_answer")),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_survey_answer_level")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_response.id"], name=op.f("fk_survey_answer_response_id_survey_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("response_id", "item", name="uq_survey_answer_item"),
    )
    op.create_table(
        "feedback_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('new', 'assigned', 'answered', 'reopened', 'closed')", name=op.f("ck_feedback_case_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('answered', 'closed') OR answer <> ''", name=op.f("ck_feedback_case_no_end_without_answer")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_feedback_case_answered_by_account")),
        sa.ForeignKeyConstraint(["assigned_to"], ["account.id"], name=op.f("fk_feedback_case_assigned_to_account")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_feedback_case_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_feedback_case_counter_id_service_counter")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["rating_note.id"], name=op.f("fk_feedback_case_note_id_rating_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_case")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_feedback_case_code_hash")),
        sa.UniqueConstraint("note_id", name=op.f("uq_feedback_case_note_id")),
    )
    with op.batch_alter_table("feedback_case", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_case_center", ["center_id", "opened_at"], unique=False)
        batch_op.create_index("ix_feedback_case_queue", ["status", "due_at"], unique=False)

    op.create_table(
        "restricted_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_restricted_act_by_account")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["restricted_report.id"], name=op.f("fk_restricted_act_report_id_restricted_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_act")),
    )
    with op.batch_alter_table("restricted_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restricted_act_report_id"), ["report_id"], unique=False)

    op.create_table(
        "case_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_case_act_by_account")),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"], name=op.f("fk_case_act_case_id_feedback_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_act")),
    )
    with op.batch_alter_table("case_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_act_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("case_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_act_case_id"))

    op.drop_table("case_act")
    with op.batch_alter_table("restricted_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restricted_act_report_id"))

    op.drop_table("restricted_act")
    with op.batch_alter_table("feedback_case", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_case_queue")
        batch_op.drop_index("ix_feedback_case_center")

    op.drop_table("feedback_case")
    op.drop_table("survey_answer")
    op.drop_table("slip_answer")
    with op.batch_alter_table("restricted_report", schema=None) as batch_op:
        batch_op.drop_index("ix_restricted_report_queue")

    op.drop_table("restricted_report")
    op.drop_table("rating_reason")
    with op.batch_alter_table("rating_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_note_center_id"))

    op.drop_table("rating_note")
    with op.batch_alter_table("rating_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_flag_rating")
        batch_op.drop_index("ix_rating_flag_open")
        batch_op.drop_index("ix_rating_flag_cluster")

    op.drop_table("rating_flag")
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_response_center")

    op.drop_table("survey_response")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_received")
        batch_op.drop_index("ix_rating_point")
        batch_op.drop_index("ix_rating_officer")
        batch_op.drop_index("ix_rating_device")
        batch_op.drop_index("ix_rating_center_day")

    op.drop_table("rating")
    with op.batch_alter_table("rule_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_run_center_id"))

    op.drop_table("rule_run")
