import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { patched, type SourcePatch } from './source-patch.ts';

const project = resolve(import.meta.dirname, '..', '..', '..');

/** What a function sees of AWS, and what is too slow for millions of steps, is given to it by whoever runs it. */
const replaced: Readonly<Record<string, (source: string) => string>> = {
  'shared/composition/aws-clients.ts': given,
  'shared/identity/verify-token.ts': given,
  'shared/media/processing/silence-decoders.ts': () => 'export const silenceDecoders = () => undefined;',
  'shared/media/processing/process-media.ts': () => `
    const process = async (bytes, { contentType }) =>
      ({ bytes, facts: { contentType, bytes: bytes.length }, derivatives: [] });
    export const processMedia = process;
    export const processPoster = process;`,
};

/** As short as the periods of the model, and as small as what its people write: else a zip is one, without a message. */
const scaled: readonly SourcePatch[] = [
  // A group of three is large already: its live index and its read receipts are those of a crowd.
  {
    file: 'shared/stores/conversations/conversation.ts',
    find: 'mostClose = 32',
    replace: 'mostClose = 2',
  },
  {
    file: 'shared/stores/privacy/export-request.ts',
    find: 'zipLifeMillis = 30 * 60_000',
    replace: 'zipLifeMillis = 6 * 60_000',
  },
  {
    file: 'shared/export/write-zip.ts',
    find: 'mostBytes = 2_000_000_000',
    replace: 'mostBytes = 4_000',
  },
];

/** Each function that the file exports, as one of the same name of the global `aws`. */
function given(source: string): string {
  const names = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
  return names.map((name) => `export const ${name} = (...given) => aws.${name}(...given);`).join('\n');
}

/** All functions as one program, each of which is loaded when it is first asked for. */
export async function bundleFunctions(planted: readonly SourcePatch[] = []): Promise<string> {
  const patches = [...scaled, ...planted];
  const names = readdirSync(join(project, 'functions')).filter((name) =>
    existsSync(join(project, 'functions', name, 'handler.ts')),
  );
  const loads = names.map((name) => `'${name}': () => require('./functions/${name}/handler.ts').handler`);
  const used = new Set<string>();
  const { outputFiles } = await build({
    stdin: { contents: `module.exports = {\n${loads.join(',\n')}\n};`, resolveDir: project },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*', 'yazl', 'zod'],
    logLevel: 'error',
    write: false,
    plugins: [
      {
        name: 'given and patched',
        setup({ onLoad }) {
          onLoad({ filter: /\/(?:shared|functions)\/.*\.ts$/ }, ({ path }) => {
            const file = relative(project, path);
            used.add(file);
            const source = readFileSync(path, 'utf8');
            return { contents: replaced[file]?.(source) ?? patched(source, file, patches), loader: 'ts' };
          });
        },
      },
    ],
  });
  const missing = [...Object.keys(replaced), ...patches.map(({ file }) => file)].filter(
    (file) => !used.has(file),
  );
  if (missing.length > 0) throw new Error(`no function uses ${missing.join(', ')}`);
  return outputFiles[0]?.text ?? '';
}
