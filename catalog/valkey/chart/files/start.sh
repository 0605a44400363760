#!/bin/sh
# The last part of the configuration comes through standard input, so that
# the password stands neither in a file nor on a command line.
set -eu
password=$(cat /run/secrets/valkey/password)
exec valkey-server /etc/valkey/valkey.conf - <<CONFIG
requirepass $password
CONFIG
