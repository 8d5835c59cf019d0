#!/bin/sh
# Runs once, when the database folder is empty: a role and a database each for Airflow and for the warehouse.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v airflow_password="$AIRFLOW_DB_PASSWORD" -v rasd_password="$RASD_DB_PASSWORD" <<'SQL'
CREATE ROLE airflow LOGIN PASSWORD :'airflow_password';
CREATE DATABASE airflow OWNER airflow;
CREATE ROLE rasd_owner LOGIN PASSWORD :'rasd_password';
CREATE DATABASE rasd OWNER rasd_owner;
SQL
