import { readFileSync } from 'node:fs';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { parseConfiguration } from './parse-configuration.ts';

export function readConfigurationFile(file: string): Configuration {
  return readConfigurationText(file, readText(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    throw new ConfigurationError([`${file}: ${complaints[code] ?? `cannot be read (${code})`}`]);
  }
}

const missing = 'no such file; create it, with {} for the defaults';

const complaints: Readonly<Record<string, string>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EISDIR: 'a folder; name the file in it',
  EACCES: 'you may not read it; change its permissions or name another file',
};

/** `source` is what a fault is reported against. Some editors begin a file with a byte order mark, which nobody sees. */
export function readConfigurationText(source: string, text: string): Configuration {
  return parseConfiguration(source, parseJson(source, text.replace(/^\uFEFF/, '')));
}

function parseJson(source: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigurationError([`${source}: not valid JSON: ${error.message.replaceAll(/\s+/g, ' ')}`]);
  }
}
