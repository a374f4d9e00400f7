import { randomInt } from 'node:crypto';

/**
 * Ports that no browser connects to, whatever page asks and under whatever name: of the "bad ports" of the Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking) those that need no administrator and that browsers have refused for
 * longest. Others of that list are younger than some browsers.
 */
export const browserBlockedPorts: readonly number[] = [2049, 3659, 4045, 6000, 6665, 6666, 6667, 6668, 6669];

export type Place = { readonly host: string; readonly port: number };

/** For a server that cannot be told who may ask. All of 127.0.0.0/8 is this machine on Linux, so none is in the way. */
export const browserBlockedPlace = (platform: NodeJS.Platform = process.platform): Place => ({
  host:
    platform === 'linux' ? [127, randomInt(256), randomInt(256), randomInt(2, 255)].join('.') : '127.0.0.1',
  port: browserBlockedPorts[randomInt(browserBlockedPorts.length)] ?? 6000,
});
