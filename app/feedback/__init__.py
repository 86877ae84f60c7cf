"""Rating the counter in ten seconds, and what happens with it: points, cases, review, figures (Law Đ34.1, Đ35.2a).

Words: *điểm đánh giá* (rating point), *quầy* (counter), *Trung tâm Phục vụ hành chính công* (service centre).
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of this slice."""
    from app.feedback import moderated

    moderated.register()
