"""Mails that break mail readers, made on demand: B01 to B33 of the list of bad inputs every channel must survive."""

import base64
import io
import zipfile
from collections.abc import Callable

HEAD = (
    b"From: a@example.org\r\nTo: c@example.net\r\nSubject: x\r\n"
    b"Date: Mon, 2 Nov 2026 10:00:00 +0000\r\nMessage-ID: <m@x>\r\n"
)
MADE: dict[str, Callable[[], bytes]] = {}


def made(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Keep a maker of one mail under a name."""

    def keep(maker: Callable[[], bytes]) -> Callable[[], bytes]:
        MADE[name] = maker
        return maker

    return keep


def fixed(name: str, raw: bytes) -> None:
    """Keep a mail that is small enough to stand here."""
    MADE[name] = lambda: raw


def plain(content_type: bytes, body: bytes, extra: bytes = b"") -> bytes:
    """Return a mail with one body."""
    return HEAD + extra + b"Content-Type: " + content_type + b"\r\n\r\n" + body


def multipart(*parts: bytes, subtype: bytes = b"mixed", boundary: bytes = b"bb", closed: bool = True) -> bytes:
    """Return a mail of parts that bring their own headers."""
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    end = b"--" + boundary + b"--\r\n" if closed else b""
    return HEAD + b"Content-Type: multipart/" + subtype + b'; boundary="' + boundary + b'"\r\n\r\n' + body + end


def named(disposition: bytes) -> bytes:
    """Return a mail with an attachment of this Content-Disposition."""
    part = (
        b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + disposition + b"\r\n\r\ndata"
    )
    return multipart(b"Content-Type: text/plain\r\n\r\nsee file", part)


def header(line: bytes) -> bytes:
    """Return a mail with one more header, which comes first."""
    return line + b"\r\n" + HEAD + b"\r\nthe text\r\n"


fixed("B01 nothing", b"")
fixed("B01 empty body", HEAD + b"\r\n")
fixed("B02 no headers", "Прошу вернуть деньги.\n\nЖду ответа.\n".encode())
fixed("B02 line break", b"\r\n")
fixed("B02 blanks", b" \t \r\n \r\n")
fixed("B02 headers only", HEAD)
fixed("B02 carriage returns only", HEAD.replace(b"\r\n", b"\r") + b"\rthe text\r")
MADE["B03 header without end"] = lambda: b"From: a@example.org\r\n" + b"X-Y: zzzzzzzzzzzzzzzz\r\n" * 200_000
fixed("B03 line without colon", b"From: a@example.org\r\nthis is no header\r\nSubject: y\r\n\r\ntext")
fixed("B03 no empty line", b"From: a@example.org\r\nSubject: y\r\nHello there\r\nNote: my text\r\n")
fixed("B04 NUL", header(b"Subject: a\x00b\r\nFrom: \x00n <a\x00@example.org>") + b"te\x00xt")
fixed("B04 NUL in file name", named(b'filename="a\x00b.txt"'))
for _charset in (
    b"",
    b"x-nonsense",
    b'"',
    b"utf-8\x00",
    b"rot13",
    b"hex",
    b"idna",
    b"undefined",
    b"punycode",
    b"base64",
    b"unicode_escape",
    b"raw_unicode_escape",
    b"mbcs",
    b"zlib",
    b"utf-7",
    b"utf-16",
    b"utf-32",
    b"a" * 5000,
):
    fixed(
        f"B05 B06 charset {_charset[:20]!r}", plain(b"text/plain; charset=" + _charset, b"caf\xe9 +2AA- \\ud800 text")
    )
fixed("B05 charset of attachment", multipart(b"Content-Type: text/csv; charset=none; name=a.csv\r\n\r\n\xff;\xfe"))
fixed("B06 charset in word", header(b"Subject: =?rot13?q?uryyb?= =?hex?b?aGk=?= =?idna?q?xn--a?="))
fixed("B07 lone surrogates", plain(b"text/plain; charset=utf-7", b"+2AAABw- and \xed\xa0\x80 end"))
for _real in ("cp1251", "koi8-r", "shift_jis", "latin-1"):
    _text = {"latin-1": "Größe und Süße", "shift_jis": "お客様の荷物が壊れていました。返金してください。"}.get(
        _real, "Прошу вернуть деньги за товар, который перестал работать."
    )
    fixed(f"B08 {_real} called utf-8", plain(b"text/plain; charset=utf-8", _text.encode(_real)))
    fixed(
        f"B09 {_real} in headers",
        b"From: " + _text[:12].encode(_real) + b" <a@x.org>\r\nSubject: " + _text.encode(_real) + b"\r\n\r\nt",
    )
fixed("B10 broken words", header(b"Subject: =?utf-8?b?!!!?= =?utf-8?q?=E4=?= =?utf-8?x?abc?= =?utf-8?b? =?="))
fixed("B10 word with line break", header(b"Subject: =?utf-8?q?hi=0D=0ABcc:_victim@example.com?="))
for _from in (
    b"",
    b"<",
    b">",
    b"group: a@b.example, c@d.example;",
    b"undisclosed-recipients:;",
    b'"open <a@b.example>',
    b"(open <a@b.example>",
    b"a@b@c.example",
    b"@",
    b"a@[",
    b"a@[1.2.3.4]",
    b"=?utf-8?b?PGE+?=",
    b"a b c@d.example",
    b"\xff <\xff@\xff>",
):
    fixed(f"B11 From {_from!r}", b"From: " + _from + b"\r\nSubject: x\r\n\r\ntext")
fixed("B11 From missing", b"Subject: x\r\n\r\ntext")
for _id in (
    b"",
    b"<a@[",
    b"<<[[[>",
    b"<>",
    b"<a b@c>",
    b"\xff",
    b"<" + b"a" * 5000 + b"@b>",
    b"no brackets",
    b"<a@b> <c@d>",
):
    fixed(f"B12 Message-ID {_id[:10]!r} {len(_id)}", b"From: a@b.example\r\nMessage-ID: " + _id + b"\r\n\r\ntext")
fixed("B13 headers twice", HEAD + HEAD.replace(b"a@example", b"b@example").replace(b": x", b": y") + b"\r\ntext")
for _date in (
    b"",
    b"Mon, 2 Nov 0000 10:00:00 +0000",
    b"Mon, 2 Nov 99999 10:00:00 +0000",
    b"Mon, 2 Nov 2026 10:00:00 +9999",
    b"Mon, 31 Feb 2026 10:00:00 +0000",
    b"Mon, 2 Nov 2036 10:00:00 +0000",
    b"2 Nov 2026",
    b"-1",
    b"9" * 9999,
    b"Mon, 1 Jan 0001 00:00:00 +1400",
    b"Fri, 31 Dec 9999 23:59:59 -1200",
    b"Mon, 2 Nov 2026 99:99:99 +0000",
):
    fixed(f"B14 Date {_date[:32]!r}", b"From: a@b.example\r\nDate: " + _date + b"\r\n\r\ntext")
MADE["B15 10,000 recipients"] = lambda: header(b"To: " + b",\r\n ".join(b"p%d@x.example" % n for n in range(10_000)))
MADE["B15 4,000 recipients"] = lambda: header(b"To: " + b",\r\n ".join(b"p%d@x.example" % n for n in range(4_000)))
MADE["B16 line of 1 MB"] = lambda: header(b"X-Long: " + b"x" * 1_000_000)
MADE["B16 subject of 90 kB"] = lambda: header(b"Subject: " + b"=?utf-8?q?a?= " * 6_000)
MADE["B16 100,000 headers"] = lambda: b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + HEAD + b"\r\ntext"
MADE["B16 20,000 headers"] = lambda: b"a:\n" * 20_000 + HEAD + b"\r\ntext"
fixed("B17 no boundary", plain(b"multipart/mixed", b"--x\r\n\r\ntext"))
fixed("B17 empty boundary", plain(b'multipart/mixed; boundary=""', b"--\r\n\r\ntext\r\n----"))
fixed("B17 never closed", multipart(b"Content-Type: text/plain\r\n\r\ntext", closed=False))
fixed(
    "B17 boundary in text", multipart(b"Content-Type: text/plain\r\n\r\ntext\r\n--bb\r\nmore\r\n--bbb\r\n--bb --\r\n")
)
fixed(
    "B17 other boundary",
    plain(b"multipart/mixed; boundary=aa", b"--zz\r\nContent-Type: text/plain\r\n\r\ntext\r\n--zz--"),
)


def nested(depth: int) -> bytes:
    """Return a mail whose text lies within so many multiparts."""
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return HEAD + opened + b"\r\ndeep text\r\n" + b"".join(b"--b%d--\r\n" % n for n in reversed(range(depth)))


for _depth in (50, 200, 1_000):
    MADE[f"B18 nested {_depth}"] = lambda depth=_depth: nested(depth)  # type: ignore[misc]
MADE["B18 alternatives nested"] = lambda: nested(1_000).replace(b"/mixed", b"/alternative")
MADE["B18 message in message"] = lambda: (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 1_200 + HEAD + b"\r\ntext"
MADE["B18 digest in digest"] = lambda: nested(1_000).replace(b"/mixed", b"/digest")
MADE["B19 20,000 parts"] = lambda: multipart(*[b"\r\nx"] * 20_000)
MADE["B19 20,000 alternatives"] = lambda: multipart(
    *[b"Content-Type: text/html\r\n\r\n "] * 20_000, subtype=b"alternative"
)
MADE["B20 address of dots"] = lambda: header(b"From: " + b"." * 90_000 + b"@x.example")
MADE["B20 nested comments"] = lambda: header(b"From: " + b"(" * 45_000 + b")" * 45_000 + b" a@x.example")
MADE["B20 900 comments"] = lambda: header(b"From: " + b"(" * 900 + b")" * 900 + b" a@x.example")
MADE["B20 backslashes"] = lambda: header(b'From: "' + b"\\" * 90_000 + b'" <a@x.example>')
MADE["B20 quotes"] = lambda: header(b"From: " + b'"' * 1_999)
MADE["B20 angles"] = lambda: header(b"In-Reply-To: " + b"<" * 90_000 + b"\r\nReferences: " + b"(" * 4_000)
MADE["B20 plus signs"] = lambda: header(b"To: " + b"+a" * 20_000 + b"\r\nCc: " + b"a+" * 20_000)
MADE["B21 parameters"] = lambda: plain(b"text/plain" + b"; a=b" * 9_000, b"text")
MADE["B21 open quotes"] = lambda: plain(b"text/plain" + b';a="' * 9_000, b"text")
MADE["B21 continuations"] = lambda: named(b";".join(b"filename*%d=a" % n for n in range(1_000)))
MADE["B21 continuations with charset"] = lambda: named(b";".join(b"filename*%d*=%%C3" % n for n in range(3_000)))
for _encoding, _body in (
    (b"base64", b"QUJD!!!!QQ"),
    (b"base64", b"A"),
    (b"base64", b"QQ==\r\nQkI=\r\nQ0ND"),
    (b"base64", b"\xff\xfe"),
    (b"quoted-printable", b"a=ZZ=\r\n=4"),
    (b"x-uuencode", b"begin 644 f\r\n#0V%T\r\n"),
    (b"x-unknown", b"abc"),
    (b"", b"abc"),
    (b"base64; x=y", b"QUJD"),
    (b"\xff", b"abc"),
):
    fixed(
        f"B22 {_encoding!r} {_body[:9]!r}",
        plain(b"text/plain", _body, b"Content-Transfer-Encoding: " + _encoding + b"\r\n"),
    )
fixed(
    "B23 winmail.dat",
    multipart(
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+Ig=="
    ),
)
fixed(
    "B23 signed",
    multipart(
        b"Content-Type: text/plain\r\n\r\nsigned text",
        b"Content-Type: application/pgp-signature; name=s.asc\r\n\r\nsig",
        subtype=b"signed",
    ),
)
fixed(
    "B23 encrypted",
    multipart(
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
        b"Content-Type: application/octet-stream\r\n\r\n--PGP--",
        subtype=b"encrypted",
    ),
)
fixed(
    "B23 sealed",
    plain(
        b"application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        b"MIIB",
        b"Content-Transfer-Encoding: base64\r\n",
    ),
)
fixed(
    "B24 bounce",
    b"Return-Path: <>\r\n"
    + multipart(
        b"Content-Type: text/plain\r\n\r\nnot delivered",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed",
        b"Content-Type: message/rfc822\r\n\r\n"
        b"Message-ID: <CK-1.CK-1-2.CK1abcdefghijklmnop@example.net>\r\nSubject: ours\r\n\r\nack",
        subtype=b"report",
    ),
)
for _subject in (
    "Out of office",
    "Автоответ: Re: жалоба",
    "Abwesenheitsnotiz: Urlaub",
    "Réponse automatique : absence",
    "Respuesta automática: hola",
):
    fixed(f"B25 {_subject}", b"From: a@b.example\r\nSubject: " + _subject.encode() + b"\r\n\r\naway")
fixed(
    "B26 read receipt",
    multipart(
        b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: x",
        subtype=b"report; report-type=disposition-notification",
    ),
)
fixed(
    "B26 invitation",
    multipart(
        b"Content-Type: text/plain\r\n\r\ncome",
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
        subtype=b"alternative",
    ),
)
MADE["B27 deep HTML"] = lambda: plain(b"text/html", b"<div>" * 200_000 + b"deep words" + b"</div>" * 200_000)
MADE["B27 inline images"] = lambda: plain(
    b"text/html", b'<p>words</p><img src="data:image/png;base64,' + b"A" * 24_000_000 + b'">'
)
MADE["B27 25 MB of tags"] = lambda: plain(b"text/html", b"<b>x<i>" * 3_500_000)
MADE["B27 tables"] = lambda: plain(b"text/html", b"<table><tr><td>" * 150 + b"cell" + b"</td></tr></table>" * 150)
MADE["B27 open comments"] = lambda: plain(b"text/html", b"<!--" * 1_000_000 + b"<script>" * 100_000)
MADE["B27 one wide table"] = lambda: plain(b"text/html", b"<table><tr>" + b"<td>c</td>" * 90_000 + b"</tr></table>")
MADE["B27 huge spans"] = lambda: plain(
    b"text/html", b'<table><tr><td colspan="999999999" rowspan="999999999">c</td></tr></table>'
)
MADE["B27 huge padding"] = lambda: plain(
    b"text/html", b'<p style="margin-top:99999999em;padding-left:99999999em">c</p>'
)
MADE["B27 200 heavy parts"] = lambda: multipart(
    *[b"Content-Type: text/html\r\n\r\n" + b"<ul>" * 90 + b"<li>x<p>y" * 9_000] * 200
)
MADE["B27 open lists"] = lambda: plain(b"text/html", b"<ul>" * 95 + b"<li>x" * 150_000)
fixed("B28 HTML only", plain(b"text/html; charset=utf-8", "<p>Größe</p>".encode()))
fixed("B28 image only", plain(b"image/png", b"iVBOR", b"Content-Transfer-Encoding: base64\r\n"))
fixed(
    "B28 empty with file",
    multipart(b"Content-Type: text/plain\r\n\r\n", b"Content-Type: image/png; name=a.png\r\n\r\nx"),
)
MADE["B29 quoted 400 deep"] = lambda: plain(b"text/plain", b"".join(b">" * n + b" words\r\n" for n in range(400)))
MADE["B29 blockquotes 400 deep"] = lambda: plain(b"text/html", b"<blockquote>words" * 400 + b"</blockquote>" * 400)
fixed(
    "B30 references of others",
    header(b"References: <1@x> <2@x> <3@x> (see <4@x>)\r\nIn-Reply-To: Your mail of Monday (<5@x>) <6@x>"),
)
for _name in (
    b"../../x",
    b"..\\\\x",
    b"/etc/passwd",
    b"C:\\\\x.exe",
    b"CON",
    b"nul.txt",
    b"a" * 300 + b".pdf",
    b"x...",
    b"a\rb\nc",
    b" ",
    b".",
    b"..",
    "\u200b.htaccess".encode(),
    "．．／x".encode(),
    "‥/x".encode(),
    "photo\u202egpj.exe".encode(),
    "e\u0301.txt".encode(),
    b"\xff\xfe.txt",
):
    fixed(f"B31 B32 name {_name[:12]!r}", named(b'filename="' + _name + b'"'))
fixed("B31 no name", named(b"x=y"))
fixed(
    "B32 two normal forms",
    multipart(
        b"Content-Type: text/plain\r\n\r\nt",
        'Content-Type: image/png; name="e\u0301.png"\r\n\r\n1'.encode(),
        'Content-Type: image/png; name="\u00e9.png"\r\n\r\n2'.encode(),
    ),
)


@made("B33 zip bomb")
def zip_bomb() -> bytes:
    """Return a mail with an archive within archives, with an entry that climbs out of its folder."""
    data = b"0" * 10_000_000
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../evil", data)
        data = out.getvalue()
    part = (
        b"Content-Type: application/zip; name=b.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data)
    )
    return multipart(b"Content-Type: text/plain\r\n\r\nsee file", part)


MADE["B38 30 MB"] = lambda: plain(b"text/plain", b"x" * 30_000_000)
MADE["B39 5 MB of text"] = lambda: plain(b"text/plain", b"words " * 900_000)
