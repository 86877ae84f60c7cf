"""Invented households: names and addresses such as a ward really has, the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_FAMILY = "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MIDDLE_M = "Văn Hữu Đức Công Quốc Minh Thành Xuân Ngọc Thanh".split()
_MIDDLE_F = ["Thị", "Thị Mỹ", "Thị Kim", "Thị Ngọc", "Thị Thu", "Thùy", "Ngọc", "Thanh"]
_GIVEN_M = "An Bình Cường Dũng Đạt Hải Hòa Hùng Khoa Long Nam Phúc Quân Sơn Tâm Thắng Tuấn Vinh".split()
_GIVEN_F = "Ánh Bích Chi Dung Giang Hà Hạnh Hoa Hương Hường Lan Liên Mai Nga Nhung Oanh Phượng Trang Yến".split()
_LANES = ["Hẻm 12", "Ngõ 3", "Ngõ 5", "Tổ 2", "Tổ 4", "Đường ĐX 010", "Đường ĐX 015"]


@dataclass(frozen=True)
class Home:
    """One invented household."""

    number: str
    full_name: str
    address: str
    cluster: str
    phone: str | None


def full_name(rng: random.Random) -> str:
    family = rng.choice(_FAMILY)
    if rng.random() < 0.5:
        return f"{family} {rng.choice(_MIDDLE_M)} {rng.choice(_GIVEN_M)}"
    return f"{family} {rng.choice(_MIDDLE_F)} {rng.choice(_GIVEN_F)}"


def homes(count: int, area: str, seed: int) -> Iterator[Home]:
    """``count`` households in the order of a walk through the lanes."""
    rng = random.Random(seed)
    per_lane = -(-count // len(_LANES))
    width = max(3, len(str(count)))
    for index in range(count):
        lane = _LANES[index // per_lane]
        phone = f"09{rng.randrange(10**8):08}" if rng.random() < 0.7 else None
        address = f"Số {index % per_lane * 2 + 1}, {lane}, {area}"
        yield Home(f"{index + 1:0{width}}", full_name(rng), address, lane, phone)
