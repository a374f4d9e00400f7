import { mkdtempSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { unbundledPackages } from '../../infra/unbundled-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapse-'));
const names = bundle('functions', folder);
const textOf = (name: string) => readFileSync(join(folder, name, 'index.mjs'), 'utf8');

/** A cold start reads and compiles all of it: more than this is to be asked for and not to happen. */
const mostBytes = 100_500;
/** The operator's commands have all of zod, whose messages say what is wrong with what was typed. */
const mostOfCommands = 151_000;
/** And what the actions of the same names have. */
const mostOfActs = 220_000;
/** With the SDK's client of S3, for objects and their addresses. */
const mostWithObjects = 600_000;
const exceptions: Readonly<Record<string, number>> = {
  // Who takes texts has the rules of sensitive data, of which the ids of 33 countries are 13 kB.
  // Rooms, blocks and who is waited for are 20 kB of it, custom content and what is looked through there 1.5 kB, the
  // operator's review 1.5 kB, what a forward looks up 2 kB, the media
  // that it shows, and whether a hold keeps it, 5 kB.
  send: 169_500,
  profile: 112_000,
  // They have the write by which somebody becomes a member, with its event.
  open: 140_500,
  // And who blocks whoever names them, and the shards that a group gets as it grows.
  members: 131_500,
  // An event, pushed as any message, and the rules of sensitive data.
  title: 139_500,
  // The numbers of changes are a tenth of a kilobyte in whatever reads headers.
  // Two more names of variables are a tenth of a kilobyte in all of them.
  hello: 142_500,
  conversations: 112_000,
  // What changes a message, pushed as any, and the rules of sensitive data.
  edit: 141_000,
  // The log of changes, what a person has given, and whom it is told, at once or by a queue.
  react: 111_000,
  // What all bundles have, the names of variables and limits, has grown by a tenth of a kilobyte with reactions and the log of changes.
  read: 102_000,
  delivered: 102_000,
  // Reads changes too, and pins.
  history: 104_000,
  // What changes a message, and whom it is told.
  pin: 107_500,
  // What somebody shows of themselves ends with their consent. A kilobyte are the names of variables and limits that all bundles have.
  consent: 109_500,
  ping: 65_500,
  default: 65_500,
  ...Object.fromEntries(
    names.filter((name) => name.startsWith('admin-')).map((name) => [name, mostOfCommands]),
  ),
  ...Object.fromEntries(
    [
      'admin-message-send',
      'admin-conversation-open',
      'admin-conversation-members',
      'admin-conversation-title',
      'admin-import',
    ].map((name) => [name, mostOfActs]),
  ),
  ...Object.fromEntries(
    [
      ...[
        'apply-holds',
        'purge',
        'admin-user-export',
        'write-export',
        'carry-out-erasures',
        'download',
        'export',
      ],
      ...['upload', 'sweep-uploads', 'sweep-handovers', 'tend-exports'],
      'recall',
      ...['report', 'sweep-reports', 'admin-report-show', 'admin-report-decide'],
    ].map((name) => [name, mostWithObjects]),
  ),
  // Reads films and sounds; the large decoders lie beside it.
  'process-media': 1_100_000,
};

test.each(names)('the bundle of %s is no larger than it has to be', (name) => {
  expect(Buffer.byteLength(textOf(name))).toBeLessThan(exceptions[name] ?? mostBytes);
});

/** A name with a scope has two parts. */
const packageOf = (module: string): string => /^(?:@[^/]+\/)?[^/]*/.exec(module)?.[0] ?? '';

/** As esbuild reads the bundle again: what it would have to find elsewhere. */
const { metafile } = buildSync({
  entryPoints: names.map((name) => join(folder, name, 'index.mjs')),
  outdir: join(folder, 'again'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'silent',
  metafile: true,
  write: false,
});

test.each(names)(
  'the bundle of %s needs nothing but Node and what lies beside it: the SDK is inside',
  (name) => {
    const [, read] =
      Object.entries(metafile.inputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
    const isThere = (module: string) =>
      isBuiltin(module) || (name === 'process-media' && unbundledPackages.has(packageOf(module)));
    expect(read?.imports.map(({ path }) => path).filter((module) => !isThere(module))).toEqual([]);
  },
);

test.each(names)('the bundle of %s is a minified ES module', (name) => {
  const text = textOf(name);
  expect(/export\{[^}]*\bas handler\b[^}]*\}/.test(text)).toBe(true);
  expect(text.length / text.split('\n').length).toBeGreaterThan(80);
});
