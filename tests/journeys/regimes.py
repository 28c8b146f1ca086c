"""The deadlines of the field's own table (`domain.md`, section 3), row by row, with dates computed by hand.

Each check names its row by the row's first cell. Rows without a deadline that could be computed are in `WITHOUT`, each
with the reason. England's holidays of 2026: 1 January, 3 and 6 April, 4 and 25 May, 31 August, 25 and 28 December.
"""

from typing import Final

from attrs import frozen

FCA_SUMMARY: Final = "UK FCA DISP 1.5"
FCA_FINAL: Final = "UK FCA DISP 1.6.2"
FCA_PAYMENT: Final = "UK FCA, PSD/EMD complaint"
FCA_REFERRAL: Final = "UK ombudsman referral"
CFPB: Final = "US CFPB portal"
ASIC: Final = "AU ASIC RG 271"
PSD2: Final = "EU PSD2 art. 101"
RBI: Final = "India RBI banks"
CPGRAMS: Final = "India CPGRAMS"
ECOMMERCE: Final = "India e-commerce rules 2020"
RU_59: Final = "Russia 59-FZ"
RU_GOODS: Final = "Russia consumer law, goods"
RU_SERVICES: Final = "Russia consumer law, services"
MDR: Final = "US FDA MDR part 803"
LGSCO: Final = "UK LGSCO code (councils)"
HOUSING: Final = "UK Housing Ombudsman code"
NHS: Final = "UK NHS"
PERU: Final = "Peru complaint book"
BSP: Final = "Philippines BSP"
SEEDS: Final = "Seed defaults"

WITHOUT: Final = {
    "UK FCA DISP 1.6.1": "asks for a prompt acknowledgement and names no number",
    "UK FCA DISP 1.3, 1.4, 1.9": "how to investigate, and how long to keep records: no deadline of a complaint",
    "UK FCA reporting": "a return about a period, not about a complaint",
    "AU ASIC IDR data": "a return about a period, not about a complaint",
    "EU EIOPA/ESMA/EBA guidelines": "no number: without unnecessary delay, or a national limit",
    "EU DSA art. 20": "how long somebody may begin to complain; there is no complaint yet",
    "US FDA complaint file": "every complaint is evaluated; no number",
}


@frozen(kw_only=True)
class Check:
    """One deadline of one row.

    Attributes:
        row: The row.
        pack: The rule pack it is under; empty for the core's own standards.
        zone: Place of the organisation, whose days count where the pack names none.
        received: When it was received, local time there.
        clock: Name of the clock.
        due: Its last day, local; or day and time, where it ends within a day.
        steps: What happens, as words that the test knows: `acknowledged 2026-06-03T10:00` ...
        longest: Last day to which it may be extended; empty where it may not be at all.
    """

    row: str
    pack: str = ""
    zone: str = "UTC"
    received: str
    clock: str
    due: str
    steps: tuple[str, ...] = ()
    longest: str = ""


def _after(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(";") if one.strip())


def _check(row: str, pack: str, received: str, clock: str, due: str, steps: str = "", **more: str) -> Check:
    name = f"{clock}:{pack}" if pack else clock
    return Check(row=row, pack=pack, received=received, clock=name, due=due, steps=_after(steps), **more)


_LONDON: Final = "Europe/London"
_SYDNEY: Final = "Australia/Sydney"
_KOLKATA: Final = "Asia/Kolkata"
_MOSCOW: Final = "Europe/Moscow"
_NEW_YORK: Final = "America/New_York"
_REFUND: Final = "demanded refund 2026-03-20T10:00"


def _stages(row: str, pack: str) -> tuple[Check, ...]:
    """Return the checks of a code with two stages: councils and landlords have the same figures."""
    told, disputed = "acknowledged 2026-06-03T10:00", "answered 2026-06-17T10:00; disputed 2026-06-22T10:00"
    received = "2026-06-01T10:00"
    return (
        _check(row, pack, received, "acknowledgement", "2026-06-08", zone=_LONDON),
        _check(row, pack, received, "final_response", "2026-06-17", told, zone=_LONDON, longest="2026-07-01"),
        _check(row, pack, received, "final_response", "2026-06-22", zone=_LONDON, longest="2026-07-06"),
        _check(row, pack, received, "review_acknowledgement", "2026-06-29", disputed, zone=_LONDON),
        _check(row, pack, received, "review", "2026-07-27", disputed, zone=_LONDON, longest="2026-08-24"),
        _check(
            row, pack, received, "review", "2026-07-22", f"{disputed}; replied 2026-06-24T10:00", zone=_LONDON,
            longest="2026-08-19",
        ),
    )  # fmt: skip


