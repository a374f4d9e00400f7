import type { WebSocket } from 'ws';
import { limits } from './limits.ts';

/** Text whatever the bytes are, in frames of at most 32 KB. */
export function sendText(ws: WebSocket, data: Buffer): void {
  let at = 0;
  do {
    const end = Math.min(data.length, at + limits.frameBytes);
    ws.send(data.subarray(at, end), { binary: false, fin: end === data.length }, ignoreLateClose);
    at = end;
  } while (at < data.length);
}

/** A socket that closes under a write is told of by its own close event. */
function ignoreLateClose(): void {}
