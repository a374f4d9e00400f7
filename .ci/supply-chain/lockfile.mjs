// What a lockfile has to be before anything is installed from it. usage: node .ci/supply-chain/lockfile.mjs [FOLDER]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const manifest = read('package.json');
const { lockfileVersion, packages } = read('package-lock.json');

const faults = [];
const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

if (lockfileVersion !== 3) faults.push(`lockfileVersion is ${lockfileVersion}, not 3`);

for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
  for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
    if (!exact.test(version)) faults.push(`package.json: ${name} is "${version}", not one exact version`);
    const locked = packages[`node_modules/${name}`]?.version;
    if (locked !== version) faults.push(`package.json has ${name} ${version}, the lockfile ${locked}`);
  }
}

/** What is bundled came in the archive of the package around it, whose integrity covers it. */
const archiveOf = (key) => {
  let around = key;
  while (packages[around]?.inBundle) around = around.slice(0, around.lastIndexOf('/node_modules/'));
  return packages[around];
};

const origins = new Set();
for (const [key, { resolved, link, hasInstallScript }] of Object.entries(packages)) {
  if (key === '') continue;
  const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (link) faults.push(`${key} is a link to another folder`);
  if (!sha512.test(archiveOf(key)?.integrity ?? '')) faults.push(`${key} has no SHA-512 integrity`);
  if (resolved !== undefined) {
    if (resolved.startsWith('https://')) origins.add(new URL(resolved).origin);
    else faults.push(`${key} does not come from a registry by https`);
  }
  if (hasInstallScript && manifest.allowScripts?.[name] === undefined)
    faults.push(
      `${key} runs a script when it is installed: allow or forbid it in package.json, allowScripts`,
    );
}
if (origins.size > 1) faults.push(`packages come from ${origins.size} registries`);

for (const fault of faults) process.stderr.write(`lockfile: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
if (faults.length === 0)
  process.stdout.write(`lockfile: ${Object.keys(packages).length - 1} packages, in order\n`);
