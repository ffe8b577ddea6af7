"""Triggers that let the database itself refuse to change or remove what is on the record.

They stop mistakes and an intruder with the application's own statements. Somebody who owns
the database can drop them; then the chain shows what was done.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SAYS = "the record is append-only"

_SQLITE = (
    f"""CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END""",
    f"""CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END""",
    f"""CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END""",
    f"""CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN NEW.number <> OLD.number + 1
        BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END""",
)
_SQLITE_OFF = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "audit_record_no_update",
        "audit_record_no_delete",
        "audit_head_no_delete",
        "audit_head_forward",
    )
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$""",
    """CREATE TRIGGER audit_record_rows BEFORE UPDATE OR DELETE ON audit_record
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_record_all BEFORE TRUNCATE ON audit_record
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_rows BEFORE DELETE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_all BEFORE TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
        FOR EACH ROW WHEN (NEW.number <> OLD.number + 1) EXECUTE FUNCTION audit_refuse()""",
)
_POSTGRESQL_OFF = (
    "DROP TRIGGER IF EXISTS audit_record_rows ON audit_record",
    "DROP TRIGGER IF EXISTS audit_record_all ON audit_record",
    "DROP TRIGGER IF EXISTS audit_head_rows ON audit_head",
    "DROP TRIGGER IF EXISTS audit_head_all ON audit_head",
    "DROP TRIGGER IF EXISTS audit_head_forward ON audit_head",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; those that are there are made anew."""
    remove(connection)
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for going back a migration, and for tests that empty their database."""
    _run(connection, _SQLITE_OFF if connection.vendor == "sqlite" else _POSTGRESQL_OFF)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
