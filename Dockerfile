# One image for every service of Airflow with Rasd in it. The base image is an argument, so that a mirror or an image of
# one's own can stand in for it; it needs Python 3.11 or newer with venv, and glibc.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
WORKDIR /opt/rasd
COPY docker/wheels wheels
COPY requirements requirements
# Wheels that lie in docker/wheels are all that is used then; without them pip's own ways lead to the packages.
RUN if ls wheels/*.whl >/dev/null 2>&1; then from="--no-index --find-links wheels"; fi \
 && python3 -m venv /opt/uv \
 && /opt/uv/bin/pip install $from --no-cache-dir --require-hashes -r requirements/uv.txt \
 && python3 -m venv --without-pip /opt/venv \
 && VIRTUAL_ENV=/opt/venv /opt/uv/bin/uv pip install $from --no-cache --no-deps --only-binary :all: --require-hashes \
      --compile-bytecode -r requirements/run.txt -r requirements/image.txt \
 && cd /opt/venv/lib/python3*/site-packages \
 # What no service uses: tests and headers, Arrow's network protocol and query plans.
 && rm -rf numpy/tests numpy/*/tests pyarrow/tests pyarrow/include pyarrow/*flight* pyarrow/*substrait*
COPY pyproject.toml README.md LICENSE ./
COPY plugins plugins
COPY sql sql
COPY seeds seeds
# Bytecode is made here: nobody may write beside the code later.
RUN VIRTUAL_ENV=/opt/venv /opt/uv/bin/uv pip install --no-cache --no-deps --no-build-isolation --compile-bytecode .

FROM ${BASE}
RUN useradd --uid 50000 --create-home --home-dir /opt/airflow airflow \
 && install -d -o airflow -g airflow /opt/airflow/logs /data/inbox /data/archive
COPY --from=build /opt/venv /opt/venv
COPY docker/airflow.cfg /opt/airflow/airflow.cfg
COPY docker/prepare.py docker/health.py docker/housekeeping.sh /opt/rasd/
COPY plugins/*.py /opt/airflow/plugins/
COPY dags /opt/airflow/dags
ENV PATH=/opt/venv/bin:$PATH \
    AIRFLOW_HOME=/opt/airflow \
    RASD_HOME=/tmp/rasd \
    RASD_INBOX=/data/inbox \
    ORT_DISABLE_TELEMETRY=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER airflow
WORKDIR /opt/airflow
