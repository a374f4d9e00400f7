import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Whose modules they are: part of their addresses, so that Node.js loads them again for the next test file. */
const owner = 'for';
/** And those of the packages too. */
const withPackages = 'packages';

const parametersOf = (address: string | undefined): URLSearchParams | undefined =>
  address?.startsWith('file:') === true ? URL.parse(address)?.searchParams : undefined;

/** What JavaScript is in a source: the same each time that it is loaded. */
const stripped = new Map<string, string>();

function javaScriptOf(path: string): string {
  const known = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
  stripped.set(path, known);
  return known;
}

// Whatever a test file imports belongs to it, and whatever that imports. Packages belong to nobody: they are what takes long.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const parameters = parametersOf(context.parentURL);
    if (!parameters?.has(owner) || !resolved.url.startsWith('file:')) return resolved;
    if (resolved.url.includes('/node_modules/') && !parameters.has(withPackages)) return resolved;
    const url = new URL(resolved.url);
    for (const [name, value] of parameters) url.searchParams.set(name, value);
    return { ...resolved, url: url.href };
  },
  load(address, context, next) {
    const path = parametersOf(address)?.has(owner) === true ? fileURLToPath(address) : '';
    return path.endsWith('.ts')
      ? { format: 'module', source: javaScriptOf(path), shortCircuit: true }
      : next(address, context);
  },
});

let owners = 0;

/** Loads a test file with modules of its own: none that another test file has used. */
export async function importWithOwnModules(path: string, { ownPackages = false }): Promise<void> {
  const url = pathToFileURL(path);
  owners += 1;
  url.searchParams.set(owner, String(owners));
  if (ownPackages) url.searchParams.set(withPackages, '');
  await import(url.href);
}
