import type { AudioCodec } from 'mediabunny';
import { MPEGDecoder } from 'mpg123-decoder';
import { OpusDecoder } from 'opus-decoder';
import { pcmDecoder } from './pcm-decoder.ts';

/** Channels of samples between -1 and 1. */
export type Samples = { readonly channelData: readonly Float32Array[]; readonly sampleRate: number };

export type PacketDecoder = {
  readonly ready: Promise<void>;
  decodeFrame(packet: Uint8Array): Samples;
  free(): void;
};

export type Sound = { readonly codec: AudioCodec; readonly channels: number; readonly sampleRate: number };

/** A decoder that runs anywhere, WebAssembly or plain code; none for AAC, FLAC and Vorbis. */
export function packetDecoder(sound: Sound): PacketDecoder | undefined {
  if (sound.codec === 'mp3') return new MPEGDecoder({ enableGapless: false });
  if (sound.codec === 'opus')
    return sound.channels <= 2 ? new OpusDecoder({ channels: sound.channels }) : undefined;
  return pcmDecoder(sound);
}
