// A registry that does not serve the packages of other platforms leaves them out of package-lock.json, and `npm ci`
// then calls the lockfile out of sync; or it leaves them in without what they are to be checked by. This writes them in,
// as their parents pin them, and asks the registry for each one's integrity and licence: run it after `npm install`.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const platform =
  /-(?<os>aix|android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64)(?:-(?<abi>\w+))?$/;
const added = [];

for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const parts = platform.exec(name)?.groups;
    const key = `node_modules/${name}`;
    if (parts === undefined || lock.packages[key] !== undefined || !/^\d/.test(version)) continue;
    const libc = { gnu: ['glibc'], musl: ['musl'] }[parts.abi];
    lock.packages[key] = {
      version,
      ...(parts.os === 'linux' && libc && { libc }),
      cpu: [parts.cpu],
      ...(dev && { dev }),
      optional: true,
      os: [parts.os],
    };
    added.push(name);
  }
}

/** What is bundled came in another package's archive, and is covered by that one's integrity. */
const incomplete = Object.entries(lock.packages).filter(
  ([key, { integrity, license, inBundle }]) =>
    key !== '' && !inBundle && (integrity === undefined || license === undefined),
);
for (const [key, entry] of incomplete) {
  const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const wanted = ['view', `${name}@${entry.version}`, 'dist.integrity', 'license', '--json'];
  const { 'dist.integrity': integrity, license } = JSON.parse(
    execFileSync('npm', wanted, { encoding: 'utf8' }),
  );
  entry.integrity ??= integrity;
  entry.license ??= license;
}

lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(
  `${added.length} packages of other platforms added to package-lock.json, ${incomplete.length} completed\n`,
);
