#!/usr/bin/env bash
# @types/aws-lambda 8.10.164 (npm): the type of a WebSocket event lacks what the event has, and promises what it lacks.
#
# Expected: Amazon API Gateway Developer Guide, "WebSocket API mapping template reference": the context has identity (sourceIp,
#   userAgent …) and authorizer (principalId and the authorizer's own values); messageId is there only if eventType is MESSAGE.
# Seen: APIGatewayProxyWebsocketEventV2 has neither identity, authorizer nor headers (which $connect and $disconnect carry in a
#   proxy integration), so reading them does not compile; messageId is a string always, so a missing one is not noticed.
# Output:
#   look.ts(4,56): error TS2339: Property 'identity' does not exist on type 'APIGatewayEventWebsocketRequestContextV2'.
#   look.ts(5,55): error TS2339: Property 'authorizer' does not exist on type 'APIGatewayEventWebsocketRequestContextV2'.
# Why it matters: who sends is known from authorizer alone, on every frame. Parse the event with a schema of one's own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @types/aws-lambda@8.10.164 typescript@6.0.3
cat >look.ts <<'END'
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

declare const connect: APIGatewayProxyWebsocketEventV2;
export const address: unknown = connect.requestContext.identity;
export const sender: unknown = connect.requestContext.authorizer;
export const always: string = connect.requestContext.messageId;
END
seen=$(node_modules/.bin/tsc --noEmit --strict --skipLibCheck --types aws-lambda look.ts) || true
echo "$seen"
expected='identity authorizer'
if [ "$(echo "$seen" | sed -n "s/.*TS2339: Property '\([a-z]*\)'.*/\1/p" | tr '\n' ' ')" != "$expected " ] || echo "$seen" | grep -q '(6,'; then
  echo 'changed: other properties are declared' >&2
  exit 1
fi
