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
        "explained": {
            "en": "Our decision stands as I wrote it. If something in it is unclear, tell me and I will explain it.",
            "ru": "Наше решение прежнее. Если в нём что-то неясно, напишите, и я объясню.",
            "fil": "Ganoon pa rin po ang aming pasya. Kung may hindi malinaw, sabihin lang po at ipaliliwanag ko.",
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

# What is given, per category; and how it is said.
REMEDIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "delivery-late": ("delivery fee back", "voucher"),
        "delivery-damaged": ("replacement", "refund"),
        "delivery-lost": ("replacement", "refund"),
        "refund": ("refund",),
        "billing": ("bill corrected", "refund"),
        "product-quality": ("replacement", "repair", "refund"),
        "product-missing": ("missing part", "replacement"),
        "safety": ("refund",),
        "contract": ("contract ended",),
    }
)
APOLOGY: Final = "apology"
SAID: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "apology": {
            "en": "we have spoken with everybody concerned and changed how we work",
            "ru": "мы поговорили со всеми причастными и изменили порядок работы",
            "fil": "kinausap namin ang lahat ng kasangkot at binago ang aming paraan ng paggawa",
        },
        "delivery fee back": {
            "en": "you get the delivery fee back",
            "ru": "мы вернём вам стоимость доставки",
            "fil": "ibabalik namin ang bayad sa paghahatid",
        },
        "voucher": {
            "en": "a voucher for your next order is on its way",
            "ru": "мы отправили вам купон на следующий заказ",
            "fil": "may ipinadala kaming voucher para sa susunod ninyong order",
        },
        "replacement": {
            "en": "a new one is sent to you, free of charge",
            "ru": "мы бесплатно отправим вам новый товар",
            "fil": "padadalhan namin kayo ng bago nang walang bayad",
        },
        "refund": {
            "en": "you get your money back within five days",
            "ru": "мы вернём вам деньги в течение пяти дней",
            "fil": "ibabalik namin ang inyong pera sa loob ng limang araw",
        },
        "repair": {
            "en": "we collect it and repair it at our cost",
            "ru": "мы заберём товар и починим его за свой счёт",
            "fil": "kukunin at kukumpunihin namin ito, kami ang magbabayad",
        },
        "missing part": {
            "en": "the missing part is in the post",
            "ru": "недостающая деталь уже отправлена",
            "fil": "ipinadala na namin ang kulang na bahagi",
        },
        "bill corrected": {
            "en": "you get a corrected bill",
            "ru": "мы пришлём исправленный счёт",
            "fil": "padadalhan namin kayo ng itinamang bill",
        },
        "contract ended": {
            "en": "the contract has ended, and nothing more is taken from your account",
            "ru": "договор расторгнут, больше ничего списано не будет",
            "fil": "tapos na ang kontrata at wala nang ibabawas sa inyong account",
        },
    }
)


def words(what: str, language: str, remedy: str = "") -> str:
    """Return what a handler writes.

    Args:
        what: The occasion, a key of `WORDS`.
        language: The complainant's; English stands in for one that nobody here writes.
        remedy: What is given, a key of `SAID`, where the words speak of it.
    """
    return _in(WORDS[what], language).format(remedy=_in(SAID[remedy or APOLOGY], language))


def _in(said: Mapping[str, str], language: str) -> str:
    return said.get(language, said["en"])