CHECKS: Final = (
    # The vector: received on Maundy Thursday; Good Friday, the weekend and Easter Monday do not count.
    _check(FCA_SUMMARY, "uk-fca-disp", "2026-04-02T10:00", "summary_resolution", "2026-04-09T17:00", zone=_LONDON),
    _check(FCA_SUMMARY, "uk-fca-disp", "2026-04-02T21:30", "summary_resolution", "2026-04-09T17:00", zone=_LONDON),
    _check(FCA_FINAL, "uk-fca-disp", "2026-04-02T10:00", "final_response", "2026-05-28", zone=_LONDON),
    _check(
        FCA_PAYMENT, "uk-fca-psd", "2026-04-02T10:00", "final_response", "2026-04-27", zone=_LONDON,
        longest="2026-05-27",
    ),
    _check(
        FCA_REFERRAL, "uk-fca-disp", "2026-04-02T10:00", "referral_window", "2026-11-28", "answered 2026-05-28T10:00",
        zone=_LONDON,
    ),
    _check(
        FCA_REFERRAL, "uk-fca-disp", "2026-04-02T10:00", "referral_window", "2026-10-07", "settled 2026-04-07T10:00",
        zone=_LONDON,
    ),
    _check(CFPB, "us-cfpb", "2026-03-09T10:00", "final_response", "2026-03-24", zone=_NEW_YORK, longest="2026-05-08"),
    # Twenty-four hours over the end of summer time there end an hour earlier by the clock.
    _check(ASIC, "au-asic-rg271", "2026-04-04T14:00", "acknowledgement", "2026-04-05T13:00", zone=_SYDNEY),
    _check(ASIC, "au-asic-rg271", "2026-01-15T10:00", "final_response", "2026-02-14", zone=_SYDNEY),
    _check(ASIC, "au-asic-rg271", "2026-01-15T10:00", "summary_resolution", "2026-01-22", zone=_SYDNEY),
    _check(ASIC, "au-asic-rg271-super", "2026-01-15T10:00", "final_response", "2026-03-01", zone=_SYDNEY),
    _check(ASIC, "au-asic-rg271-hardship", "2026-01-15T10:00", "final_response", "2026-02-05", zone=_SYDNEY),
    _check(
        PSD2, "eu-psd2", "2026-04-02T10:00", "final_response", "2026-04-23",
        zone="Europe/Berlin", longest="2026-05-21",
    ),
    _check(RBI, "in-rbi", "2026-06-01T10:00", "final_response", "2026-07-01", zone=_KOLKATA),
    _check(
        RBI, "in-rbi", "2026-06-01T10:00", "duty_internal_ombudsman", "2026-06-21",
        "duty internal_ombudsman 2026-06-09T10:00", zone=_KOLKATA,
    ),
    _check(CPGRAMS, "in-cpgrams", "2026-06-01T10:00", "final_response", "2026-06-22", zone=_KOLKATA),
    _check(ECOMMERCE, "in-ecommerce", "2026-06-01T10:00", "acknowledgement", "2026-06-03T10:00", zone=_KOLKATA),
    _check(ECOMMERCE, "in-ecommerce", "2026-01-31T10:00", "final_response", "2026-02-28", zone=_KOLKATA),
    # The vector: received on Friday the 6th, registered on Tuesday the 10th.
    _check(
        RU_59, "ru-59fz", "2026-03-06T10:00", "registration", "2026-03-09",
        "registered 2026-03-10T10:00", zone=_MOSCOW,
    ),
    _check(
        RU_59, "ru-59fz", "2026-03-06T10:00", "final_response", "2026-04-09", "registered 2026-03-10T10:00",
        zone=_MOSCOW, longest="2026-05-09",
    ),
    _check(
        RU_59, "ru-59fz", "2026-03-06T10:00", "duty_forward", "2026-03-17",
        "registered 2026-03-10T10:00; duty forward 2026-03-12T10:00", zone=_MOSCOW,
    ),
    _check(RU_GOODS, "ru-consumer-goods", "2026-03-16T10:00", "demand-1", "2026-03-30", _REFUND, zone=_MOSCOW),
    _check(
        RU_GOODS, "ru-consumer-goods", "2026-03-16T10:00", "demand-1", "2026-03-30",
        "demanded price_cut 2026-03-20T10:00", zone=_MOSCOW,
    ),
    _check(
        RU_GOODS, "ru-consumer-goods", "2026-03-16T10:00", "demand-1", "2026-03-30",
        "demanded cancellation 2026-03-20T10:00", zone=_MOSCOW,
    ),
    _check(
        RU_GOODS, "ru-consumer-goods", "2026-03-16T10:00", "demand-1", "2026-03-27",
        "demanded exchange 2026-03-20T10:00", zone=_MOSCOW, longest="2026-04-20",
    ),
    _check(
        RU_GOODS, "ru-consumer-goods", "2026-03-16T10:00", "demand-1", "2026-05-04",
        "demanded repair 2026-03-20T10:00", zone=_MOSCOW,
    ),
    _check(RU_SERVICES, "ru-consumer-services", "2026-03-16T10:00", "demand-1", "2026-03-30", _REFUND, zone=_MOSCOW),
    # The vector: aware on 1 July 2026; the 3rd is a federal holiday.
    _check(
        MDR, "us-fda-complaints", "2026-06-29T10:00", "duty_mdr_5day", "2026-07-09",
        "duty mdr_5day 2026-07-01T10:00", zone=_NEW_YORK,
    ),
    _check(
        MDR, "us-fda-complaints", "2026-06-29T10:00", "duty_mdr_report", "2026-07-31",
        "duty mdr_report 2026-07-01T10:00", zone=_NEW_YORK,
    ),
    _check(
        MDR, "us-fda-complaints", "2026-06-29T10:00", "duty_mdr_facility", "2026-07-16",
        "duty mdr_facility 2026-07-01T10:00", zone=_NEW_YORK,
    ),
    _check(
        MDR, "us-fda-complaints", "2026-06-29T10:00", "duty_mdr_importer", "2026-07-31",
        "duty mdr_importer 2026-07-01T10:00", zone=_NEW_YORK,
    ),
    *_stages(LGSCO, "uk-lgsco"),
    *_stages(HOUSING, "uk-housing"),
    _check(NHS, "uk-nhs-england", "2026-04-02T10:00", "acknowledgement", "2026-04-09", zone=_LONDON),
    _check(NHS, "uk-nhs-england", "2026-04-02T10:00", "final_response", "2026-10-02", zone=_LONDON),
    _check(NHS, "uk-nhs-wales", "2026-04-02T10:00", "acknowledgement", "2026-04-08", zone=_LONDON),
    _check(NHS, "uk-nhs-wales", "2026-04-02T10:00", "final_response", "2026-05-19", zone=_LONDON),
    # Easter Monday is a working day in Scotland.
    _check(NHS, "uk-nhs-scotland", "2026-04-02T10:00", "acknowledgement", "2026-04-08", zone=_LONDON),
    _check(NHS, "uk-nhs-scotland", "2026-04-02T10:00", "final_response", "2026-05-01", zone=_LONDON),
    _check(NHS, "uk-nhs-ni", "2026-04-02T10:00", "acknowledgement", "2026-04-09", zone=_LONDON),
    _check(NHS, "uk-nhs-ni", "2026-04-02T10:00", "final_response", "2026-04-20", zone=_LONDON),
    # 29 June 2026 is Saint Peter and Saint Paul.
    _check(PERU, "pe-complaint-book", "2026-06-15T10:00", "final_response", "2026-07-07", zone="America/Lima"),
    _check(BSP, "ph-bsp-simple", "2026-06-01T10:00", "final_response", "2026-06-08", zone="Asia/Manila"),
    _check(BSP, "ph-bsp", "2026-06-01T10:00", "final_response", "2026-07-16", zone="Asia/Manila"),
    # The core's own standards, without any pack: over the change to summer time the clock shows an hour more.
    _check(SEEDS, "", "2026-03-28T12:00", "first_response", "2026-03-29T13:00", "by email", zone=_LONDON),
    _check(SEEDS, "", "2026-06-01T10:00", "first_response", "2026-06-01T11:00", "by social", zone=_LONDON),
)  # fmt: skip
