"""Refusals of sign-in and of account management."""

from app.core.errors import Refusal, TooMany
from app.lib.i18n import N_


class WrongSignIn(Refusal):
    """Login and password do not belong together; which of the two is wrong is never said."""

    def __init__(
        self, message: str = N_("Tên đăng nhập hoặc mật khẩu chưa đúng."), /, *, field: str | None = None
    ) -> None:
        super().__init__(message, field=field)


class WrongCode(Refusal):
    """The six digits of the second factor are wrong, too old, or were used before."""

    def __init__(self, message: str = N_("Mã xác nhận chưa đúng hoặc đã hết hạn."), /) -> None:
        super().__init__(message, field="code")


class Locked(TooMany):
    """Too many failures: nothing is tried until the lock ends, not even the right password."""

    def __init__(self, *, seconds: int) -> None:
        super().__init__(
            N_("Ông/Bà đã nhập sai nhiều lần. Mời thử lại sau %(minutes)s phút."),
            retry_after=seconds,
            minutes=-(-seconds // 60),
        )


class Disabled(Refusal):
    """The account was disabled by an administrator; said only to who knows the password."""

    def __init__(self) -> None:
        super().__init__(N_("Tài khoản này đã bị khóa. Mời Ông/Bà liên hệ quản trị viên."))
