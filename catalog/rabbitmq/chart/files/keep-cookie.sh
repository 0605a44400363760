#!/bin/sh
# Servers of one cluster share a cookie. Erlang wants it in a file that nobody else may read, which a mounted Secret is not.
set -eu
umask 077
cp -f /run/secrets/rabbitmq/erlang-cookie /var/lib/rabbitmq/.erlang.cookie
chmod 600 /var/lib/rabbitmq/.erlang.cookie
