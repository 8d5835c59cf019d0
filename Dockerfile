# One image for every service of Airflow with Rasd in it. The base image is an argument, so that a mirror or an image of
# one's own can stand in for it; it needs Python 3.11 or newer and glibc.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
WORKDIR /opt/rasd
COPY requirements requirements
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && VIRTUAL_ENV=/opt/venv /opt/venv/bin/uv pip install --no-cache --no-deps --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY plugins plugins
COPY sql sql
COPY seeds seeds
RUN VIRTUAL_ENV=/opt/venv /opt/venv/bin/uv pip install --no-cache --no-deps --no-build-isolation . \
 && VIRTUAL_ENV=/opt/venv /opt/venv/bin/uv pip uninstall uv

FROM ${BASE}
RUN useradd --uid 50000 --create-home --home-dir /opt/airflow airflow \
 && install -d -o airflow -g airflow /opt/airflow/logs /opt/airflow/rasd /data/inbox
COPY --from=build /opt/venv /opt/venv
COPY dags /opt/airflow/dags
ENV PATH=/opt/venv/bin:$PATH \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/airflow/dags \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    RASD_HOME=/opt/airflow/rasd \
    RASD_INBOX=/data/inbox \
    PYTHONUNBUFFERED=1
USER airflow
WORKDIR /opt/airflow
