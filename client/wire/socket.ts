/** What the library uses of a WebSocket: browsers, Node 24 and `ws` all have it. */
export type SocketLike = {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
};
export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;

export type SocketEvents = {
  onOpen(): void;
  onText(text: string): void;
  onClose(): void;
};

export type Socket = {
  send(text: string): void;
  /** Nothing is heard of this socket any more, however long its closing handshake takes. */
  close(): void;
};

/** The token travels as the second sub-protocol: a browser can set no header, and a URL ends up in access logs. */
export function openSocket(
  WebSocket: SocketConstructor,
  url: string,
  token: string,
  events: SocketEvents,
): Socket {
  const socket = new WebSocket(url, ['lapse.v1', token]);
  let listening = true;
  const whileListening = (run: () => void) => () => {
    if (listening) run();
  };
  const ended = whileListening(() => {
    listening = false;
    events.onClose();
  });
  socket.addEventListener('open', whileListening(events.onOpen));
  socket.addEventListener('message', ({ data }) => {
    if (listening && typeof data === 'string') events.onText(data);
  });
  socket.addEventListener('close', ended);
  socket.addEventListener('error', ended);
  return {
    send: (text) => socket.send(text),
    close() {
      listening = false;
      socket.close();
    },
  };
}
