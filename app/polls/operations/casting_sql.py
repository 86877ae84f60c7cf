"""The statement that casts a ballot, for each engine.

Exactly once, by the database alone: the poll's row is held shared while it is open, so a close that takes the row for
itself waits for whoever is casting and is seen by whoever comes later; a slip being replaced is held the same way; the
primary key of the ballot refuses the household's second one. The moment is the database's, read after the locks.
"""

_ONCE = "DO NOTHING"
# Only where the poll lets a vote be changed: the household's next sending, and never a late repetition of an earlier.
_AGAIN = """DO UPDATE SET envelope = excluded.envelope, other_envelope = excluded.other_envelope,
  channel = excluded.channel, assisted_by = excluded.assisted_by, slip_id = excluded.slip_id,
  idempotency_key = excluded.idempotency_key, receipt = excluded.receipt, cast_at = excluded.cast_at,
  version = ballot.version + 1
  WHERE ballot.version = %(base_version)s AND ballot.idempotency_key <> excluded.idempotency_key"""

_POSTGRESQL = """
WITH held AS MATERIALIZED (
  SELECT id, opens_at, closes_at FROM poll WHERE id = %(poll_id)s AND status = 'opened' FOR SHARE
), credential AS MATERIALIZED (
  SELECT id, entry_id FROM slip
  WHERE id = %(slip_id)s AND poll_id = %(poll_id)s AND revoked_at IS NULL AND activated_at IS NOT NULL FOR SHARE
), moment AS MATERIALIZED (
  SELECT held.id AS poll_id, opens_at, closes_at, credential.id AS slip_id, entry_id, clock_timestamp() AS at
  FROM held, credential
), cast_ballot AS (
  INSERT INTO ballot (poll_id, entry_id, envelope, other_envelope, choice, other_text, channel, assisted_by, slip_id,
    idempotency_key, receipt, cast_at, version)
  SELECT poll_id, entry_id, %(envelope)s::bytea, %(other_envelope)s::bytea, %(choice)s::text, %(other_text)s::text,
    %(channel)s::text, %(assisted_by)s::integer, slip_id, %(key)s::text, %(receipt)s::text, at, 1
  FROM moment WHERE opens_at <= at AND at < closes_at
  ON CONFLICT (poll_id, entry_id) DO NOTHING
  RETURNING poll_id, cast_at
)
INSERT INTO log_leaf (poll_id, kind, at, slot_tag, digest, nonce, receipt)
SELECT poll_id, 'cast', cast_at, %(slot_tag)s::text, %(digest)s::text, %(nonce)s::text, %(receipt)s::text
FROM cast_ballot RETURNING at
"""

# One writer at a time: the transaction began with the write lock, so what is read here still holds at the commit, and
# 'now' is one moment within one statement.
_SQLITE = """
INSERT INTO ballot (poll_id, entry_id, envelope, other_envelope, choice, other_text, channel, assisted_by, slip_id,
  idempotency_key, receipt, cast_at, version)
SELECT poll.id, slip.entry_id, :envelope, :other_envelope, :choice, :other_text, :channel, :assisted_by, slip.id,
  :key, :receipt, strftime('%Y-%m-%d %H:%M:%f', 'now') || '000', 1
FROM poll JOIN slip ON slip.poll_id = poll.id
WHERE poll.id = :poll_id AND poll.status = 'opened'
  AND poll.opens_at <= strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'
  AND strftime('%Y-%m-%d %H:%M:%f', 'now') || '000' < poll.closes_at
  AND slip.id = :slip_id AND slip.revoked_at IS NULL AND slip.activated_at IS NOT NULL
ON CONFLICT (poll_id, entry_id) DO NOTHING
RETURNING cast_at
"""
SQLITE_LEAF = """
INSERT INTO log_leaf (poll_id, kind, at, slot_tag, digest, nonce, receipt)
VALUES (:poll_id, 'cast', :at, :slot_tag, :digest, :nonce, :receipt)
"""
# By whether the poll lets a vote be changed.
POSTGRESQL = {False: _POSTGRESQL, True: _POSTGRESQL.replace(_ONCE, _AGAIN)}
SQLITE = {False: _SQLITE, True: _SQLITE.replace(_ONCE, _AGAIN.replace("%(base_version)s", ":base_version"))}
