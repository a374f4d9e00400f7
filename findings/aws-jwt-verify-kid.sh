#!/usr/bin/env bash
# aws-jwt-verify 5.2.1 (npm) refuses a token without a key id, even where the issuer has one key only.
#
# Expected: RFC 7515, section 4.1.4: the header parameter "kid" is optional. RFC 7517, section 4.5: so it is in a key. OpenID
#   Connect Core 1.0, section 10.1: a token needs a kid if the issuer's key set has more than one key.
# Seen: "JWT header does not have valid kid claim", before any key is looked at.
# Output:
#   with kid valid
#   without kid JWT header does not have valid kid claim
# Why it matters: small issuers, and those that sign with one key for years, leave it out. Their users cannot open a socket, and
#   nothing is wrong with their tokens. The issuer must be told to name its key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts aws-jwt-verify@5.2.1
cat >look.mjs <<'END'
import { generateKeyPairSync, sign } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';

const issuer = 'https://login.example.com';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seen = [{ kid: 'one' }, {}].map((id) => {
  const claims = { iss: issuer, aud: 'chat', sub: 'somebody', exp: Math.floor(Date.now() / 1000) + 600 };
  const signed = `${encoded({ alg: 'RS256', ...id })}.${encoded(claims)}`;
  const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  const verifier = JwtVerifier.create({ issuer, audience: 'chat', jwksUri: `${issuer}/keys` });
  verifier.cacheJwks({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...id, use: 'sig', alg: 'RS256' }] });
  const name = id.kid === undefined ? 'without kid' : 'with kid';
  try {
    verifier.verifySync(token);
    console.log(name, 'valid');
    return true;
  } catch (error) {
    console.log(name, error.message);
    return false;
  }
});
const asStated = seen[0] && !seen[1];
if (!asStated) console.error('changed: a key id is optional now');
process.exit(asStated ? 0 : 1);
END
node look.mjs
