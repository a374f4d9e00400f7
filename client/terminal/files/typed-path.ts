import { homedir } from 'node:os';

/** A path as it is typed, or dropped on the terminal: in quotes, with backslashes before blanks, from `~`. */
export function typedPath(text: string, home = homedir()): string {
  const quoted = /^(["'])(.+)\1$/su.exec(text)?.[2];
  const path = quoted ?? text.replace(/\\([\s\\'"()&;!$[\]{}*?#`<>|])/gu, '$1');
  return path === '~' || path.startsWith('~/') ? `${home}${path.slice(1)}` : path;
}
