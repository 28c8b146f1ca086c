"""What one kind of engine needs to run statements on one set of tables."""

from attrs import frozen

from complaintkit.store.improving_sql import ImprovingKit
from complaintkit.store.rows import Mappers
from complaintkit.store.sql_absences import AbsenceSql
from complaintkit.store.statements import Statements


@frozen
class Kit:
    """Statements and mappers of one engine."""

    sql: Statements
    map: Mappers
    improving: ImprovingKit
    absences: AbsenceSql
