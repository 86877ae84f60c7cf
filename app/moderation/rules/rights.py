"""The rights of moderation, and how long things hold."""

from datetime import timedelta

VIEW = "moderation:item:view"
DECIDE = "moderation:item:decide"
ESCALATED = "moderation:escalated:decide"
ORIGINAL = "moderation:original:view"
HEAR = "moderation:appeal:hear"
EDIT_WORDS = "moderation:word:edit"

CLAIM = timedelta(minutes=10)
UNDO_FOR = timedelta(hours=24)
DECISIONS = frozenset({"approve", "reject", "redact", "refer", "escalate"})
"""Acts of one person that can be taken back."""

LOW_RISK = 20
"""An item below this risk may be approved unread among others."""
HIGH_RISK = 45
