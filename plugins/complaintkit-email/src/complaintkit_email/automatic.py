"""Was this written by a person, or by a machine that must not be answered?"""

import re

from complaintkit_email.headers import Fields, first

_PRECEDENCE = frozenset((b"bulk", b"junk", b"list", b"auto_reply", b"auto-reply"))
_MACHINE_HEADERS = (
    (b"x-autoreply", "X-Autoreply"),
    (b"x-autorespond", "X-Autorespond"),
    (b"x-autoreply-from", "X-Autoreply-From"),
    (b"x-auto-reply-from", "X-Auto-Reply-From"),
    (b"x-failed-recipients", "X-Failed-Recipients"),
)
_MACHINE_TYPES = frozenset(("multipart/report", "message/delivery-status", "message/disposition-notification"))
# A postmaster may also be a person; together with such a subject he is not.
_RETURNED = re.compile(
    r"undeliver|returned mail|mail system error|failure notice|deliver(?:y|ed)\b.*(?:fail|status|delay|problem|not be)"
    r"|(?:fail|not be|cannot be|delay).{0,30}\bdeliver|не доставлен|не удалось доставить|unzustellbar|nicht zugestellt",
    re.IGNORECASE,
)
# How machines head what they send while somebody is away: English, Russian, Filipino, German, French, Spanish.
# The words must be followed by a mark or the end: "Out of office for weeks, nobody answers" is a complaint.
_AWAY = re.compile(
    r"(?:re|aw|fw|отв|tr|rv)?\s*:?\s*\[?"
    r"(?:automatic reply|auto[- ]?reply|auto[- ]?response|autoresponse|out of (?:the )?office(?: auto[- ]?reply)?"
    r"|vacation (?:reply|message|response)|on vacation|away from (?:my|the) (?:mail|office|desk)"
    r"|автоответ|автоответчик|автоматический ответ|автоматическое уведомление"
    r"|нет на месте|нет в офисе|вне офиса|в отпуске"
    r"|awtomatikong (?:tugon|sagot)|wala sa opisina|nasa bakasyon"
    r"|automatische antwort|abwesenheits(?:notiz|nachricht|meldung)|abwesend|außer haus|nicht im büro"
    r"|réponse automatique|absence du bureau|absent du bureau|message d['’]absence|en congés?"
    r"|respuesta automática|fuera de la oficina|fuera de oficina|ausente de la oficina|de vacaciones)"
    r"\s*(?:$|[]:!(–—-])",
    re.IGNORECASE,
)


def reason(found: Fields, media_type: str, sender: str, subject: str, own_lists: tuple[str, ...] = ()) -> str:
    """Return why a message counts as automatic, or an empty string for one that a person seems to have written.

    The headers are those of RFC 3834 and what mailers used before it. The subject alone decides only where it is one
    of the fixed phrases, because whoever is taken for a machine gets no answer.

    Args:
        found: The header.
        media_type: Of the whole message.
        sender: Address of the sender.
        subject: Decoded subject.
        own_lists: Identifiers of mailing lists that are ways in of the organisation; their mail is from people.
    """
    submitted = first(found, b"auto-submitted", 100).partition(b";")[0].strip().lower()
    if submitted and submitted != b"no":
        return "header Auto-Submitted"
    for name, shown in _MACHINE_HEADERS:
        if name in found:
            return f"header {shown}"
    if media_type in _MACHINE_TYPES:
        return "a delivery or reading report"
    if first(found, b"return-path", 100).replace(b" ", b"") == b"<>":
        return "no return path"
    listed = first(found, b"list-id", 500).decode("ascii", "replace").lower()
    ours = bool(listed) and any(name.lower() in listed for name in own_lists if name)
    if listed and not ours:
        return "mailing list"
    precedence = first(found, b"precedence", 100).lower()
    if precedence in _PRECEDENCE and not (ours and precedence == b"list"):
        return "header Precedence"
    if b"mailer-daemon" in first(found, b"from", 500).lower():
        return "sent by a mail server"
    if sender.lower().startswith("postmaster@") and _RETURNED.search(subject):
        return "returned by a mail server"
    return f"subject '{subject[:60]}'" if subject and _AWAY.match(subject) else ""
