import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, noResult, type Sent, seconds } from '../reply-values.ts';
import { mediaId } from '../values.ts';
import { downloadFrame, mediaVariant, uploadFrame } from './frames.ts';

export const mediaFacts = z
  .strictObject({
    contentType: z.string(),
    bytes: count,
    width: count.exactOptional(),
    height: count.exactOptional(),
    durationMs: count.exactOptional(),
    placeholder: z
      .base64()
      .describe('a ThumbHash: some 25 bytes from which a client paints a blur')
      .exactOptional(),
    waveform: z.array(count.max(100)).describe('peaks in equal steps of time').exactOptional(),
    variants: z.array(mediaVariant).describe('what `download` has beside the media itself').exactOptional(),
  })
  .describe('what a message says of its media, as it was found to be and not as it was declared');

export const putRequest = z.strictObject({
  method: z.literal('PUT'),
  url: z.url(),
  headers: z
    .record(z.string(), z.string())
    .describe('all of them are signed, and `content-length` too: another one is refused'),
});

const upload = z.strictObject({ mediaId, expiresAt: seconds });

const uploadResult = z
  .union([upload.extend(putRequest.shape), upload.extend({ parts: z.array(putRequest) })])
  .describe('until `expiresAt` the bytes may be put there, once; with `parts` each of them');

const downloadResult = z
  .union([z.strictObject({ url: z.url(), expiresAt: seconds }), noResult])
  .describe('empty in answer to `received`');

/** Pictures, sounds, films and files: the bytes go past the socket. */
export const media = {
  actions: {
    upload: {
      summary:
        'gives you an address to put a picture, sound, video or file to; `parts` has the hash of every 8 MiB',
      frame: uploadFrame,
      result: uploadResult,
    },
    download: {
      summary: 'gives you an address to get the media of a message from',
      frame: downloadFrame,
      result: downloadResult,
    },
  },
  pushes: {},
} satisfies Feature;

export type MediaFacts = Sent<typeof mediaFacts>;
export type PutRequest = Sent<typeof putRequest>;
export type UploadResult = Sent<typeof uploadResult>;
export type DownloadResult = Sent<typeof downloadResult>;
