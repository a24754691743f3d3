"""What others have attached to a derived table: rights and views, which outlive its swap.

A read-only role for a dashboard keeps its GRANTs, and a view over `standing` reads the new table.
What cannot be made again without loss, such as a materialised view, is said to be in the way.
"""

from dataclasses import dataclass

from django.db import connection
from psycopg import sql

# Of the table, and of single columns; not those of its owner, who has them anyway.
GRANTS = """
SELECT privilege_type, attname, CASE WHEN grantee <> 0 THEN pg_get_userbyid(grantee) END,
       is_grantable
FROM (
    SELECT relowner, relacl AS acl, NULL::name AS attname FROM pg_class WHERE oid = %(table)s
    UNION ALL
    SELECT relowner, attacl, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attrelid = %(table)s AND attacl IS NOT NULL
) granted
CROSS JOIN LATERAL aclexplode(acl)
WHERE grantee <> relowner
"""
VIEWS = """
SELECT DISTINCT nspname, relname, pg_get_viewdef(pg_class.oid),
       coalesce(array_to_string(reloptions, ', '), '')
FROM pg_depend
JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND pg_rewrite.oid = objid
JOIN pg_class ON pg_class.oid = ev_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE refobjid = %(table)s AND relkind = 'v'
"""
# All else, also of the generation that is to go: a foreign key, a function, a materialised view;
# triggers, and publications of logical replication.
DEPENDENTS = """
SELECT DISTINCT pg_describe_object(
    CASE WHEN classid = 'pg_rewrite'::regclass THEN 'pg_class'::regclass::oid ELSE classid END,
    coalesce(ev_class, objid), 0
)
FROM pg_depend
LEFT JOIN pg_rewrite ON classid = 'pg_rewrite'::regclass AND pg_rewrite.oid = objid
LEFT JOIN pg_class ON pg_class.oid = ev_class
WHERE refclassid = 'pg_class'::regclass
  AND refobjid IN (%(table)s, (
      -- By its name: to_regclass would want the right to use the schema.
      SELECT old.oid FROM pg_class old JOIN pg_namespace ON pg_namespace.oid = old.relnamespace
      WHERE nspname = 'previous' AND old.relname = %(name)s
  )) AND deptype = 'n'
  AND (relkind IS DISTINCT FROM 'v' OR refobjid <> %(table)s)
UNION
SELECT pg_describe_object('pg_trigger'::regclass, oid, 0) FROM pg_trigger
WHERE tgrelid = %(table)s AND NOT tgisinternal
UNION
SELECT pg_describe_object('pg_publication_rel'::regclass, oid, 0) FROM pg_publication_rel
WHERE prrelid = %(table)s
"""


@dataclass(frozen=True)
class Attachments:
    """The statements that attach all of it to the table's successor, and what cannot be."""

    statements: list[sql.Composable]
    dependents: list[str]

    @property
    def in_words(self) -> str:
        return " and ".join(self.dependents)


def of_table(name: str) -> Attachments:
    """Of the table of this name that is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::regclass::oid", [f"public.{name}"])
        of = {"table": cursor.fetchone()[0], "name": name}
        cursor.execute(GRANTS, of)
        grants = [grant(name, *row) for row in cursor.fetchall()]
        cursor.execute(VIEWS, of)
        views = [replace_view(*row) for row in cursor.fetchall()]
        cursor.execute(DEPENDENTS, of)
        dependents = [words for (words,) in cursor.fetchall()]
    return Attachments([*grants, *views], dependents)


def grant(
    table: str, privilege: str, column: str | None, role: str | None, is_grantable: bool
) -> sql.Composable:
    return sql.SQL("GRANT {}{} ON {} TO {}{}").format(
        sql.SQL(privilege),
        sql.SQL(" ({})").format(sql.Identifier(column)) if column else sql.SQL(""),
        sql.Identifier("public", table),
        sql.Identifier(role) if role else sql.SQL("PUBLIC"),
        sql.SQL(" WITH GRANT OPTION" if is_grantable else ""),
    )


def replace_view(schema: str, name: str, definition: str, options: str) -> sql.Composable:
    """Names in the definition are looked up again: they mean the table that is read now.

    Its options stay, such as security_invoker: without them it would run with other rights.
    """
    return sql.SQL("CREATE OR REPLACE VIEW {}{} AS {}").format(
        sql.Identifier(schema, name),
        sql.SQL(f" WITH ({options})" if options else ""),
        sql.SQL(definition),
    )
