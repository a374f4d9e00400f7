import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type Listener = { readonly host: string; readonly port: number };

/** Every process that descends from this one, and itself, by what the kernel says. */
export function withDescendants(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => parentOf(one) === pid);
  return [pid, ...children.flatMap(withDescendants)];
}

const parentOf = (pid: number): number | undefined => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return undefined;
  }
};

const socketsOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
};

/** Where these processes listen on TCP, of either version, by what the kernel says. */
export function listening(pids: readonly number[]): readonly Listener[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.has(`socket:[${fields[9]}]`))
      .map(([, local = '']) => {
        const [address = '', port = ''] = local.split(':');
        return { host: hostOf(address), port: Number.parseInt(port, 16) };
      }),
  );
}

/** Little-endian; what is longer is left as it is, and is no address of this machine alone. */
const hostOf = (hex: string): string =>
  hex.length === 8 ? [...Buffer.from(hex, 'hex')].reverse().join('.') : hex;
