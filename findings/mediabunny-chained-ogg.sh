#!/usr/bin/env bash
# mediabunny 1.61.0 (npm) sees only the first of the streams that follow one another in an Ogg file.
#
# Expected: RFC 3533, section 4: streams may be chained: a file is a sequence of them, each with pages and a serial number of
#   its own, begun where the one before ended.
# Seen: of a file of 2 and 1 seconds there is one track of 2 seconds; the rest is neither counted, offered nor reported.
# Output:
#   first 2 s, second 1 s, chained 2 s in 1 track
# Why it matters: `cat a.ogg b.ogg` makes such a file, and so does a recording of a stream. The length that is shown and
#   a limit on it are those of the first stream alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mediabunny@1.61.0
cat >look.cjs <<'END'
const { ALL_FORMATS, BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacket, Input, OggOutputFormat, Output } =
  require('mediabunny');

const silence = new Uint8Array([0xf8, 0xff, 0xfe]); // 20 ms of Opus
const head = Buffer.from('4f707573486561640101000080bb0000000000', 'hex');

async function record(seconds) {
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  const source = new EncodedAudioPacketSource('opus');
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { codec: 'opus', numberOfChannels: 1, sampleRate: 48000, description: head };
  for (let index = 0; index < seconds * 50; index += 1)
    await source.add(new EncodedPacket(silence, 'key', index / 50, 1 / 50), index === 0 ? { decoderConfig } : undefined);
  await output.finalize();
  return Buffer.from(target.buffer);
}

const read = (bytes) => new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });

(async () => {
  const [first, second] = [await record(2), await record(1)];
  const serialNumber = (bytes) => bytes.readUInt32LE(14);
  if (serialNumber(first) === serialNumber(second)) throw new Error('both streams got one serial number: run it again');
  const chained = read(Buffer.concat([first, second]));
  const lengths = [await read(first).computeDuration(), await read(second).computeDuration(), await chained.computeDuration()];
  const tracks = (await chained.getTracks()).length;
  console.log(`first ${lengths[0]} s, second ${lengths[1]} s, chained ${lengths[2]} s in ${tracks} track`);
  const asStated = lengths.join() === '2,1,2';
  if (!asStated) console.error('changed: the chain is followed');
  process.exit(asStated ? 0 : 1);
})();
END
node look.cjs
