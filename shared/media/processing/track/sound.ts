import type { AudioCodec } from 'mediabunny';

/** Channels of samples between -1 and 1. */
export type Samples = { readonly channelData: readonly Float32Array[]; readonly sampleRate: number };

export type PacketDecoder = {
  readonly ready: Promise<void>;
  decodeFrame(packet: Uint8Array): Samples;
  free(): void;
};

export type Sound = { readonly codec: AudioCodec; readonly channels: number; readonly sampleRate: number };
