#!/usr/bin/env bash
# aws-jwt-verify 5.2.1 (npm) refuses tokens whose algorithm is called Ed25519.
#
# Expected: RFC 9864 (October 2025), section 2.2, registers "Ed25519" for JOSE and deprecates "EdDSA", which does not say the
#   curve. Signature and key are the same: RFC 8037, section 3.1.
# Seen: the token with "EdDSA" is valid, the one with "Ed25519" is not, whatever the key's own "alg" says.
# Output:
#   EdDSA valid
#   Ed25519 JWT signature algorithm not allowed: Ed25519. Expected one of: RS256, RS384, RS512, ES256, ES384, ES512, EdDSA
# Why it matters: an identity provider that follows the newer RFC signs tokens that open no socket. Let it sign with EdDSA or
#   ES256.
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
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seen = ['EdDSA', 'Ed25519'].map((alg) => {
  const claims = { iss: issuer, aud: 'chat', sub: 'somebody', exp: Math.floor(Date.now() / 1000) + 600 };
  const signed = `${encoded({ alg, kid: 'one' })}.${encoded(claims)}`;
  const token = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  const verifier = JwtVerifier.create({ issuer, audience: 'chat', jwksUri: `${issuer}/keys` });
  verifier.cacheJwks({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg }] });
  try {
    verifier.verifySync(token);
    console.log(alg, 'valid');
    return true;
  } catch (error) {
    console.log(alg, error.message);
    return false;
  }
});
const asStated = seen[0] && !seen[1];
if (!asStated) console.error('changed: Ed25519 is known now');
process.exit(asStated ? 0 : 1);
END
node look.mjs
