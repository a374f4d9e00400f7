// Looks for keys and tokens in every file that git knows. usage: node .ci/supply-chain/secrets.mjs [FOLDER]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const shapes = {
  'an AWS access key id': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  'an AWS secret key': /aws_?secret_?(?:access_?)?key\W{1,5}[A-Za-z0-9/+]{40}\b/i,
  'a private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  'a private JSON Web Key': /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/,
  'a JSON Web Token': /\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  'a GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/,
  'an npm token': /\bnpm_[A-Za-z0-9]{36}\b|:_authToken=[\w-]{8,}/,
  'a Slack token': /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  'a Google API key': /\bAIza[A-Za-z0-9_-]{35}\b/,
  'a Stripe key': /\b[rs]k_live_[A-Za-z0-9]{20,}/,
  'a long value that is called a secret':
    /(?:secret|passw(?:or)?d|api_?key|access_?token)["'`]?\s*[:=]\s*["'`](?=[^"'`\s]*\d)[A-Za-z0-9+/=_-]{32,}["'`]/i,
};
/** Said on the same line, by whoever looked at it. */
const dismissal = 'not a secret:';

const folder = process.argv[2] ?? '.';
const git = (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
const files = git('ls-files', '-z').split('\0').filter(Boolean);

const faults = [];
for (const file of files) {
  const text = readFileSync(join(folder, file), 'latin1');
  if (text.includes('\0')) continue;
  for (const [index, line] of text.split('\n').entries())
    for (const [what, shape] of Object.entries(shapes))
      if (shape.test(line) && !line.includes(dismissal))
        faults.push(`${file}:${index + 1} looks like ${what}`);
}

// The value itself is not printed: a log is read by more people than the file.
for (const fault of faults) process.stderr.write(`secrets: ${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
if (faults.length === 0) process.stdout.write(`secrets: none in ${files.length} files\n`);
