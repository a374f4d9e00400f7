import type { WebSocket } from 'ws';
import type { Pair } from './subject.ts';

let frames = 0;

/** The pair whose frames are JSON: an `ack` with the id of the frame comes to the one, a `message` to the other. */
export function socketPair(alice: WebSocket, bob: WebSocket, frameOf: (id: string) => object): Pair {
  let acked: (() => void) | undefined;
  let delivered: (() => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  alice.on('message', (data) => {
    const { type } = JSON.parse(String(data));
    if (type === 'ack') acked?.();
    if (type === 'error') failed?.(new Error(`refused: ${String(data)}`));
  });
  bob.on('message', (data) => {
    if (JSON.parse(String(data)).type === 'message') delivered?.();
  });
  return {
    async say() {
      const ack = new Promise<void>((done, refused) => {
        acked = done;
        failed = refused;
      });
      const delivery = new Promise<void>((done) => {
        delivered = done;
      });
      frames += 1;
      alice.send(JSON.stringify(frameOf(`m${frames}`)));
      await Promise.all([ack, delivery]);
    },
    close: () => {
      for (const socket of [alice, bob]) socket.terminate();
    },
  };
}
