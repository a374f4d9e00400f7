import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Behind the address of a module, the test file that has it: Node.js then loads it again for the next one. */
const owner = '?for=';
/** And its packages too. */
const withPackages = '&packages';

const ownerIn = (address: string | undefined): string => {
  const at = address?.lastIndexOf(owner) ?? -1;
  return at === -1 ? '' : (address?.slice(at) ?? '');
};

/** What JavaScript is in a source: the same each time that it is loaded. */
const stripped = new Map<string, string>();

function javaScriptOf(path: string): string {
  const known = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
  stripped.set(path, known);
  return known;
}

// Whatever a test file imports is its own, and whatever that imports. Packages are nobody's: they are what takes long.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const owned = ownerIn(context.parentURL);
    const inPackage = resolved.url.includes('/node_modules/') && !owned.endsWith(withPackages);
    if (owned === '' || inPackage || !resolved.url.startsWith('file:')) return resolved;
    return { ...resolved, url: resolved.url + owned };
  },
  load(address, context, next) {
    const path = ownerIn(address) === '' ? '' : fileURLToPath(address);
    return path.endsWith('.ts')
      ? { format: 'module', source: javaScriptOf(path), shortCircuit: true }
      : next(address, context);
  },
});

let files = 0;

/** Loads a test file with modules of its own: none that another test file has used. */
export async function importWithOwnModules(path: string, { ownPackages = false }): Promise<void> {
  files += 1;
  await import(`${pathToFileURL(path).href}${owner}${files}${ownPackages ? withPackages : ''}`);
}
