import type { MediaFile } from '../../../media/upload-media.ts';
import { make } from '../elements/elements.ts';

/** The longer edge; the server keeps no more of it. */
const edge = 640;
/** Films often begin in the dark. */
const intoSeconds = 1;
const patienceMs = 10_000;

/** A frame from a film's beginning, for those who see it before they play it; undefined where the browser cannot play it. */
export async function filmPoster(film: Blob): Promise<MediaFile['poster']> {
  const url = URL.createObjectURL(film);
  const video = make('video');
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    await happened(video, 'loadedmetadata', () => {
      video.src = url;
    });
    await happened(video, 'seeked', () => {
      video.currentTime = Math.min(intoSeconds, video.duration / 2);
    });
    return await drawn(video);
  } catch {
    return undefined;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

/** Rejects when it cannot be shown, or takes longer than somebody wants to wait for it. */
function happened(video: HTMLVideoElement, event: string, begin: () => void): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const signal = AbortSignal.timeout(patienceMs);
  signal.addEventListener('abort', reject);
  video.addEventListener('error', reject, { once: true });
  video.addEventListener(event, resolve, { once: true });
  begin();
  return promise;
}

async function drawn(video: HTMLVideoElement): Promise<MediaFile['poster']> {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, edge / Math.max(videoWidth, videoHeight));
  const canvas = make('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.85);
  });
  return picture === null
    ? undefined
    : { bytes: new Uint8Array(await picture.arrayBuffer()), contentType: picture.type };
}
