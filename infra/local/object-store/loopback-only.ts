import { Server } from 'node:net';

/** Makes every server of this process listen on 127.0.0.1: fauxqs would offer unauthenticated storage to the network. */
export function listenOnLoopbackOnly(): void {
  const listen = Reflect.get(Server.prototype, 'listen');
  Reflect.set(Server.prototype, 'listen', function onLoopback(this: Server, ...args: unknown[]): unknown {
    const [first, ...others] = args;
    const options = typeof first === 'object' && first !== null ? { ...first, host: '127.0.0.1' } : first;
    return Reflect.apply(listen, this, [options, ...others]);
  });
}
