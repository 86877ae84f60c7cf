"""The text of a payment code: the official samples, every kind of fault, and the command that prints it."""

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ManyRefusals, Refusal
from app.payments.cli import command
from app.payments.rules.banks import NAMES, bank_name
from app.payments.rules.plain import masked, unaccented
from app.payments.rules.vietqr import Transfer, amount_of, crc16, element, parse, payload

SAMPLE = "970403"
ACCOUNT, CARD = "0011012345678", "9704031101234567"
BILL, PURPOSE = "NPS6869", "thanh toan don hang"
# The four samples of NAPAS, then codes of other generators and one of ours.
VECTORS = [
    (
        Transfer(SAMPLE, ACCOUNT),
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F",
    ),
    (
        Transfer(SAMPLE, CARD, card=True),
        "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52",
    ),
    (
        Transfer(SAMPLE, ACCOUNT, 180_000, PURPOSE, BILL),
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang63042E2E",
    ),
    (
        Transfer(SAMPLE, CARD, 180_000, PURPOSE, BILL, card=True),
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang6304A203",
    ),
    (
        Transfer("970405", "1500201234567", 50_000, "Phi VS T7 2026 H012", "BT12-000123"),
        "00020101021238570010A0000007270127000697040501131500201234567" + "0208QRIBFTTA53037045405500005802VN"
        "62380111BT12-0001230819Phi VS T7 2026 H0126304291F",
    ),
]
ENDS = [
    (Transfer("970415", "0011001932418", 120_000, "ung ho lu lut"), "62170813ung ho lu lut6304C15C"),
    (Transfer("970436", "1023456789", 1943_000, "TT000069"), "62120808TT0000696304A8E5"),
]
printable = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=25)
transfers = st.builds(
    Transfer,
    bank=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9]{8,19}", fullmatch=True),
    amount=st.none() | st.integers(1, 10**13 - 1),
    purpose=printable,
    bill=printable,
    card=st.booleans(),
)


def fields(transfer: Transfer) -> dict[str | None, str]:
    with pytest.raises(ManyRefusals) as caught:
        payload(transfer)
    return {one.field: str(one) for one in caught.value.problems}


@pytest.mark.parametrize(("transfer", "text"), VECTORS)
def test_the_samples_come_out_and_are_read_back(transfer: Transfer, text: str) -> None:
    assert payload(transfer) == text
    assert parse(text) == transfer


@pytest.mark.parametrize(("transfer", "end"), ENDS)
def test_codes_of_other_generators_end_alike(transfer: Transfer, end: str) -> None:
    assert payload(transfer).endswith(end)


def test_the_check_sum_is_the_one_of_the_standard() -> None:
    assert crc16("123456789") == "29B1"
    assert crc16("") == "FFFF"
    assert (element("08", "ab"), element("08", "")) == ("0802ab", "")


@pytest.mark.parametrize("text", [text for _transfer, text in VECTORS])
def test_any_character_changed_is_noticed(text: str) -> None:
    for place, old in enumerate(text):
        for new in {"0", "1", "9", "A", "z", " ", "đ", old.swapcase()} - {old}:
            with pytest.raises(Refusal):
                parse(text[:place] + new + text[place + 1 :])
    for part in (text[:-1], text[1:], text + "0", text[: len(text) // 2], "", "6304"):
        with pytest.raises(Refusal):
            parse(part)


@given(transfers)
def test_what_is_written_is_read(transfer: Transfer) -> None:
    assert parse(payload(transfer)) == transfer


def signed(body: str) -> str:
    return body + "6304" + crc16(body + "6304")


GOOD = VECTORS[2][1][:-8]


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace("010212", "010211"),  # an amount in a code that says it has none
        GOOD.replace("5303704", "5303840"),
        GOOD.replace("5802VN", "5802US"),
        GOOD.replace("A000000727", "A000000728"),
        GOOD.replace("QRIBFTTA", "QRPUSH99"),
        GOOD.replace("5406180000", "5406000000"),
        GOOD.replace("5406180000", "540618.000"),
        GOOD.replace("0006970403", "000697040A"),
        GOOD + "5802VN",
        GOOD + "99",
        GOOD + "9905abc",
        GOOD + "9900",
        "000201",
    ],
)
def test_a_right_check_sum_does_not_make_another_structure_good(body: str) -> None:
    assert body != GOOD
    with pytest.raises(Refusal):
        parse(signed(body))


