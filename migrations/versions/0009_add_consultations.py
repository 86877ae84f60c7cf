"""add consultations"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("moderation", sa.String(length=40), nullable=False),
        sa.Column("invited", sa.Text(), nullable=False),
        sa.Column("council_sent_on", sa.Date(), nullable=True),
        sa.Column("front_sent_on", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_number", sa.String(length=200), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("audience IN ('everyone', 'areas', 'bodies')", name=op.f("ck_consultation_audience")),
        sa.CheckConstraint("moderation IN ('before', 'after')", name=op.f("ck_consultation_moderation")),
        sa.CheckConstraint(
            "status <> 'withdrawn' OR withdraw_reason <> ''", name=op.f("ck_consultation_withdrawn_with_reason")
        ),
        sa.CheckConstraint(
            "status <> 'adopted' OR (adopted_number <> '' AND adopted_on IS NOT NULL)",
            name=op.f("ck_consultation_adopted_whole"),
        ),
        sa.CheckConstraint(
            "status IN ('preparing', 'opened', 'answered', 'adopted', 'withdrawn')", name=op.f("ck_consultation_status")
        ),
        sa.CheckConstraint(
            "status IN ('preparing', 'withdrawn') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND council_sent_on IS NOT NULL AND front_sent_on IS NOT NULL)",
            name=op.f("ck_consultation_published_whole"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_consultation_times")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_consultation_answered_by_account")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_consultation_area_id_area")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_consultation_created_by_account")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_consultation_opened_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consultation_public_id")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index("ix_consultation_area_status", ["area_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_consultation_status"), ["status"], unique=False)

    op.create_table(
        "consultation_area",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_consultation_area_area_id_area")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_area_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "area_id", name=op.f("pk_consultation_area")),
    )
    op.create_table(
        "consultation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("old_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('extended', 'corrected', 'withdrawn')", name=op.f("ck_consultation_change_kind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_consultation_change_reasoned")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_consultation_change_by_account")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_change_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_change")),
    )
    with op.batch_alter_table("consultation_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_change_consultation_id"), ["consultation_id"], unique=False)

    op.create_table(
        "consultation_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('draft', 'reading', 'plan', 'adopted')", name=op.f("ck_consultation_file_kind")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_file_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_consultation_file_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_file")),
    )
    with op.batch_alter_table("consultation_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_file_consultation_id"), ["consultation_id"], unique=False)

    op.create_table(
        "opinion_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("article_anchor", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status = 'suggested' OR decided_by IS NOT NULL", name=op.f("ck_opinion_group_decided_by_person")
        ),
        sa.CheckConstraint("status IN ('suggested', 'accepted', 'dissolved')", name=op.f("ck_opinion_group_status")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_opinion_group_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_opinion_group_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_group")),
    )
    with op.batch_alter_table("opinion_group", schema=None) as batch_op:
        batch_op.create_index("ix_opinion_group_article", ["consultation_id", "article_anchor"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("article_anchor", sa.String(length=60), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("final_place", sa.String(length=500), nullable=False),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'approved') = (approved_by IS NOT NULL)", name=op.f("ck_answer_approved")),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'partly', 'explained', 'noted') OR outcome IS NULL", name=op.f("ck_answer_outcome")
        ),
        sa.CheckConstraint(
            "status = 'assigned' OR (outcome IS NOT NULL AND text <> '')", name=op.f("ck_answer_drafted_whole")
        ),
        sa.CheckConstraint("status IN ('assigned', 'drafted', 'approved')", name=op.f("ck_answer_status")),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name=op.f("ck_answer_two_people")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_answer_approved_by_account")),
        sa.ForeignKeyConstraint(["assigned_to"], ["account.id"], name=op.f("fk_answer_assigned_to_account")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_answer_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_answer_created_by_account")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_answer_drafted_by_account")),
        sa.ForeignKeyConstraint(["group_id"], ["opinion_group.id"], name=op.f("fk_answer_group_id_opinion_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("group_id", name=op.f("uq_answer_group_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_article", ["consultation_id", "article_anchor"], unique=False)

    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('draft', 'final')", name=op.f("ck_draft_version_purpose")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_draft_version_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["consultation_file.id"], name=op.f("fk_draft_version_file_id_consultation_file")
        ),
        sa.ForeignKeyConstraint(["imported_by"], ["account.id"], name=op.f("fk_draft_version_imported_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("consultation_id", "number", name="uq_draft_version_number"),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("article_anchor", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("client_uuid", sa.String(length=40), nullable=True),
        sa.Column("stance", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown_text", sa.Text(), nullable=True),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("naming", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("shown_name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("resident_of", sa.Integer(), nullable=True),
        sa.Column("resident_by", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_detail", sa.String(length=500), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("simhash", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(source = 'web') = (entered_by IS NULL)", name=op.f("ck_comment_entered_by_staff")),
        sa.CheckConstraint("naming <> 'none' OR name = ''", name=op.f("ck_comment_unnamed_has_no_name")),
        sa.CheckConstraint("naming IN ('shown', 'staff', 'none')", name=op.f("ck_comment_naming")),
        sa.CheckConstraint("source IN ('web', 'paper', 'email', 'meeting', 'other')", name=op.f("ck_comment_source")),
        sa.CheckConstraint("stance IN ('agree', 'change', 'other')", name=op.f("ck_comment_stance")),
        sa.CheckConstraint("NOT visible OR shown_text IS NOT NULL", name=op.f("ck_comment_visible_has_text")),
        sa.CheckConstraint("weight >= 1", name=op.f("ck_comment_weight")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_comment_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_comment_entered_by_account")),
        sa.ForeignKeyConstraint(["group_id"], ["opinion_group.id"], name=op.f("fk_comment_group_id_opinion_group")),
        sa.ForeignKeyConstraint(["resident_of"], ["area.id"], name=op.f("fk_comment_resident_of_area")),
        sa.ForeignKeyConstraint(["version_id"], ["draft_version.id"], name=op.f("fk_comment_version_id_draft_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("client_uuid", name=op.f("uq_comment_client_uuid")),
        sa.UniqueConstraint("code", name=op.f("uq_comment_code")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_article", ["consultation_id", "article_anchor", "visible", "id"], unique=False
        )
        batch_op.create_index(
            "ix_comment_shown",
            ["consultation_id", "article_anchor", "id"],
            unique=False,
            sqlite_where=sa.text("shown_text <> ''"),
            postgresql_where=sa.text("shown_text <> ''"),
        )
        batch_op.create_index("ix_comment_order", ["consultation_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comment_count",
            ["consultation_id", "visible", "article_anchor", "stance", "weight"],
            unique=False,
        )
        batch_op.create_index("ix_comment_fingerprint", ["consultation_id", "text_hash", "device_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_group_id"), ["group_id"], unique=False)

    op.create_table(
        "piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("article_anchor", sa.String(length=60), nullable=False),
        sa.Column("heading", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "level IN ('lead', 'part', 'chapter', 'section', 'article', 'clause', 'point')", name=op.f("ck_piece_level")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["draft_version.id"], name=op.f("fk_piece_version_id_draft_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece")),
        sa.UniqueConstraint("version_id", "anchor", name="uq_piece_anchor"),
    )
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.create_index("ix_piece_version_position", ["version_id", "position"], unique=False)

    op.create_table(
        "comment_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_file_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_file")),
    )
    with op.batch_alter_table("comment_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_file_comment_id"), ["comment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("comment_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_file_comment_id"))

    op.drop_table("comment_file")
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.drop_index("ix_piece_version_position")

    op.drop_table("piece")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_group_id"))
        batch_op.drop_index("ix_comment_fingerprint")
        batch_op.drop_index("ix_comment_count")
        batch_op.drop_index("ix_comment_order")
        batch_op.drop_index("ix_comment_shown", sqlite_where=sa.text("shown_text <> ''"))
        batch_op.drop_index("ix_comment_article")

    op.drop_table("comment")
    op.drop_table("draft_version")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_article")

    op.drop_table("answer")
    with op.batch_alter_table("opinion_group", schema=None) as batch_op:
        batch_op.drop_index("ix_opinion_group_article")

    op.drop_table("opinion_group")
    with op.batch_alter_table("consultation_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_file_consultation_id"))

    op.drop_table("consultation_file")
    with op.batch_alter_table("consultation_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_change_consultation_id"))

    op.drop_table("consultation_change")
    op.drop_table("consultation_area")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_status"))
        batch_op.drop_index("ix_consultation_area_status")

    op.drop_table("consultation")
