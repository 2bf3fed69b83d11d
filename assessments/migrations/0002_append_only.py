"""The database itself refuses to change an entry of the journal of money or a correction, and on PostgreSQL to delete one."""

from typing import Any

from django.db import migrations

GUARDED = (
    # table, what its guard is called, what it answers
    ("assessments_moneyentry", "money_entry", "the journal of money is append-only"),
    ("assessments_paymentcorrection", "payment_correction", "corrections are append-only"),
)


def forwards(apps: Any, schema_editor: Any) -> None:
    for table, name, answer in GUARDED:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{answer}'); END"
            )
            continue
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{answer}'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()"
        )


def backwards(apps: Any, schema_editor: Any) -> None:
    for table, name, _ in GUARDED:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_no_update")
            continue
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_no_change ON {table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}_refuse()")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
