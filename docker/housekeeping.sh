#!/bin/sh
# Keeps Airflow's own metadata and the tasks' logs in bounds: once a day, what is older than RASD_KEEP_DAYS goes.
# The warehouse is never touched.
set -u
trap 'exit 0' TERM INT
while :; do
  before=$(date -u -d "-${RASD_KEEP_DAYS:?} days" +%Y-%m-%dT00:00:00+00:00)
  echo "Removing runs, task instances and logs from before $before."
  if airflow db clean --clean-before-timestamp "$before" --skip-archive --yes \
    && find /opt/airflow/logs -type f -mtime "+$RASD_KEEP_DAYS" -delete \
    && find /opt/airflow/logs -mindepth 1 -type d -empty -delete; then
    touch /tmp/cleaned
    pause=86400
  else
    echo "That did not work; trying again in ten minutes." >&2
    pause=600
  fi
  sleep "$pause" & wait $!
done
