"""create tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=500), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("legal_type", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("front_name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.CheckConstraint("(level = 'residential') = (legal_type IS NOT NULL)", name=op.f("ck_area_legal_type_given")),
        sa.CheckConstraint(
            "legal_type IS NULL OR legal_type IN ('thon', 'to_dan_pho')", name=op.f("ck_area_legal_type")
        ),
        sa.CheckConstraint("level IN ('province', 'commune', 'residential')", name=op.f("ck_area_level")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_area_validity")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("path", name=op.f("uq_area_path")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_search"), ["search"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'working')", name=op.f("ck_calendar_day_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
    )
    op.create_table(
        "try_counter",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_try_counter")),
    )
    with op.batch_alter_table("try_counter", schema=None) as batch_op:
        batch_op.create_index("ix_try_counter_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "area_succession",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_area_succession_not_itself")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["area.id"], name=op.f("fk_area_succession_predecessor_id_area")),
        sa.ForeignKeyConstraint(["successor_id"], ["area.id"], name=op.f("fk_area_succession_successor_id_area")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_area_succession")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("search", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_entry_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_path"), ["path"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("cluster", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=700), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_household_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index("ix_household_area_position", ["area_id", "position"], unique=False)
        batch_op.create_index(
            "uq_household_number",
            ["area_id", "number"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("rule_key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("custody", sa.String(length=40), nullable=False),
        sa.Column("may_change", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roll_rule", sa.Text(), nullable=False),
        sa.Column("small_poll_accepted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consent_poll_id", sa.Integer(), nullable=True),
        sa.Column("roll_size", sa.Integer(), nullable=True),
        sa.Column("roll_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("definition_sha256", sa.String(length=64), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("NOT may_change OR level = 'sealed'", name=op.f("ck_poll_change_needs_seal")),
        sa.CheckConstraint("custody IN ('service', 'holders')", name=op.f("ck_poll_custody")),
        sa.CheckConstraint(
            "form <> 'online' OR kind <> 'decision' OR (clause = 6 AND scope = 'area')",
            name=op.f("ck_poll_online_lawful"),
        ),
        sa.CheckConstraint("form IN ('online', 'meeting', 'ballot')", name=op.f("ck_poll_form")),
        sa.CheckConstraint("kind IN ('decision', 'online_consent')", name=op.f("ck_poll_kind")),
        sa.CheckConstraint(
            "level <> 'sealed' OR status IN ('preparing', 'submitted', 'cancelled') OR public_key IS NOT NULL",
            name=op.f("ck_poll_sealed_has_key"),
        ),
        sa.CheckConstraint("level IN ('open', 'sealed')", name=op.f("ck_poll_level")),
        sa.CheckConstraint("scope IN ('area', 'commune')", name=op.f("ck_poll_scope")),
        sa.CheckConstraint(
            "status IN ('preparing', 'submitted', 'cancelled') OR (roll_size > 0 AND roll_fingerprint IS NOT NULL AND definition_sha256 IS NOT NULL AND opens_at IS NOT NULL AND closes_at IS NOT NULL)",
            name=op.f("ck_poll_frozen"),
        ),
        sa.CheckConstraint(
            "status IN ('preparing', 'submitted', 'opened', 'closed', 'counted', 'decided', 'cancelled')",
            name=op.f("ck_poll_status"),
        ),
        sa.CheckConstraint("clause BETWEEN 1 AND 6", name=op.f("ck_poll_clause")),
        sa.CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_poll_times")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_poll_area_id_area")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_poll_confirmed_by_account")),
        sa.ForeignKeyConstraint(["consent_poll_id"], ["poll.id"], name=op.f("fk_poll_consent_poll_id_poll")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_poll_created_by_account")),
        sa.ForeignKeyConstraint(["submitted_by"], ["account.id"], name=op.f("fk_poll_submitted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("public_id", name=op.f("uq_poll_public_id")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_status"), ["status"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_role_grant_order")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_role_grant_area_id_area")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_role_grant_granted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_account_id"), ["account_id"], unique=False)

    op.create_table(
        "roll_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_roll_decision_area_id_area")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_roll_decision_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_decision")),
    )
    with op.batch_alter_table("roll_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_decision_area_id"), ["area_id"], unique=False)

    op.create_table(
        "roll_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=500), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("base_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('uploaded', 'committed', 'undone', 'discarded')", name=op.f("ck_roll_import_status")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_roll_import_area_id_area")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_roll_import_created_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_import")),
    )
    with op.batch_alter_table("roll_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_import_area_id"), ["area_id"], unique=False)

    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_factor_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_staff_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "key_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_key_release_account_id_account")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_key_release_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_release")),
        sa.UniqueConstraint("poll_id", "account_id", name="uq_key_release_account"),
        sa.UniqueConstraint("poll_id", "body", name="uq_key_release_body"),
    )
    op.create_table(
        "log_leaf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot_tag", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=40), nullable=True),
        sa.Column("receipt", sa.String(length=12), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('poll-definition', 'roll-change', 'open', 'cast', 'paper-batch', 'close', 'result', 'decision')",
            name=op.f("ck_log_leaf_kind"),
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_log_leaf_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_leaf")),
    )
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.create_index("ix_log_leaf_poll_id", ["poll_id"], unique=False)
        batch_op.create_index(
            "uq_log_leaf_receipt",
            ["receipt"],
            unique=True,
            postgresql_where=sa.text("kind = 'cast'"),
            sqlite_where=sa.text("kind = 'cast'"),
        )

    op.create_table(
        "poll_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("new_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_body", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_body", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'extend') = (new_closes_at IS NOT NULL)", name=op.f("ck_poll_change_extend_has_time")
        ),
        sa.CheckConstraint("kind IN ('extend', 'cancel')", name=op.f("ck_poll_change_kind")),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_poll_change_two_people")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_poll_change_decided_by_account")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_change_poll_id_poll")),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name=op.f("fk_poll_change_requested_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_change")),
    )
    with op.batch_alter_table("poll_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_change_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_decision",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("head_name", sa.String(length=200), nullable=False),
        sa.Column("front_name", sa.String(length=200), nullable=False),
        sa.Column("household_one", sa.String(length=200), nullable=False),
        sa.Column("household_two", sa.String(length=200), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_committee_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_front_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_places", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "form IN ('nghi_quyet', 'bien_ban', 'ghi_nho', 'thoa_thuan')", name=op.f("ck_poll_decision_form")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_decision_poll_id_poll")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_poll_decision_sent_by_account")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_poll_decision_written_by_account")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_decision")),
    )
    op.create_table(
        "poll_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('reading', 'audio', 'proof')", name=op.f("ck_poll_document_kind")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_document_poll_id_poll")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_poll_document_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_document")),
    )
    with op.batch_alter_table("poll_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_document_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_other_opinion",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_other_opinion_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", "position", name=op.f("pk_poll_other_opinion")),
    )
    op.create_table(
        "poll_rehearsal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("run_by", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_rehearsal_poll_id_poll")),
        sa.ForeignKeyConstraint(["run_by"], ["account.id"], name=op.f("fk_poll_rehearsal_run_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_rehearsal")),
    )
    with op.batch_alter_table("poll_rehearsal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_rehearsal_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_result",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("rule_key", sa.String(length=40), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("batch_sha256", sa.String(length=64), nullable=False),
        sa.Column("reconciliation", sa.Text(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "agree >= 0 AND disagree >= 0 AND other >= 0 AND invalid >= 0",
            name=op.f("ck_poll_result_not_negative"),
        ),
        sa.CheckConstraint("counted <= roll_size", name=op.f("ck_poll_result_at_most_all")),
        sa.CheckConstraint("counted = agree + disagree + other + invalid", name=op.f("ck_poll_result_sum")),
        sa.CheckConstraint("passed = (agree >= needed)", name=op.f("ck_poll_result_outcome")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_result_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_result")),
    )
    op.create_table(
        "poll_team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "body IN ('community', 'front', 'household', 'technical')", name=op.f("ck_poll_team_member_body")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_poll_team_member_account_id_account")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_team_member_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_team_member")),
    )
    with op.batch_alter_table("poll_team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_team_member_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "representative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_representative_household_id_household")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_representative_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representative_household_id"), ["household_id"], unique=False)
        batch_op.create_index("ix_representative_sort_key", ["sort_key"], unique=False)
        batch_op.create_index(
            "uq_representative_active",
            ["household_id"],
            unique=True,
            postgresql_where=sa.text("until IS NULL"),
            sqlite_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "roll_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("number_key", sa.String(length=30), nullable=False),
        sa.Column("representative", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search", sa.String(length=700), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("cluster", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slot_salt", sa.String(length=20), nullable=False),
        sa.Column("slot_tag", sa.String(length=64), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_roll_entry_household_id_household")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_roll_entry_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entry")),
        sa.UniqueConstraint("poll_id", "household_id", name="uq_roll_entry_household"),
        sa.UniqueConstraint("poll_id", "id", name="uq_roll_entry_poll"),
        sa.UniqueConstraint("poll_id", "number", name="uq_roll_entry_number"),
    )
    op.create_table(
        "roll_import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_roll_import_change_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roll_import.id"], name=op.f("fk_roll_import_change_import_id_roll_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_import_change")),
    )
    with op.batch_alter_table("roll_import_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_import_change_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_import_change_import_id"), ["import_id"], unique=False)

    op.create_table(
        "poll_precondition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("consent_poll_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "key IN ('leaders_agree', 'reported_committee', 'reported_front', 'community_agrees', 'devices')",
            name=op.f("ck_poll_precondition_key"),
        ),
        sa.ForeignKeyConstraint(
            ["consent_poll_id"], ["poll.id"], name=op.f("fk_poll_precondition_consent_poll_id_poll")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["poll_document.id"], name=op.f("fk_poll_precondition_document_id_poll_document")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_precondition_poll_id_poll")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_poll_precondition_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_precondition")),
    )
    with op.batch_alter_table("poll_precondition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_precondition_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("code_salt", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_by", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["activated_by"], ["account.id"], name=op.f("fk_slip_activated_by_account")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_slip_issued_by_account")),
        sa.ForeignKeyConstraint(["poll_id", "entry_id"], ["roll_entry.poll_id", "roll_entry.id"], name="fk_slip_entry"),
        sa.ForeignKeyConstraint(["revoked_by"], ["account.id"], name=op.f("fk_slip_revoked_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_slip_secret_hash")),
    )
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.create_index("ix_slip_poll_id", ["poll_id"], unique=False)
        batch_op.create_index(
            "uq_slip_valid",
            ["entry_id"],
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "ballot",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=True),
        sa.Column("other_envelope", sa.LargeBinary(), nullable=True),
        sa.Column("choice", sa.String(length=40), nullable=True),
        sa.Column("other_text", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("assisted_by", sa.Integer(), nullable=True),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=40), nullable=False),
        sa.Column("receipt", sa.String(length=12), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(channel = 'counter') = (assisted_by IS NOT NULL)", name=op.f("ck_ballot_assistance_recorded")
        ),
        sa.CheckConstraint("channel IN ('phone', 'counter')", name=op.f("ck_ballot_channel")),
        sa.CheckConstraint("(envelope IS NULL) <> (choice IS NULL)", name=op.f("ck_ballot_sealed_or_open")),
        sa.ForeignKeyConstraint(["assisted_by"], ["account.id"], name=op.f("fk_ballot_assisted_by_account")),
        sa.ForeignKeyConstraint(
            ["poll_id", "entry_id"], ["roll_entry.poll_id", "roll_entry.id"], name="fk_ballot_entry"
        ),
        sa.ForeignKeyConstraint(["slip_id"], ["slip.id"], name=op.f("fk_ballot_slip_id_slip")),
        sa.PrimaryKeyConstraint("poll_id", "entry_id", name=op.f("pk_ballot")),
    )


def downgrade() -> None:

    op.drop_table("ballot")
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_slip_valid",
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index("ix_slip_poll_id")

    op.drop_table("slip")
    with op.batch_alter_table("poll_precondition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_precondition_poll_id"))

    op.drop_table("poll_precondition")
    with op.batch_alter_table("roll_import_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roll_import_change_import_id"))
        batch_op.drop_index(batch_op.f("ix_roll_import_change_household_id"))

    op.drop_table("roll_import_change")
    op.drop_table("roll_entry")
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_representative_active",
            postgresql_where=sa.text("until IS NULL"),
            sqlite_where=sa.text("until IS NULL"),
        )
        batch_op.drop_index("ix_representative_sort_key")
        batch_op.drop_index(batch_op.f("ix_representative_household_id"))

    op.drop_table("representative")
    with op.batch_alter_table("poll_team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_team_member_poll_id"))

    op.drop_table("poll_team_member")
    op.drop_table("poll_result")
    with op.batch_alter_table("poll_rehearsal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_rehearsal_poll_id"))

    op.drop_table("poll_rehearsal")
    op.drop_table("poll_other_opinion")
    with op.batch_alter_table("poll_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_document_poll_id"))

    op.drop_table("poll_document")
    op.drop_table("poll_decision")
    with op.batch_alter_table("poll_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_change_poll_id"))

    op.drop_table("poll_change")
    with op.batch_alter_table("log_leaf", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_log_leaf_receipt",
            postgresql_where=sa.text("kind = 'cast'"),
            sqlite_where=sa.text("kind = 'cast'"),
        )
        batch_op.drop_index("ix_log_leaf_poll_id")

    op.drop_table("log_leaf")
    op.drop_table("key_release")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_account_id"))

    op.drop_table("staff_session")
    with op.batch_alter_table("roll_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roll_import_area_id"))

    op.drop_table("roll_import")
    with op.batch_alter_table("roll_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roll_decision_area_id"))

    op.drop_table("roll_decision")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_account_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_status"))
        batch_op.drop_index(batch_op.f("ix_poll_area_id"))

    op.drop_table("poll")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_household_number",
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_household_area_position")

    op.drop_table("household")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_path"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_action"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_account_id"))

    op.drop_table("audit_entry")
    op.drop_table("area_succession")
    with op.batch_alter_table("try_counter", schema=None) as batch_op:
        batch_op.drop_index("ix_try_counter_expires_at")

    op.drop_table("try_counter")
    op.drop_table("calendar_day")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_search"))
        batch_op.drop_index(batch_op.f("ix_area_parent_id"))

    op.drop_table("area")
    op.drop_table("account")
