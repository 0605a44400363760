#!/bin/sh
# Succeeds when the server accepts the password and answers. It refuses commands while it loads its data.
VALKEYCLI_AUTH=$(cat /run/secrets/valkey/password)
REDISCLI_AUTH=$VALKEYCLI_AUTH
export VALKEYCLI_AUTH REDISCLI_AUTH
[ "$(valkey-cli -h 127.0.0.1 ping)" = PONG ]
