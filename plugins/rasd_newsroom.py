"""The newsroom inside Airflow: behind its login, in its left bar, with its roles. The pages are in `rasd.newsroom`.

Every process of Airflow imports this file, tasks too; only the one that serves pages makes the application.
"""

from __future__ import annotations

from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from airflow.plugins_manager import AirflowPlugin
from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Receive, Scope, Send

# Whoever may see this DAG may read what it made, whoever may start it may change that. Every auth manager knows DAGs;
# rights of plugins' own the simple one gives to all, and FAB to no Viewer and no User.
_DAG = "rasd_ingest"
_making = Lock()
_WAREHOUSE_CONNECTION = "rasd_warehouse"


async def newsroom(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    # Made in a thread: the same process answers the tasks' calls, which must not wait for our imports.
    application = await run_in_threadpool(_application)
    await application(scope, receive, send)


def _application() -> FastAPI:
    with _making:
        return _made()


@cache
def _made() -> FastAPI:
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
    from airflow.api_fastapi.auth.tokens import get_signing_key
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, HTTPException

    from rasd import settings
    from rasd.newsroom.app import create
    from rasd.newsroom.desk import House, Visitor

    def visitor(user: Any = Depends(get_user)) -> Visitor:
        may = partial(get_auth_manager().is_authorized_dag, details=DagDetails(id=_DAG), user=user)
        if not may(method="GET"):
            raise HTTPException(403)
        return Visitor(user.get_name(), may(method="POST", access_entity=DagAccessEntity.RUN))

    house = House(
        read_dsn=lambda: settings.load().read_dsn or _warehouse_dsn(),
        write_dsn=lambda: settings.load().desk_dsn or _warehouse_dsn(),
        secret=lambda: get_signing_key("api", "secret_key"),
        login=lambda address: get_auth_manager().get_url_login(next_url=address),
    )
    return create(house, visitor)


def _warehouse_dsn() -> str:
    """Return the warehouse's address, from where the DAGs take it. The newsroom takes a smaller role once connected."""
    from airflow.models.connection import Connection

    from rasd import settings

    return settings.load().warehouse_dsn or str(Connection.get_connection_from_secrets(_WAREHOUSE_CONNECTION).get_uri())


class RasdNewsroom(AirflowPlugin):
    """The application, and the entry in the left bar that shows it in a frame."""

    name = "rasd_newsroom"
    fastapi_apps = [{"name": "Rasd newsroom", "url_prefix": "/newsroom", "app": newsroom}]  # noqa: RUF012
    external_views = [  # noqa: RUF012 -- Airflow reads plain lists
        {"name": "Rasd", "href": "newsroom/", "destination": "nav", "url_route": "newsroom", "nav_top_level": True}
    ]
