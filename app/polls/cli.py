"""Commands about votes."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import click
from sqlalchemy.orm import Session

from app.core.clock import VIETNAM
from app.core.console import Day, database
from app.core.errors import Refusal
from app.core.permissions import OPERATOR, Actor
from app.lib.calendar import format_number
from app.lib.i18n import N_
from app.polls.models import Poll
from app.polls.operations import destroying
from app.polls.queries import finished
from app.polls.rules import clauses
from app.polls.rules.thresholds import threshold


class _Unlawful(click.ClickException):
    """Wrong use, told in Vietnamese."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        click.echo(f"Lỗi: {self.message}", err=True)


def _whole(text: str | None, option: str) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise _Unlawful(N_("Cần %(option)s là số nguyên.") % {"option": option}) from None


def _describe(clause: int, n: int, scope: str) -> str:
    rule = clauses.clause_rule(clause)
    summary = clauses.law_summary(clause, n, scope)
    whole_commune = scope == clauses.COMMUNE
    recognition = "không cần"
    if rule.recognition:
        recognition = f"{rule.recognition.words}, {rule.recognition.working_days} ngày làm việc"
    lines = [f"Khoản {clause} Điều 15: {rule.matter}", "Hình thức:"]
    for option in clauses.forms_for(clause, scope):
        mark = "được" if option.available else "không"
        lines.append(f"  [{mark}] {clauses.FORM_NAMES[option.form]}. {option.sentence}".rstrip())
    lines += [
        f"Thông qua khi: {threshold(rule.threshold).words}"
        f" (ít nhất {format_number(summary['needed'])}/{format_number(n)} hộ)",
        *(["Toàn xã thông qua khi từ 2/3 số thôn, tổ dân phố trở lên đạt tỷ lệ đó."] if whole_commune else []),
        f"Người triệu tập: {rule.commune_convener if whole_commune else rule.convener}",
        f"Công nhận: {recognition}",
        f"Hiệu lực: {rule.commune_in_force if whole_commune else rule.in_force}",
        f"Căn cứ: {summary['citation']}",
    ]
    return "\n".join(lines)


@click.command("law", help="Hình thức, số hộ cần để thông qua và căn cứ của một nội dung ở Điều 15.")
@click.option("--clause", metavar="1..6", help="Khoản của Điều 15.")
@click.option("--households", metavar="N", help="Tổng số hộ.")
@click.option("--scope", metavar="area|commune", default=clauses.AREA, help="Trong thôn (area) hay toàn xã (commune).")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
def law_command(clause: str | None, households: str | None, scope: str, as_json: bool) -> None:
    """Print what the law says, from the rules the wizard uses; exit code 2 with a sentence when it says no."""
    try:
        number, n = _whole(clause, "--clause"), _whole(households, "--households")
        summary = clauses.law_summary(number, n, scope)
    except Refusal as refusal:
        raise _Unlawful(str(refusal)) from None
    click.echo(json.dumps(summary, ensure_ascii=False) if as_json else _describe(number, n, scope))


BEFORE = click.option(
    "--before", "day", required=True, type=Day(), help="Polls that were over before this day (dd/mm/yyyy)."
)
COMMIT = click.option("--commit", "write", is_flag=True, help="Destroy; without it, only say what would be destroyed.")


@click.group("polls")
def group() -> None:
    """Polls that are over: destroy keys, forget rolls."""


@group.command("shred")
@BEFORE
@COMMIT
def shred(day: date, write: bool) -> None:
    """Destroy keys and envelopes once complaints can no longer come."""
    _destroy(day, finished.with_key, destroying.shred if write else None)


@group.command("purge")
@BEFORE
@COMMIT
def purge(day: date, write: bool) -> None:
    """Forget rolls and who took part; totals and fingerprints stay."""
    _destroy(day, finished.with_roll, destroying.purge_roll if write else None)


def _destroy(
    day: date,
    find: Callable[[Session, datetime], Sequence[Poll]],
    act: Callable[[Session, Actor, Poll], object] | None,
) -> None:
    """Say, or do, what is asked for; each poll in a transaction of its own, so that one refusal stops no other."""
    before, refused = datetime.combine(day, time.min, VIETNAM), 0
    with database() as opened:
        with opened.session(write=False) as session:
            found = [(poll.id, f"{poll.public_id}  {poll.area.label}: {poll.title}") for poll in find(session, before)]
        for poll_id, line in found:
            try:
                if act is not None:
                    with opened.transaction() as session:
                        act(session, OPERATOR, session.get_one(Poll, poll_id))
            except Refusal as refusal:
                refused += 1
                line = f"{line}\n  Chưa làm: {refusal}"
            click.echo(line)
        if act is not None and len(found) > refused:
            opened.scrub("poll", "ballot", "slip", "roll_entry")
    if act is None:
        click.echo(N_("Có %(n)s cuộc. Thêm --commit để hủy; không lấy lại được.") % {"n": len(found)})
        return
    click.echo(N_("Đã làm xong %(n)s cuộc.") % {"n": len(found) - refused})
    if len(found) > refused:
        click.echo(N_("Bản sao lưu có từ trước vẫn còn những gì vừa hủy. Mời hủy cả các bản đó."))
    if refused:
        raise SystemExit(1)
