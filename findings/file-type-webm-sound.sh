#!/usr/bin/env bash
# file-type 22.3.0 (npm) calls WebM and Matroska video, also where there is sound alone in them.
#
# Expected: WebM Container Guidelines, "Naming": the type of a file with sound alone is audio/webm. IANA, media type
#   audio/matroska (RFC 9559), file extension mka.
# Seen: the kind of the tracks is not looked at.
# Output:
#   webm video/webm, mediabunny: audio/webm; codecs="opus"
#   mka video/matroska, mediabunny: audio/x-matroska; codecs="opus"
# Why it matters: browsers record voice messages as WebM and call them audio/webm. A check that the first bytes agree with what was
#   announced refuses them all; one that goes by the detected type shows a voice as a film. Look at the tracks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts file-type@22.3.0 mediabunny@1.61.0
cat >look.mjs <<'END'
import { createRequire } from 'node:module';
import { fileTypeFromBuffer } from 'file-type';

const {
  ALL_FORMATS, BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacket, Input, MkvOutputFormat, Output, WebMOutputFormat,
} = createRequire(import.meta.url)('mediabunny');

async function record(format) {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const silence = new Uint8Array([0xf8, 0xff, 0xfe]); // 20 ms of Opus
  const description = Buffer.from('4f707573486561640101000080bb0000000000', 'hex');
  const decoderConfig = { codec: 'opus', numberOfChannels: 1, sampleRate: 48000, description };
  for (let index = 0; index < 50; index += 1)
    await source.add(new EncodedPacket(silence, 'key', index / 50, 1 / 50), index === 0 ? { decoderConfig } : undefined);
  await output.finalize();
  return new Uint8Array(target.buffer);
}

const seen = [];
for (const [name, format] of [['webm', new WebMOutputFormat()], ['mka', new MkvOutputFormat()]]) {
  const bytes = await record(format);
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  if ((await input.getVideoTracks()).length > 0) throw new Error('there is a picture in it');
  const type = (await fileTypeFromBuffer(bytes))?.mime;
  console.log(`${name} ${type}, mediabunny: ${await input.getMimeType()}`);
  seen.push(type);
}
const asStated = seen.join() === 'video/webm,video/matroska';
if (!asStated) console.error('changed: sound is told from video');
process.exit(asStated ? 0 : 1);
END
node look.mjs
