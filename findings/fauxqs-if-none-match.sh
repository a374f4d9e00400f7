#!/usr/bin/env bash
# fauxqs 2.4.1 (npm) overwrites an object that was to be written only if there is none.
#
# Expected: Amazon S3 API Reference, PutObject, If-None-Match: with "*" the object is uploaded only if its key does not exist in
#   the bucket; otherwise S3 returns 412 Precondition Failed.
# Seen: 200, and the object is the second one.
# Output:
#   first 200
#   again with If-None-Match: * 200
#   object is "second"
# Why it matters: with conditional writes an upload, receipt or export is written once, whoever repeats it. On this engine the
#   repeat wins, and a test that should show the refusal cannot. Needs Node.js 22.5 or newer, for node:sqlite.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fauxqs@2.4.1
cat >look.mjs <<'END'
import { startFauxqs } from 'fauxqs';

const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
const object = `http://127.0.0.1:${server.port}/receipts/one`;
await fetch(`http://127.0.0.1:${server.port}/receipts`, { method: 'PUT' });
const first = await fetch(object, { method: 'PUT', body: 'first' });
const again = await fetch(object, { method: 'PUT', body: 'second', headers: { 'if-none-match': '*' } });
const kept = await (await fetch(object)).text();
console.log('first', first.status);
console.log('again with If-None-Match: *', again.status);
console.log(`object is "${kept}"`);
await server.stop();
const asStated = again.status === 200 && kept === 'second';
if (!asStated) console.error('changed: the second write is refused');
process.exit(asStated ? 0 : 1);
END
node --disable-warning=ExperimentalWarning look.mjs
