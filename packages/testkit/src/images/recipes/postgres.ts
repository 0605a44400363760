import type { ImageRecipe } from '../image-recipe.ts';

/**
 * Keeps the contract of the official image as far as charts use it: PGDATA, POSTGRES_USER, POSTGRES_PASSWORD,
 * POSTGRES_PASSWORD_FILE, POSTGRES_DB, POSTGRES_INITDB_ARGS and /docker-entrypoint-initdb.d, once, on empty data.
 */
const ENTRY_POINT = `#!/bin/sh
set -eu

case "\${1:-}" in
  '' | -*) set -- postgres "$@" ;;
esac
[ "$1" = postgres ] || exec "$@"

user=\${POSTGRES_USER:-postgres}
database=\${POSTGRES_DB:-$user}
if [ -n "\${POSTGRES_PASSWORD_FILE:-}" ]; then
  POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
fi

# A volume's owner group may have been given write access; the server refuses such a folder.
mkdir -p "$PGDATA"
chmod 0700 "$PGDATA"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "\${POSTGRES_PASSWORD:-}" ]; then
    echo "the database is empty: POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE must hold a password" >&2
    exit 1
  fi
  umask 077
  printf '%s\\n' "$POSTGRES_PASSWORD" >/tmp/password
  # shellcheck disable=SC2086
  initdb --username="$user" --pwfile=/tmp/password --encoding=UTF8 --locale=C.UTF-8 \${POSTGRES_INITDB_ARGS:-}
  rm /tmp/password
  printf '\\nhost all all all scram-sha-256\\n' >>"$PGDATA/pg_hba.conf"

  # A server for the first steps only: it listens to nobody but this script.
  PGPASSWORD=$POSTGRES_PASSWORD
  PGUSER=$user
  export PGPASSWORD PGUSER
  shift
  pg_ctl --wait --silent --options="$* -c listen_addresses=''" start
  set -- postgres "$@"
  if [ "$database" != postgres ]; then
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set name="$database" --dbname postgres <<'SQL'
CREATE DATABASE :"name";
SQL
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh) sh "$file" ;;
      *.sql) psql --no-psqlrc --set ON_ERROR_STOP=1 --dbname "$database" --file "$file" ;;
    esac
  done
  pg_ctl --wait --silent --mode=fast stop
  unset PGPASSWORD PGUSER
fi

exec "$@"
`;

const PROGRAMS = '/usr/lib/postgresql/15';

/** PostgreSQL without its compiler back end and its procedural languages. */
export const POSTGRES: ImageRecipe = {
  name: 'postgres',
  version: '15',
  packages: ['postgresql-15', 'postgresql-client-15', 'tzdata', 'libc-bin'],
  copy: [
    `${PROGRAMS}/bin`,
    `${PROGRAMS}/lib`,
    '/usr/share/postgresql/15',
    '/usr/share/zoneinfo',
    '/usr/lib/locale/C.utf8',
  ],
  omit: ['/bitcode/', 'llvmjit', '/man/', '/zoneinfo/posix/', '/zoneinfo/right/'],
  links: {},
  files: [{ path: '/usr/local/bin/docker-entrypoint.sh', mode: 0o755, text: ENTRY_POINT }],
  directories: [
    { path: '/docker-entrypoint-initdb.d', mode: 0o755, uid: 0 },
    { path: '/run/postgresql', mode: 0o755, uid: 999 },
    { path: '/var/lib/postgresql', mode: 0o755, uid: 999 },
    { path: '/var/lib/postgresql/data', mode: 0o700, uid: 999 },
  ],
  user: { name: 'postgres', uid: 999 },
  config: {
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    Env: [`PATH=/usr/local/bin:${PROGRAMS}/bin:/usr/bin`, 'LANG=C.UTF-8', 'PGDATA=/var/lib/postgresql/data'],
    User: '999:999',
    // A fast shutdown: sessions are ended, data are safe.
    StopSignal: 'SIGINT',
  },
};
