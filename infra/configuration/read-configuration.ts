import { readFileSync, statSync } from 'node:fs';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { parseConfiguration } from './parse-configuration.ts';

export function readConfigurationFile(file: string): Configuration {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false)
    throw new ConfigurationError([`${file}: no such file; create it, with {} for the defaults`]);
  return readConfigurationText(file, readFileSync(file, 'utf8'));
}

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
