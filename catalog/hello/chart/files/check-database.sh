#!/bin/sh
# Waits until the database accepts the login, and writes down what answered.
set -eu
until answer=$(psql --no-psqlrc --tuples-only --no-align \
  --command "SELECT 'PostgreSQL ' || current_setting('server_version') || ', logged in to ' || current_database() || ' as ' || current_user"); do
  echo "waiting for $PGHOST:$PGPORT"
  sleep 1
done
echo "$answer" | tee /checks/database
