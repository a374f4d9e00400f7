import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { clientCloseCause, protocolErrorCause } from '../connection/close-cause.ts';
import type { CloseCause, Connection, ConnectionInfo } from '../connection/connection.ts';
import { frameSizes } from '../connection/frame-sizes.ts';
import { lifetime } from '../connection/lifetime.ts';
import { limits } from '../connection/limits.ts';
import { sendText } from '../connection/send-text.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { dispatchMessage } from './dispatch-message.ts';
import { runDisconnect } from './run-disconnect.ts';

/** From here on the connection can be posted to; must run in the turn in which the socket was upgraded. */
export function openConnection(
  state: GatewayState,
  info: ConnectionInfo,
  ws: WebSocket,
  socket: Duplex,
): void {
  const sizes = frameSizes();
  let open = true;
  let lastActiveAt = state.now();
  const life = lifetime(state.idleTimeoutMs, state.maxDurationMs, close);

  function touch(): void {
    lastActiveAt = state.now();
    life.touch();
  }
  function end(cause: CloseCause): void {
    if (!open) return;
    open = false;
    life.stop();
    state.connections.delete(info.connectionId);
    void runDisconnect(state, info, cause);
  }
  function close(cause: CloseCause): void {
    end(cause);
    ws.close(cause.code, cause.reason);
  }

  const connection: Connection = {
    ...info,
    lastActiveAt: () => lastActiveAt,
    bufferedBytes: () => ws.bufferedAmount,
    send(data) {
      if (!open) return;
      touch();
      sendText(ws, data);
    },
    close,
    cut: () => ws.terminate(),
    abandon() {
      open = false;
      life.stop();
    },
  };

  // Before `ws` reads the chunk, which it unmasks in place.
  socket.prependListener('data', sizes.read);
  ws.on('message', (data, isBinary) => {
    const largestFrame = sizes.next();
    if (!open) return;
    touch();
    if (isBinary) return close({ code: 1003, reason: 'Binary frames are not supported' });
    if (largestFrame > limits.frameBytes) return close({ code: 1009, reason: 'Frame too big' });
    void dispatchMessage(state, connection, String(data));
  });
  ws.on('error', (error) => {
    const cause = protocolErrorCause(error);
    if (cause !== undefined) end(cause);
  });
  ws.on('close', (code, reason) => end(clientCloseCause(code, String(reason))));
  state.connections.set(info.connectionId, connection);
  state.onEvent({ kind: 'connected', connectionId: info.connectionId });
}
