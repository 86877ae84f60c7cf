"""Codes that people read, type and read aloud: Crockford's base 32, without I, L, O and U.

Five bits a character. Whoever types an O means a zero, an I or an L means a one; case, spaces and hyphens do not count.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
_LOOK_ALIKE = str.maketrans("OIL", "011", " \t\r\n\u00a0\u202f.-_–—\u2010\u2011")
_ALLOWED = frozenset(ALPHABET)


def new_code(length: int) -> str:
    """A code from the system's source of secrets; ``length`` characters hold five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def code_of(raw: bytes, length: int) -> str:
    """The first ``length`` characters of bytes, for instance of a hash; raises ``ValueError`` when they are too few."""
    bits = len(raw) * 8
    if bits < length * BITS:
        raise ValueError(f"{len(raw)} bytes do not fill {length} characters")
    number = int.from_bytes(raw, "big") >> (bits - length * BITS)
    return "".join(ALPHABET[number >> BITS * place & 31] for place in reversed(range(length)))


def normalise(typed: str, length: int) -> str | None:
    """The code that was meant, or None where no code of that length was."""
    code = typed.upper().translate(_LOOK_ALIKE)
    return code if len(code) == length and _ALLOWED.issuperset(code) else None


def behind(prefix: str, typed: str, length: int) -> str:
    """The code that was meant, with or without its prefix ("GY") before it; empty where no code was."""
    bare = typed.strip()
    if bare[: len(prefix)].upper() == prefix and normalise(bare, length) is None:
        bare = bare[len(prefix) :]
    return normalise(bare, length) or ""


def grouped(code: str, size: int = 4) -> str:
    """The code in groups, as it is printed: "7K3M-9QTR-2WXB"."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
