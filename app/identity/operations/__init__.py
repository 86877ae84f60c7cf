"""What can be done with accounts: signing in, one's own account, others' accounts, roles."""

from app.identity.operations.accounts import (
    create_account,
    disable_account,
    enable_account,
    reset_password,
    reset_second_factor,
    update_account,
)
from app.identity.operations.own_account import (
    begin_second_factor,
    change_password,
    confirm_second_factor,
    end_session,
    sign_out,
    sign_out_everywhere,
)
from app.identity.operations.roles import end_grant, grant_role
from app.identity.operations.signing_in import (
    Lifetime,
    Proof,
    count_failure,
    prove_password,
    prove_second_factor,
    sign_in,
)

__all__ = [
    "Lifetime",
    "Proof",
    "begin_second_factor",
    "change_password",
    "confirm_second_factor",
    "count_failure",
    "create_account",
    "disable_account",
    "enable_account",
    "end_grant",
    "end_session",
    "grant_role",
    "prove_password",
    "prove_second_factor",
    "reset_password",
    "reset_second_factor",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "update_account",
]
