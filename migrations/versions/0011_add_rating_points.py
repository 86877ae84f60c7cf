"""add rating points"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_center",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("hotline", sa.String(length=30), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("networks", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_service_center_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_center")),
    )
    with op.batch_alter_table("service_center", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_center_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_center_path"), ["path"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["service_center.id"], name=op.f("fk_api_key_center_id_service_center")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_api_key_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_key_key_hash")),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_center_id"), ["center_id"], unique=False)

    op.create_table(
        "dossier_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("early", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("once", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("returned >= 0 AND early + on_time + late <= returned", name=op.f("ck_dossier_count_whole")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_dossier_count_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["imported_by"], ["account.id"], name=op.f("fk_dossier_count_imported_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_count")),
        sa.UniqueConstraint("center_id", "day", "counter_id", "group_id", name="uq_dossier_count_day"),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("search", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_officer_account_id_account")),
        sa.ForeignKeyConstraint(["center_id"], ["service_center.id"], name=op.f("fk_officer_center_id_service_center")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("center_id", "code", name="uq_officer_code"),
    )
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_officer_path"), ["path"], unique=False)

    op.create_table(
        "procedure_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_procedure_group_center_id_service_center")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_group")),
        sa.UniqueConstraint("center_id", "name", name="uq_procedure_group_name"),
    )
    with op.batch_alter_table("procedure_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_procedure_group_path"), ["path"], unique=False)

    op.create_table(
        "service_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_service_counter_center_id_service_center")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_counter")),
        sa.UniqueConstraint("center_id", "number", name="uq_service_counter_number"),
    )
    with op.batch_alter_table("service_counter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_counter_path"), ["path"], unique=False)

    op.create_table(
        "counter_group",
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_counter_group_counter_id_service_counter")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["procedure_group.id"], name=op.f("fk_counter_group_group_id_procedure_group")
        ),
        sa.PrimaryKeyConstraint("counter_id", "group_id", name=op.f("pk_counter_group")),
    )
    op.create_table(
        "rating_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.String(length=500), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason = '')", name=op.f("ck_rating_point_revoked_with_reason")
        ),
        sa.CheckConstraint("group_id IS NULL OR counter_id IS NOT NULL", name=op.f("ck_rating_point_group_at_counter")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_rating_point_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_rating_point_counter_id_service_counter")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["procedure_group.id"], name=op.f("fk_rating_point_group_id_procedure_group")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_rating_point_issued_by_account")),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["rating_point.id"], name=op.f("fk_rating_point_replaced_by_rating_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_point")),
        sa.UniqueConstraint("code", name=op.f("uq_rating_point_code")),
    )
    with op.batch_alter_table("rating_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_point_center_id"), ["center_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_point_counter_id"), ["counter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_point_path"), ["path"], unique=False)

    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'duty') = (counter_id IS NOT NULL)", name=op.f("ck_shift_duty_at_counter")),
        sa.CheckConstraint("kind IN ('duty', 'leave')", name=op.f("ck_shift_kind")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_shift_order")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["service_counter.id"], name=op.f("fk_shift_counter_id_service_counter")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_shift_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index("ix_shift_counter", ["counter_id", "starts_at"], unique=False)
        batch_op.create_index("ix_shift_officer", ["officer_id", "starts_at"], unique=False)

    op.create_table(
        "display",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("paired_by", sa.Integer(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('screen', 'kiosk')", name=op.f("ck_display_kind")),
        sa.ForeignKeyConstraint(["paired_by"], ["account.id"], name=op.f("fk_display_paired_by_account")),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_display_point_id_rating_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_display")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_display_secret_hash")),
    )
    with op.batch_alter_table("display", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_display_point_id"), ["point_id"], unique=False)

    op.create_table(
        "dossier_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("dossier", sa.String(length=60), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("minted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_dossier_code_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_dossier_code_point_id_rating_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_code")),
        sa.UniqueConstraint("center_id", "dossier", name="uq_dossier_code_dossier"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_dossier_code_code_hash")),
    )
    op.create_table(
        "point_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intact", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name=op.f("fk_point_check_checked_by_account")),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_point_check_point_id_rating_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_check")),
    )
    with op.batch_alter_table("point_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_check_point_id"), ["point_id"], unique=False)

    op.create_table(
        "point_scan",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["rating_point.id"], name=op.f("fk_point_scan_point_id_rating_point")),
        sa.PrimaryKeyConstraint("point_id", "day", "slot", name=op.f("pk_point_scan")),
    )

    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("center_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=60), nullable=False),
        sa.Column("filename", sa.String(length=500), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('uploaded', 'committed', 'discarded')", name=op.f("ck_roster_import_status")),
        sa.ForeignKeyConstraint(
            ["center_id"], ["service_center.id"], name=op.f("fk_roster_import_center_id_service_center")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_roster_import_created_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_import_center_id"), ["center_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_center_id"))

    op.drop_table("roster_import")
    op.drop_table("point_scan")
    with op.batch_alter_table("point_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_check_point_id"))

    op.drop_table("point_check")
    op.drop_table("dossier_code")
    with op.batch_alter_table("display", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_display_point_id"))

    op.drop_table("display")
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.drop_index("ix_shift_officer")
        batch_op.drop_index("ix_shift_counter")

    op.drop_table("shift")
    with op.batch_alter_table("rating_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_point_path"))
        batch_op.drop_index(batch_op.f("ix_rating_point_counter_id"))
        batch_op.drop_index(batch_op.f("ix_rating_point_center_id"))

    op.drop_table("rating_point")
    op.drop_table("counter_group")
    with op.batch_alter_table("service_counter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_counter_path"))

    op.drop_table("service_counter")
    with op.batch_alter_table("procedure_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procedure_group_path"))

    op.drop_table("procedure_group")
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_path"))
        batch_op.drop_index(batch_op.f("ix_officer_account_id"))

    op.drop_table("officer")
    op.drop_table("dossier_count")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_key_center_id"))

    op.drop_table("api_key")
    with op.batch_alter_table("service_center", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_center_path"))
        batch_op.drop_index(batch_op.f("ix_service_center_area_id"))

    op.drop_table("service_center")
