#!/bin/sh
# Waits until the cache accepts the password, and writes down what answered.
set -eu
REDISCLI_AUTH=$VALKEYCLI_AUTH
export REDISCLI_AUTH

# The client waits for minutes for an address that does not answer, such as that of a pod which has just gone.
ask() { timeout 5 valkey-cli -h "$CACHE_HOST" -p "$CACHE_PORT" "$@"; }

until [ "$(ask ping)" = PONG ]; do
  echo "waiting for $CACHE_HOST:$CACHE_PORT"
  sleep 1
done
# A server of Valkey states the version of Redis that it is compatible with, and its own besides.
version=$(ask info server | tr -d '\r' |
  awk -F: '$1 == "redis_version" { redis = $2 } $1 == "valkey_version" { valkey = $2 }
    END { print (valkey == "" ? "Redis " redis : "Valkey " valkey) }')
echo "$version, PING answered with PONG" | tee /checks/cache
