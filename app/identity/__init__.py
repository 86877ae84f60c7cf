"""Staff accounts, roles at places, sign-in with a second factor, sessions and limits on tries."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice, and say on every staff request who asks."""
    from app.identity import sessions, views_staff
    from app.lib.i18n import N_
    from app.web import navigation

    sessions.init_app(app)
    views_staff.register(app)
    navigation.add(app, N_("Tài khoản"), "identity_staff.accounts", "identity:account:view", 70)
