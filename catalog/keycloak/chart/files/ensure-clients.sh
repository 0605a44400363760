#!/bin/bash
# Makes the realm, and in it each client named on the command line with the secret that the Secret has for it.
# Running it again changes nothing, except that clients become again what is said here.
set -eu
export KC_CLI_PASSWORD
KC_CLI_PASSWORD=$(</run/secrets/keycloak/password)
kcadm() { /opt/keycloak/bin/kcadm.sh "$@" --config /tmp/kcadm.config; }

for client in "$@"; do
  [ -r "/run/secrets/keycloak/$client-client-secret" ] || { echo "the Secret has no key $client-client-secret" >&2; exit 1; }
done

until kcadm config credentials --server "$SERVER" --realm master --user "$(</run/secrets/keycloak/username)"; do
  echo "waiting for $SERVER"
  sleep 5
done

kcadm get "realms/$REALM" --fields realm >/dev/null 2>&1 ||
  kcadm create realms --set "realm=$REALM" --set enabled=true

for client in "$@"; do
  echo "client $client"
  address=
  [ -z "$CLIENT_DOMAIN" ] || address="\"https://$client.$CLIENT_DOMAIN/*\""
  # A file, so that the secret never stands on a command line.
  cat >/tmp/client.json <<JSON
{
  "clientId": "$client",
  "secret": "$(</run/secrets/keycloak/"$client"-client-secret)",
  "protocol": "openid-connect",
  "publicClient": false,
  "standardFlowEnabled": true,
  "directAccessGrantsEnabled": false,
  "redirectUris": [$address],
  "attributes": { "pkce.code.challenge.method": "S256", "post.logout.redirect.uris": "+" }
}
JSON
  id=$(kcadm get clients --target-realm "$REALM" --query "clientId=$client" --fields id --format csv --noquotes)
  if [ -n "$id" ]; then
    kcadm update "clients/$id" --target-realm "$REALM" --file /tmp/client.json
  else
    kcadm create clients --target-realm "$REALM" --file /tmp/client.json
  fi
done
