import type { MediaLimits } from './media-limits.ts';

export type MediaKind = 'image' | 'audio' | 'video' | 'file';

/** What a message says of its media. */
export type MediaFacts = {
  /** What it really is, by its magic bytes. */
  readonly contentType: string;
  /** Of what is kept. */
  readonly bytes: number;
  /** In pixels as shown: the orientation is applied. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** Base64 of a ThumbHash: some 25 bytes from which a client paints a blur. */
  readonly placeholder?: string;
  /** 64 peaks in equal steps of time, 0 to 100. */
  readonly waveform?: readonly number[];
};

export type Derivative = {
  readonly name: 'thumbnail' | 'poster';
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

export type ProcessedMedia = {
  readonly bytes: Uint8Array;
  readonly facts: MediaFacts;
  readonly derivatives: readonly Derivative[];
};

export type Declared = { readonly kind: MediaKind; readonly contentType: string };

/**
 * Takes the source over, and may have written into it when it returns or throws. Throws ProtocolError('MEDIA_MISMATCH') for what
 * is not what it is declared to be, or is hostile.
 */
export type ProcessMedia = (
  source: Uint8Array,
  declared: Declared,
  limits: MediaLimits,
) => Promise<ProcessedMedia>;
