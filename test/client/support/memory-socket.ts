import type { SocketConstructor, SocketLike } from '../../../client/wire/socket.ts';
import type { FakeLapse } from './fake-lapse-type.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** A WebSocket constructor that reaches the fake server without a network: every step is a microtask. */
export function memorySocket(lapse: FakeLapse): SocketConstructor {
  const connect = (protocols: string[]): SocketLike => {
    const listeners = new Map<string, Listener[]>();
    let open = true;
    const emit = (type: string, data?: unknown) => {
      for (const listener of listeners.get(type) ?? []) listener({ data });
    };
    const close = () => {
      if (!open) return;
      open = false;
      queueMicrotask(() => emit('close'));
    };
    const line = lapse.accept(protocols, {
      send: (text) => queueMicrotask(() => emit('message', text)),
      close,
    });
    if (line === undefined) close();
    else queueMicrotask(() => emit('open'));
    return {
      send: (text) => queueMicrotask(() => open && line?.receive(text)),
      close() {
        line?.gone();
        close();
      },
      addEventListener(type: string, listener: Listener) {
        listeners.set(type, [...(listeners.get(type) ?? []), listener]);
      },
    };
  };
  return class implements SocketLike {
    readonly #socket: SocketLike;
    readonly addEventListener: SocketLike['addEventListener'];
    constructor(_url: string, protocols: string[]) {
      this.#socket = connect(protocols);
      this.addEventListener = this.#socket.addEventListener;
    }
    send(text: string) {
      this.#socket.send(text);
    }
    close() {
      this.#socket.close();
    }
  };
}
