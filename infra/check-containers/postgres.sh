#!/usr/bin/env bash
# Starts the stand-in for Postgres; on the first start it makes the user and the database that compose asks for.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -U "$POSTGRES_USER" -A scram-sha-256 --pwfile=<(printf '%s' "$POSTGRES_PASSWORD") > /dev/null
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single template1 > /dev/null
fi
exec postgres -c listen_addresses='*'
