"""What the handlers of the demo write, in the complainant's language; and what they give."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "first": {
            "en": "Thank you for telling us. I have your complaint in front of me and am finding out what happened.",
            "ru": "Спасибо, что написали. Ваша жалоба у меня, я выясняю, что произошло.",
            "fil": "Salamat po sa inyong mensahe. Hawak ko na ang reklamo ninyo at inaalam ko kung ano ang nangyari.",
        },
        "question": {
            "en": "Could you send me a photo, or the number on the receipt? I can go on as soon as I have it.",
            "ru": "Не могли бы вы прислать фотографию или номер чека? Как только получу, продолжу.",
            "fil": "Maaari po ba kayong magpadala ng litrato o ng numero ng resibo? Itutuloy ko po kapag natanggap ko.",
        },
        "more": {
            "en": "Thank you, that helps. I have put it with your complaint.",
            "ru": "Спасибо, это поможет. Я приложил это к вашей жалобе.",
            "fil": "Salamat po, malaking tulong ito. Inilagay ko na po sa inyong reklamo.",
        },
        "standing": {
            "en": "I am sorry for the wait. I am still working on it, and you will have an answer from me.",
            "ru": "Простите за ожидание. Я всё ещё занимаюсь вашим вопросом и обязательно отвечу.",
            "fil": "Paumanhin po sa paghihintay. Inaasikaso ko pa po ito at makakatanggap kayo ng sagot mula sa akin.",
        },
        "upheld": {
            "en": "You are right, and I apologise. This is what we do about it: {remedy}.",
            "ru": "Вы правы, приношу извинения. Вот что мы сделаем: {remedy}.",
            "fil": "Tama po kayo, at humihingi ako ng paumanhin. Ito po ang gagawin namin: {remedy}.",
        },
        "partly_upheld": {
            "en": "In part you are right, and I apologise for that part. This is what we do about it: {remedy}.",
            "ru": "Отчасти вы правы, и за это приношу извинения. Вот что мы сделаем: {remedy}.",
            "fil": "May bahagi pong tama kayo, at humihingi ako ng paumanhin doon. Ito po ang gagawin namin: {remedy}.",
        },
        "not_upheld": {
            "en": "I have looked into it with care. We did what we had promised, so I cannot give you more than this "
            "explanation. If you see it differently, write to me and a colleague will look at it anew.",
            "ru": "Я внимательно во всём разобрался. Мы выполнили обещанное, поэтому могу дать только это объяснение. "
            "Если вы не согласны, напишите мне, и коллега посмотрит заново.",
            "fil": "Sinuri ko po itong mabuti. Natupad namin ang aming ipinangako, kaya paliwanag lamang po ang "
            "maibibigay ko. Kung hindi po kayo sang-ayon, sumulat kayo at titingnan ito muli ng isang kasamahan.",
        },
    }
)

REMEDIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "delivery-late": ("delivery fee refunded", "voucher"),
        "delivery-damaged": ("replacement", "refund"),
        "delivery-lost": ("replacement", "refund"),
        "refund": ("refund", "refund with interest"),
        "billing": ("bill corrected", "refund of the difference"),
        "product-quality": ("replacement", "repair", "refund"),
        "product-missing": ("missing part sent", "replacement"),
        "safety": ("goods collected and refunded",),
        "contract": ("contract ended",),
    }
)
APOLOGY: Final = "apology"


def words(what: str, language: str, remedy: str = "") -> str:
    """Return what a handler writes.

    Args:
        what: The occasion, a key of `WORDS`.
        language: The complainant's; English stands in for one that nobody here writes.
        remedy: What is given, where the words speak of it.
    """
    spoken = WORDS[what]
    return spoken.get(language, spoken["en"]).format(remedy=remedy or APOLOGY)
