"""The words of the demo's complainants, per language; every person, place and firm in them is invented."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.demo.phrases.english import ENGLISH
from complaintkit.demo.phrases.filipino import FILIPINO
from complaintkit.demo.phrases.parts import Channel, Language, Plot, Product, Temper, Topic, Voice
from complaintkit.demo.phrases.russian import RUSSIAN

VOICES: Final[Mapping[Language, Voice]] = MappingProxyType({one.language: one for one in (ENGLISH, RUSSIAN, FILIPINO)})

__all__ = ["VOICES", "Channel", "Language", "Plot", "Product", "Temper", "Topic", "Voice"]
