import { Server } from 'node:net';

/**
 * Makes every server of this process listen on a socket in the file system: fauxqs takes whatever comes, and would
 * offer it to every page and to the network. It asks for a port and wants to hear of one.
 */
export function listenOnSocketOnly(path: string): void {
  const listen = Reflect.get(Server.prototype, 'listen');
  const address = () => ({ address: '127.0.0.1', family: 'IPv4', port: 1 });
  Reflect.set(Server.prototype, 'address', address);
  Reflect.set(Server.prototype, 'listen', function onSocket(this: Server, ...args: unknown[]): unknown {
    return Reflect.apply(listen, this, [{ path }, ...args.filter((arg) => typeof arg === 'function')]);
  });
}
