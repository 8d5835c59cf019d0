"""`rasd local`: Rasd on this machine, Airflow included. The Makefile calls these."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from rasd import settings
from rasd.cli.result import Watcher, console, show
from rasd.errors import SettingError

app = typer.Typer(no_args_is_help=True, help="Rasd on this machine: run once, up, down, clean.")


@app.command()
def run(
    inbox: Annotated[str | None, typer.Argument(help="Folder, file, glob or object-store address.")] = None,
) -> None:
    """Run the DAG rasd_ingest once through Airflow over the inbox, and show the result."""
    from rasd.local import airflow, house
    from rasd.pipeline import runs

    setting = settings.load()
    given = inbox or setting.inbox
    chosen = given if "://" in given else str(Path(given).expanduser().absolute())
    with house.exclusively(setting.home, "run", "Another run is under way in this folder; waiting for it to end."):
        console.print("[bold]1/3[/] Starting the embedded Postgres and bringing the warehouse up to date")
        with house.opened(setting.home) as opened:
            console.print("[bold]2/3[/] Preparing Airflow")
            airflow.prepare(opened)
            console.print(f"[bold]3/3[/] Running the DAG rasd_ingest over {chosen}", highlight=False)
            engine = opened.warehouse()
            with Watcher(engine) as watcher:
                airflow.run_dag(opened, "rasd_ingest", {"inbox": chosen}, while_waiting=watcher.look)
                run_id = watcher.run_id
            if run_id is None:
                raise SettingError("the DAG opened no run", where=chosen)
            show(engine, runs.books(engine, run_id))
            engine.dispose()


@app.command()
def up(port: Annotated[int, typer.Option(help="Port of Airflow's UI on 127.0.0.1.")] = 8080) -> None:
    """Start the living system: scheduler, UI on 127.0.0.1, ingest every 15 minutes."""
    from rasd.local import airflow

    home = settings.load().home
    if address := airflow.address(home):
        console.print(f"Rasd is up already: {address}    (stop it with: make down)")
        return
    console.print("Starting; this takes half a minute …")
    address = airflow.up(home, port)
    console.print(f"Rasd is up: {address}    (stop it with: make down)")
    console.print(f"Inbox: {settings.load().inbox}", highlight=False)
    told = home / "login-told"
    login = airflow.login(home)
    if login and not told.exists():
        console.print(f"Login, shown this once: {login[0]} / {login[1]}", highlight=False)
        console.print(f"Kept in {home}/airflow/simple_auth_manager_passwords.json.generated", highlight=False)
        told.touch()


@app.command()
def down() -> None:
    """Stop the living system."""
    from rasd.local import airflow

    console.print("Stopped." if airflow.down(settings.load().home) else "It does not run.")


@app.command()
def clean() -> None:
    """Stop everything and remove what Rasd wrote on this machine, the embedded warehouse included."""
    from rasd.local import airflow
    from rasd.warehouse.embedded import EmbeddedPostgres

    home = settings.load().home
    if not home.exists():
        return
    airflow.down(home)
    postgres = EmbeddedPostgres(home)
    if not postgres.is_unused():
        raise SettingError("the embedded Postgres is in use", where=str(home), do="End the run that uses it first.")
    postgres.stop()
    shutil.rmtree(postgres.socket_dir, ignore_errors=True)
    shutil.rmtree(home)
    console.print(f"Removed {home}.", highlight=False)
