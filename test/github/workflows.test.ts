import { globSync, readFileSync } from 'node:fs';

const files = globSync('.github/workflows/*.yml').toSorted();
const workflows = files.map((file): [string, string] => [file, readFileSync(file, 'utf8')]);

test('there is a workflow to check, to test and to deploy', () => {
  expect(files.map((file) => file.replace(/^.*\//, ''))).toEqual(['check.yml', 'deploy.yml', 'test.yml']);
});

test.each(workflows)('%s pins every action to a commit, and says which release that is', (_file, text) => {
  const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test.each(workflows)('%s has no key in it, and leaves no token behind', (_file, text) => {
  expect(text).not.toMatch(/secrets\.|aws-access-key-id|AWS_SECRET/);
  expect(text.match(/actions\/checkout@/g)).toHaveLength(
    text.match(/persist-credentials: false/g)?.length ?? 0,
  );
});

test.each(workflows)('%s may read the code; only deploy may ask for an identity', (file, text) => {
  const granted = [...text.matchAll(/^ +([a-z-]+): (read|write)$/gm)].map(
    ([, scope, access]) => `${scope}: ${access}`,
  );
  expect(granted).toEqual(
    file.includes('deploy') ? ['contents: read', 'id-token: write'] : ['contents: read'],
  );
});
