"""What a machine sent is filed; what a person sent is answered."""

from collections.abc import Callable

import pytest

from complaintkit import Message
from complaintkit_email.parse import Rules

Read = Callable[..., Message]
BASE = "From: a@b.example\nMessage-ID: <1@x>\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied", "Auto-Submitted: Auto-Generated; x=y", "Precedence: bulk", "Precedence: LIST",
        "List-Id: News <news.shop.example>", "Return-Path: <>", "Return-Path: < >", "X-Autoreply: yes",
        "X-Autorespond: yes", "Content-Type: multipart/report; boundary=b", "X-Failed-Recipients: x@y.example",
        "Subject: Out of office", "Subject: Automatic reply: your complaint", "Subject: Re: Automatic reply",
        "Subject: Автоответ: жалоба", "Subject: Автоматический ответ", "Subject: Нет на месте - Иванов",
        "Subject: Abwesenheitsnotiz: Re: Beschwerde", "Subject: Automatische Antwort: x",
        "Subject: Réponse automatique : x",
        "Subject: Absence du bureau", "Subject: Respuesta automática: x", "Subject: Fuera de la oficina",
        "Subject: Awtomatikong tugon: reklamo", "Subject: Wala sa opisina",
    ],
)  # fmt: skip
def test_machines_are_known(line: str, read: Read) -> None:
    """Headers and fixed phrases mark a message as automatic, and it says why."""
    message = read(f"{line}\n{BASE}\nI am away.")

    assert message.automatic
    assert any(problem.startswith("Taken for an automatic message because of: ") for problem in message.problems)


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: no", "Precedence: normal", "Return-Path: <a@b.example>", "X-Priority: 1", "Subject: Reklamo",
        "Subject: Out of office for three weeks and nobody answers", "Subject: Your automatic reply: useless",
        "Subject: Меня не было: нет на месте", "Subject: Ihre Abwesenheitsnotiz ist falsch",
        "X-Auto-Response-Suppress: OOF", "List-Unsubscribe: <mailto:x@y.example>",
    ],
)  # fmt: skip
def test_people_are_not_taken_for_machines(line: str, read: Read) -> None:
    """A complaint that speaks of absence, or a header that many mailers set, does not silence the answer."""
    assert not read(f"{line}\n{BASE}\nAnswer me.").automatic


def test_own_list_is_a_way_in(read: Read) -> None:
    """Mail through a list that the organisation names as its own comes from people, unless a machine sent it there."""
    rules = Rules(own_lists=("complaints.example.org",))
    head = "List-Id: Complaints <complaints.example.org>\nPrecedence: list\n"

    assert read(head + BASE + "\nhelp").automatic
    assert not read(head + BASE + "\nhelp", rules).automatic
    assert read(head + "Auto-Submitted: auto-replied\n" + BASE + "\nhelp", rules).automatic


def test_mail_servers_are_known_by_name(read: Read) -> None:
    """A mail server that sets no header is known by its name; a postmaster only by what he returns."""
    assert read("From: MAILER-DAEMON\nSubject: x\n\nt").automatic
    assert read("From: postmaster@x.example\nSubject: Undeliverable: hello\n\nt").automatic
    assert not read("From: postmaster@x.example\nSubject: Your server floods us\n\nt").automatic
