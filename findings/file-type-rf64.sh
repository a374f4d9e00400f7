#!/usr/bin/env bash
# file-type 22.3.0 (npm) does not recognize a WAVE file that begins with RF64.
#
# Expected: EBU Tech 3306, "RF64: An extended file format for audio data", and ITU-R BS.2088: the first four bytes are "RF64"
#   instead of "RIFF", then a size of 0xFFFFFFFF, "WAVE" and a "ds64" chunk with the sizes in 64 bits. It is a WAVE file of any
#   length; recorders write it from the start where a file may pass 4 GB.
# Seen: undefined. The same sound with "RIFF" is audio/wav.
# Output:
#   RIFF audio/wav
#   RF64 undefined
# Why it matters: an upload that is told by its first bytes is taken for an unknown file, or refused as not what it was said to
#   be, though other readers (mediabunny 1.61.0 among them) play it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts file-type@22.3.0 mediabunny@1.61.0
cat >look.mjs <<'END'
import { createRequire } from 'node:module';
import { fileTypeFromBuffer } from 'file-type';

const { ALL_FORMATS, BufferSource, Input } = createRequire(import.meta.url)('mediabunny');
const chunk = (id, body, size = body.length) => {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body]);
};
const format = Buffer.alloc(16);
format.writeUInt16LE(1, 0); // PCM
format.writeUInt16LE(1, 2); // one channel
format.writeUInt32LE(8000, 4);
format.writeUInt32LE(16000, 8);
format.writeUInt16LE(2, 12);
format.writeUInt16LE(16, 14);
const sound = Buffer.alloc(16000);
const wave = Buffer.from('WAVE', 'latin1');
const riff = chunk('RIFF', Buffer.concat([wave, chunk('fmt ', format), chunk('data', sound)]));
const sizes = Buffer.alloc(28);
const unknown = 0xffffffff;
sizes.writeBigUInt64LE(BigInt(4 + 36 + 24 + 8 + sound.length), 0);
sizes.writeBigUInt64LE(BigInt(sound.length), 8);
sizes.writeBigUInt64LE(BigInt(sound.length / 2), 16);
const rf64 = chunk('RF64', Buffer.concat([wave, chunk('ds64', sizes), chunk('fmt ', format), chunk('data', sound, unknown)]), unknown);

const seconds = await new Input({ source: new BufferSource(rf64), formats: ALL_FORMATS }).computeDuration();
if (seconds !== 1) throw new Error(`mediabunny reads ${seconds} seconds`);
const seen = [riff, rf64].map((bytes) => fileTypeFromBuffer(bytes));
const [asRiff, asRf64] = (await Promise.all(seen)).map((type) => type?.mime);
console.log('RIFF', asRiff);
console.log('RF64', asRf64);
const asStated = asRiff === 'audio/wav' && asRf64 === undefined;
if (!asStated) console.error('changed: RF64 is recognized');
process.exit(asStated ? 0 : 1);
END
node look.mjs
