// Known vulnerabilities, where the registry answers that question: not every mirror does.
// Fails for a high or critical one in what is deployed; tells of the others.
import { spawnSync } from 'node:child_process';

const grave = ['high', 'critical'];

function ask(...options) {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...options], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  try {
    return JSON.parse(stdout).vulnerabilities;
  } catch {
    return undefined;
  }
}

const deployed = ask('--omit=dev');
const all = deployed && ask();
if (deployed === undefined || all === undefined) {
  process.stdout.write('audit: this registry answers no audit; run `npm audit` against one that does\n');
} else {
  for (const [name, { severity }] of Object.entries(all))
    process.stdout.write(`audit: ${name}, ${severity}${name in deployed ? ', deployed' : ''}\n`);
  const failing = Object.values(deployed).some(({ severity }) => grave.includes(severity));
  process.exitCode = failing ? 1 : 0;
  if (!failing) process.stdout.write('audit: nothing high or critical in what is deployed\n');
}
