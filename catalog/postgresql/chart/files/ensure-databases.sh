#!/bin/sh
# Makes each database named on the command line, with a login role of the same name that owns it.
# Running it again changes nothing, except that the roles' passwords become those of the Secret.
set -eu
secrets=/run/secrets/postgresql
PGPASSWORD=$(cat "$secrets/password")
export PGPASSWORD PASSWORD_FILE

for name in "$@"; do
  [ -r "$secrets/$name-password" ] || { echo "the Secret has no key $name-password" >&2; exit 1; }
done

until pg_isready --quiet; do
  echo "waiting for $PGHOST"
  sleep 1
done

for name in "$@"; do
  echo "database $name"
  PASSWORD_FILE=$secrets/$name-password
  # psql reads the password itself, so that it never stands on a command line.
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set name="$name" --dbname postgres <<'SQL'
\set password `cat "$PASSWORD_FILE"`
SELECT format('CREATE ROLE %I LOGIN', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'name', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \gexec
SQL
done
