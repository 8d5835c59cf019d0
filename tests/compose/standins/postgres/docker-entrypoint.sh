#!/bin/bash
# The environment contract of the official image: POSTGRES_USER, _PASSWORD, _DB (each also _FILE), _INITDB_ARGS,
# PGDATA, and *.sh, *.sql, *.sql.gz in /docker-entrypoint-initdb.d, once, when the data folder is empty.
set -Eeuo pipefail
for name in POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB; do
  file=${name}_FILE
  if [ -n "${!file:-}" ]; then export "$name=$(< "${!file}")"; fi
done
if [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown -R postgres "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then echo "POSTGRES_PASSWORD is not set." >&2; exit 1; fi
  # shellcheck disable=SC2086  # the arguments are several words
  initdb -D "$PGDATA" --username="$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_ARGS:-}
  printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
  printf "\nlisten_addresses = '*'\nunix_socket_directories = '/var/run/postgresql'\n" >> "$PGDATA/postgresql.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  export PGHOST=/var/run/postgresql PGUSER=$user PGPASSWORD=$POSTGRES_PASSWORD
  if [ "$database" != postgres ]; then psql -v ON_ERROR_STOP=1 -d postgres -c "CREATE DATABASE \"$database\""; fi
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) psql -v ON_ERROR_STOP=1 -d "$database" -f "$file" ;;
      *.sql.gz) gunzip -c "$file" | psql -v ON_ERROR_STOP=1 -d "$database" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGHOST PGUSER PGPASSWORD
fi
exec "$@"
