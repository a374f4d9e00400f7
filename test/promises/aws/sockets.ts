import { ServiceError } from '../../../shared/runtime/aws/service-error.ts';
import type { Faults } from '../simulation/faults.ts';
import { refusedFor } from '../simulation/refused.ts';
import type { Command } from './object-store.ts';

export type Socket = {
  readonly connectionId: string;
  readonly userId: string;
  readonly connectedAt: number;
  readonly authorizer: object;
  isOpen: boolean;
  readonly receive: (frame: string) => void;
};

export type SocketsDeps = { readonly faults: Faults; readonly onClose: (socket: Socket) => void };

/** The gateway's connections, and the API by which functions reach them. */
export type Sockets = {
  add(socket: Socket): void;
  close(socket: Socket): void;
  open(): readonly Socket[];
  execute(command: Command): object;
};

export function socketsOf({ faults, onClose }: SocketsDeps): Sockets {
  const sockets = new Map<string, Socket>();
  const found = (connectionId: string): Socket => {
    const socket = sockets.get(connectionId);
    if (socket?.isOpen !== true) throw new ServiceError(410, { __type: 'GoneException' });
    return socket;
  };

  return {
    add: (socket) => void sockets.set(socket.connectionId, socket),
    close,
    open: () => [...sockets.values()].filter(({ isOpen }) => isOpen),
    execute({ constructor: { name }, input }) {
      const { ConnectionId = '', Data = '' } = input as { ConnectionId?: string; Data?: Uint8Array | string };
      if (faults.happens('push refused')) throw refusedFor(name);
      const socket = found(ConnectionId);
      if (name === 'PostToConnectionCommand') socket.receive(Buffer.from(Data as Uint8Array).toString());
      else if (name === 'DeleteConnectionCommand') close(socket);
      else throw new Error(`this gateway knows no ${name}`);
      return {};
    },
  };

  function close(socket: Socket): void {
    if (!socket.isOpen) return;
    socket.isOpen = false;
    onClose(socket);
  }
}
