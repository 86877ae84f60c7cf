"""Names of banks by the number (BIN) that VietQR knows them by: the numbers NAPAS gives its members.

Written down in June 2025, and held against the lists that payment services publish. Banks merge and take other names:
whose name changed of late is left out, and a number that does not stand here is shown as a number.
"""

from datetime import date

AS_OF = date(2025, 6, 30)
NAMES = {
    "970400": "Saigonbank",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970409": "BAC A BANK",
    "970412": "PVcomBank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970422": "MB",
    "970423": "TPBank",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "Vietbank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BAOVIET Bank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "KienlongBank",
}


def bank_name(number: str) -> str:
    """The bank as its customers call it, or its number where the name is not known."""
    return NAMES.get(number, number)
