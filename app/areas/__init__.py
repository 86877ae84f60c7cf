"""Places: province, commune, residential area (Law Đ2.3), their validity and succession."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.areas import views_staff

    app.register_blueprint(views_staff.bp)
