import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { packetDecoder } from './packet-decoder.ts';
import type { Samples } from './sound.ts';

const steps = 64;
/** What is longer is music or a recording, not a voice message; decoding it would cost more than it shows. */
const longestMs = 10 * 60 * 1_000;

/** The peaks of a sound in equal steps of time; undefined where it is long or there is no decoder for it. */
export async function waveform(
  track: InputAudioTrack,
  durationMs: number,
): Promise<readonly number[] | undefined> {
  const codec = await track.getCodec();
  if (codec === null || durationMs > longestMs) return undefined;
  const decoder = packetDecoder({
    codec,
    channels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  });
  if (decoder === undefined) return undefined;
  try {
    await decoder.ready;
    const peaks = new Float32Array(steps);
    for await (const { data, timestamp } of new EncodedPacketSink(track).packets())
      raise(peaks, decoder.decodeFrame(data), timestamp / (durationMs / 1_000), durationMs / 1_000);
    return Array.from(peaks, (peak) => Math.round(Math.min(1, peak) * 100));
  } finally {
    decoder.free();
  }
}

/** `start` is where in the whole the samples begin, 0 to 1. */
function raise(
  peaks: Float32Array,
  { channelData, sampleRate }: Samples,
  start: number,
  seconds: number,
): void {
  const stepsPerSample = steps / (sampleRate * seconds);
  for (const channel of channelData)
    for (let index = 0; index < channel.length; index += 1) {
      const step = Math.min(steps - 1, Math.max(0, Math.floor(start * steps + index * stepsPerSample)));
      peaks[step] = Math.max(peaks[step] ?? 0, Math.abs(channel[index] ?? 0));
    }
}
