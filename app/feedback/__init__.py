"""Rating the counter in ten seconds, and what happens with it: points, cases, review, figures (Law Đ34.1, Đ35.2a).

Words: *điểm đánh giá* (rating point), *quầy* (counter), *Trung tâm Phục vụ hành chính công* (service centre).
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.feedback import moderated
    from app.feedback.views_public import rating

    moderated.register()
    _places(app)
    rating.init_app(app)
    _figures(app)
    _cases(app)
    _trust(app)
    _review(app)


def _places(app: Flask) -> None:
    from app.feedback.views_staff import places, points, roster
    from app.lib.i18n import N_
    from app.web import navigation

    for page in (places, points, roster):
        app.register_blueprint(page.bp)
    words = ("points", "roster", "trust", "minting", "returned")
    own = tuple(f"feedback_{word}_staff" for word in words)
    navigation.add(app, N_("Đánh giá tại quầy"), "feedback_places_staff.index", places.VIEW, 20, also=own)


def _figures(app: Flask) -> None:
    from app.feedback.queries.alerts import waiting
    from app.feedback.views_public import board as public_board
    from app.feedback.views_staff import alerts, board, numbers, reports, survey
    from app.lib.i18n import N_
    from app.web import navigation

    for pages in (alerts, reports, survey, board, public_board):
        app.register_blueprint(pages.bp)
    view = "feedback:numbers:view"
    own = tuple(f"feedback_{word}_staff" for word in ("alerts", "reports", "survey", "board"))
    navigation.add(app, N_("Số liệu hài lòng"), "feedback_numbers_staff.index", view, 23, count=waiting, also=own)
    navigation.add(app, N_("Đánh giá về tôi"), f"{numbers.bp.name}.own", numbers.OWN, 24)


def _cases(app: Flask) -> None:
    from app.feedback.views_public import cases as following
    from app.feedback.views_public import privacy
    from app.feedback.views_staff import cases, restricted

    for public in (following.bp, privacy.bp):
        app.register_blueprint(public)
    for staff in (cases, restricted):
        staff.init_app(app)


def _trust(app: Flask) -> None:
    from app.feedback.views_public import minting as interface
    from app.feedback.views_public import trust as screens
    from app.feedback.views_staff import minting_keys, returned, trust

    # Keys stand on the blueprint of codes.
    for blueprint in (screens.bp, interface.bp, trust.bp, minting_keys.bp, returned.bp):
        app.register_blueprint(blueprint)


def _review(app: Flask) -> None:
    from app.feedback.views_staff import review

    review.init_app(app)
