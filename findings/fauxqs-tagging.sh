#!/usr/bin/env bash
# fauxqs 2.4.1 (npm) answers a question for an object's tags with the object, and a change of its tags by overwriting it.
#
# Expected: Amazon S3 API Reference, GetObjectTagging (GET /Key?tagging) answers the set of tags as XML; PutObjectTagging
#   (PUT /Key?tagging) sets the tags of an object that exists, and leaves the object as it is.
# Seen: "?tagging" is not looked at. GET returns the object's bytes; PUT stores the XML of the tags as the new object.
# Output:
#   GET ?tagging "picture"
#   PUT ?tagging 200
#   object is "<Tagging>…"
# Why it matters: a bucket whose lifecycle deletes by tag needs them, and a test that sets one destroys the media that it was to
#   keep. Needs Node.js 22.5 or newer, for node:sqlite.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fauxqs@2.4.1
cat >look.mjs <<'END'
import { startFauxqs } from 'fauxqs';

const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
const object = `http://127.0.0.1:${server.port}/media/one`;
await fetch(`http://127.0.0.1:${server.port}/media`, { method: 'PUT' });
await fetch(object, { method: 'PUT', body: 'picture', headers: { 'x-amz-tagging': 'state=ready' } });
const tags = await (await fetch(`${object}?tagging`)).text();
const body = '<Tagging><TagSet><Tag><Key>state</Key><Value>done</Value></Tag></TagSet></Tagging>';
const set = await fetch(`${object}?tagging`, { method: 'PUT', body });
const kept = await (await fetch(object)).text();
console.log(`GET ?tagging "${tags}"`);
console.log('PUT ?tagging', set.status);
console.log(`object is "${kept.slice(0, 9)}${kept.length > 9 ? '…' : ''}"`);
await server.stop();
const asStated = tags === 'picture' && kept === body;
if (!asStated) console.error('changed: tags are kept apart from the object');
process.exit(asStated ? 0 : 1);
END
node --disable-warning=ExperimentalWarning look.mjs
