"""Staff accounts, roles at places, sign-in with a second factor, sessions and limits on tries."""