@pytest.mark.parametrize(
    "text", ["0", "000", "-1", "-50000", "1.5", "50000.0", "50,000", "1e5", "", " 1", "٥", "1" * 14]
)
def test_an_amount_is_a_whole_number_of_dong(text: str) -> None:
    with pytest.raises(Refusal, match="số nguyên đồng, lớn hơn 0"):
        amount_of(text)


def test_amounts_that_no_code_holds_are_refused() -> None:
    assert amount_of("50000") == 50_000
    for amount in (0, -1, 10**13):
        assert set(fields(Transfer("970405", "123", amount))) == {"amount"}
    assert "5413" + "9" * 13 in payload(Transfer("970405", "123", 10**13 - 1))


@pytest.mark.parametrize("bank", ["", "97040", "9704055", "97040a", "٩٧٠٤٠٥", "VCB"])
def test_the_bank_is_six_digits(bank: str) -> None:
    assert fields(Transfer(bank, "123"))["bank"].startswith("Mã ngân hàng (BIN) gồm đúng 6 chữ số")


def test_the_number_is_one_that_a_bank_may_have() -> None:
    for account in ("", "1" * 20, "12 34", "12-34", "số"):
        assert "Số tài khoản gồm" in fields(Transfer("970405", account))["account"]
    assert "Số thẻ gồm" in fields(Transfer("970405", "ABC12345", card=True))["account"]
    assert payload(Transfer("970405", "VQR1" + "0" * 15))


def test_marks_are_refused_and_the_text_without_them_is_offered() -> None:
    assert fields(Transfer("970405", "1", purpose="Đóng góp làm đường"))["purpose"] == (
        "Ngân hàng không nhận chữ có dấu. Có thể ghi: Dong gop lam duong"
    )
    assert "Có thể ghi: HD-D1" in fields(Transfer("970405", "1", bill="HD-Đ1"))["bill"]
    assert "Chỉ ghi chữ cái không dấu" in fields(Transfer("970405", "1", purpose="nộp 🎉"))["purpose"]
    assert fields(Transfer("970405", "1", purpose="x" * 26))["purpose"] == "Tối đa 25 ký tự, hiện có 26."
    assert fields(Transfer("970405", "1", purpose="a "))["purpose"] == "Bỏ dấu cách ở đầu và ở cuối."
    assert payload(Transfer("970405", "1", purpose="x" * 25))
    assert unaccented("Đặng Thị HƯỜNG ðà") == "Dang Thi HUONG da"


def test_a_bank_that_is_not_known_is_a_number_and_numbers_are_masked() -> None:
    assert (bank_name("970405"), bank_name("999999")) == ("Agribank", "999999")
    assert all(len(number) == 6 and number.isdigit() and number.startswith("9704") for number in NAMES)
    assert (masked("1500201234567"), masked("1234")) == ("••••4567", "••••")


# --------------------------------------------------------------------------------------------- the command


def run(*arguments: str):
    return CliRunner().invoke(command, arguments)


def test_the_command_prints_the_code_and_nothing_else() -> None:
    transfer, text = VECTORS[4]
    done = run("--bank", transfer.bank, "--account", transfer.account, "--amount", "50000",
               "--purpose", transfer.purpose, "--bill", transfer.bill)  # fmt: skip
    assert (done.exit_code, done.stdout, done.stderr) == (0, text + "\n", "")
    done = run("--bank", SAMPLE, "--account", CARD, "--card")
    assert (done.exit_code, done.stdout) == (0, VECTORS[1][1] + "\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Cần --bank và --account."),
        (["--bank", "970405"], "Cần --account."),
        (["--bank", "97040", "--account", "1"], "--bank: Mã ngân hàng"),
        (["--bank", "970405", "--account", "1", "--amount", "0"], "--amount: Số tiền"),
        (["--bank", "970405", "--account", "1", "--amount", "-5"], "--amount: Số tiền"),
        (["--bank", "970405", "--account", "1", "--amount", "1.5"], "--amount: Số tiền"),
        (["--bank", "970405", "--account", "1", "--purpose", "Đóng"], "Có thể ghi: Dong"),
        (["--bank", "970405", "--account", "1", "--purpose", "x" * 26], "Tối đa 25 ký tự"),
    ],
)
def test_faults_are_sentences_on_the_other_stream(arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
