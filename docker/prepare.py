"""What has to be there before the services start, made in this order; running it again changes nothing.

Roles and databases, Airflow's tables, the warehouse's, the pool, the connections, the first administrator. Passwords
travel as environment variables and SCRAM verifiers only: none is on a command line, in a log, or sent to the server.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

from rasd.warehouse import migrate, roles
from rasd.warehouse.engine import connect

# Each role, the variable that holds its password, and the database that it works in.
ROLES = {
    "airflow": ("AIRFLOW_DB_PASSWORD", "airflow"),
    "rasd_owner": ("RASD_OWNER_PASSWORD", "rasd"),
    "rasd_writer": ("RASD_WRITER_PASSWORD", "rasd"),
    "rasd_reader": ("RASD_READER_PASSWORD", "rasd"),
}
OWNERS = {"airflow": "airflow", "rasd": "rasd_owner"}
ENV = os.environ
HOST, PORT = ENV.get("POSTGRES_HOST", "postgres"), ENV.get("POSTGRES_PORT", "5432")


def make_roles_and_databases() -> None:
    """Make the roles and the two databases, and set the passwords to what the environment says."""
    server = psycopg2.connect(
        host=HOST, port=PORT, user=ENV.get("POSTGRES_USER", "postgres"), password=ENV["POSTGRES_PASSWORD"],
        dbname="postgres", application_name="rasd prepare",
    )  # fmt: skip
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        there = {name for (name,) in cursor.fetchall()}
        for role, (variable, _) in ROLES.items():
            verifier = encrypt_password(ENV[variable], role, scope=server, algorithm="scram-sha-256")
            verb = "ALTER" if role in there else "CREATE"
            statement = sql.SQL(f"{verb} ROLE {{}} LOGIN PASSWORD {{}}")
            cursor.execute(statement.format(sql.Identifier(role), sql.Literal(verifier)))
        # The newsroom connects as the writer and takes one of the smaller roles at once.
        if "rasd_desk" not in there:
            cursor.execute("CREATE ROLE rasd_desk NOLOGIN")
        cursor.execute("GRANT rasd_reader, rasd_desk TO rasd_writer")
        cursor.execute("SELECT datname FROM pg_database")
        databases = {name for (name,) in cursor.fetchall()}
        for database, owner in OWNERS.items():
            name = sql.Identifier(database)
            if database not in databases:
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(owner)))
            # By default everybody may connect to every database of a server.
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        for role, (_, database) in ROLES.items():
            # COPY goes into temporary tables; analysts like to make some, too.
            statement = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}")
            cursor.execute(statement.format(sql.Identifier(database), sql.Identifier(role)))
    server.close()


def address(role: str, driver: str = "postgresql") -> str:
    """Return a role's database address."""
    variable, database = ROLES[role]
    return f"{driver}://{role}:{quote(ENV[variable], safe='')}@{HOST}:{PORT}/{database}"


def airflow(*words: str) -> None:
    """Run one of Airflow's commands, in this process: importing Airflow takes longer than any of them."""
    from airflow.__main__ import main as run

    sys.argv = ["airflow", *words]
    run()


def make_connections() -> None:
    """Set the connections of Rasd; those that people made are left alone."""
    connections: dict[str, dict[str, object]] = {
        name: {"conn_type": "postgres", "description": why, "host": HOST, "port": int(PORT), "schema": "rasd",
               "login": role, "password": ENV[ROLES[role][0]]}
        for name, role, why in (
            ("rasd_warehouse", "rasd_writer", "The warehouse, as the DAGs write it"),
            ("rasd_warehouse_reader", "rasd_reader", "The warehouse, as analysts read it"),
        )
    }  # fmt: skip
    if key := ENV.get("RASD_OBJECTS_KEY"):
        connections["rasd_objects"] = {
            "conn_type": "aws", "description": "The object store of inbox and archive",
            "login": key, "password": ENV["RASD_OBJECTS_SECRET"],
            "extra": {"endpoint_url": ENV["RASD_OBJECTS_URL"], "region_name": "us-east-1"},
        }  # fmt: skip
    # A file that only this user may read, gone when it has been read.
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(connections, file)
        file.flush()
        airflow("connections", "import", "--overwrite", file.name)


def make_administrator() -> None:
    """Make the first administrator; a password that was changed since stays changed."""
    password = ENV["RASD_ADMIN_PASSWORD"]
    airflow(
        "users", "create", "--username", "admin", "--firstname", "Rasd", "--lastname", "Administrator",
        "--email", "admin@localhost", "--role", "Admin", "--password", password,
    )  # fmt: skip


def main() -> None:
    """Prepare everything."""
    make_roles_and_databases()
    airflow("db", "migrate")
    airflow("sync-perm")
    # Airflow lists its plugins, and so the newsroom in the left bar, only to those who may read plugins: by default Op.
    airflow("roles", "add-perms", "Viewer", "User", "--action", "can_read", "--resource", "Plugins")
    airflow("pools", "set", "rasd_writers", ENV["RASD_PARALLELISM"], "Tasks that write to Rasd's warehouse")
    make_connections()
    make_administrator()
    warehouse = connect(address("rasd_owner"))
    migrate.migrate(warehouse)
    roles.grant(warehouse)
    warehouse.dispose()
    print("Everything is prepared.")


if __name__ == "__main__":
    main()
