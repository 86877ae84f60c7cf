"""Sending what was written: one job a message."""

from collections.abc import Sequence
from typing import Any

from app.core import clock
from app.gateways.messages import Channel, Delivery, Outcome, Payload
from app.jobs.work import Later, Work
from app.notifications import operations, rules
from app.notifications.models import Message

NO_CHANNEL = Delivery(Outcome.REJECTED)
GIVEN_ON = (Outcome.REJECTED, Outcome.RETRY)


def deliver(work: Work) -> dict[str, Any] | None:
    """Send one message by day, once: it is marked before a channel gets it, and a marked one is never sent again."""
    local = clock.local(work.at)
    if rules.is_night(local):
        raise Later(rules.next_day(local))
    message_id = int(work.payload["message"])
    with work.database.transaction() as session:
        begun = operations.begin(session, work.services.keyring, message_id)
    if begun is None:
        return None
    message, number = begun
    channel, delivery = _send(work.services.channels, message, number, work.services.settings.base_url)
    with work.database.transaction() as session:
        again = operations.conclude(session, message_id, channel, delivery)
    if again is not None:
        raise Later(again)
    return {"outcome": delivery.outcome.value}


def _send(channels: Sequence[Channel], message: Message, number: str, base_url: str) -> tuple[str, Delivery]:
    """Give the message to the first channel that takes it; who may have taken it is the last one asked."""
    name, last = "", NO_CHANNEL
    for channel in channels:
        payload = Payload(number, text_for(channel, message, base_url))
        delivery = channel.send(payload, idempotency_key=message.key)
        if delivery.outcome not in GIVEN_ON:
            return channel.name, delivery
        # One channel that may take it later is worth waiting for, whatever the others say.
        if last.outcome is not Outcome.RETRY:
            name, last = channel.name, delivery
    return name, last


def text_for(channel: Channel, message: Message, base_url: str) -> str:
    """The longest form of the message that the channel carries, with the address to read on."""
    address = f"{base_url}{message.path}" if message.path else ""
    whole = f"{message.text} {address}".strip()
    if channel.unicode and len(whole) <= channel.max_len:
        return whole
    return rules.composed(message.short_text, address, channel.max_len)


HANDLERS = {operations.DELIVER: deliver}
