"""What the organisation has laid down about confidential complaints, and about those who report wrongs inside it."""

from datetime import timedelta

from attrs import field, frozen, validators


@frozen(kw_only=True)
class Secrecy:
    """When an identity is sealed without anybody asking, who may know of it then, and how long two people may look.

    Attributes:
        sealed_channels: Kinds of channel whose complaints are sealed as they come in.
        sealed_categories: Categories whose complaints are sealed once they are assessed as such.
        designated: People and roles that are the handlers of what is sealed so: those who follow up on reports
            (Directive (EU) 2019/1937, art. 9(1)(c)).
        unsealed_for: How long two people may look at a sealed identity at most, once both have said so.
        least: In reports, complaints about staff and confidential ones count only where there are at least so many in
            a cell, for whoever may not look at such complaints one by one.
    """

    sealed_channels: tuple[str, ...] = ("whistleblowing",)
    sealed_categories: tuple[str, ...] = ()
    designated: tuple[str, ...] = ("legal", "quality", "executive")
    unsealed_for: timedelta = field(default=timedelta(hours=24), validator=validators.gt(timedelta()))
    least: int = field(default=5, validator=validators.ge(1))
