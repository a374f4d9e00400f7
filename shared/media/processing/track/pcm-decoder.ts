import type { AudioCodec } from 'mediabunny';
import { asBuffer } from '../as-buffer.ts';
import type { PacketDecoder, Sound } from './sound.ts';

type Reader = { readonly width: number; readonly read: (bytes: Buffer, at: number) => number };

const readers: Partial<Record<AudioCodec, Reader>> = {
  'pcm-u8': { width: 1, read: (bytes, at) => (bytes.readUInt8(at) - 0x80) / 0x80 },
  'pcm-s16': { width: 2, read: (bytes, at) => bytes.readInt16LE(at) / 0x8000 },
  'pcm-s24': { width: 3, read: (bytes, at) => bytes.readIntLE(at, 3) / 0x80_0000 },
  'pcm-s32': { width: 4, read: (bytes, at) => bytes.readInt32LE(at) / 0x8000_0000 },
  'pcm-f32': { width: 4, read: (bytes, at) => bytes.readFloatLE(at) },
};

/** Uncompressed samples, as WAV has them (see `cleanWav`): the channels take turns. */
export function pcmDecoder({ codec, channels, sampleRate }: Sound): PacketDecoder | undefined {
  const reader = readers[codec];
  if (reader === undefined) return undefined;
  const { width, read } = reader;
  return {
    ready: Promise.resolve(),
    free: () => undefined,
    decodeFrame: (packet) => {
      const bytes = asBuffer(packet);
      const frames = Math.floor(bytes.length / (width * channels));
      const channel = (first: number): Float32Array =>
        Float32Array.from({ length: frames }, (_, frame) => read(bytes, (frame * channels + first) * width));
      return { channelData: Array.from({ length: channels }, (_, first) => channel(first)), sampleRate };
    },
  };
}
