import { functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const stacks = templates();

/** A name that promises a secret, or a value that looks like one: a key, a password, a token, a dynamic reference. */
const secretName = /SECRET|PASSWORD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY/i;
const secretValue = /\{\{resolve:|AKIA[0-9A-Z]{16}|-----BEGIN|eyJ[\w-]+\.eyJ|^[\w+/=-]{32,}$/;

/** The digest of the privacy policy is one that everybody is shown. */
const shown = ['POLICY_DIGEST'];

const settings = [...functionsOf(stacks)].flatMap(([name, { environment }]) =>
  Object.entries(environment).map(([key, value]) => [name, key, value] as const),
);

test.each(settings)('%s is told no secret in %s', (_name, key, value) => {
  expect(key).not.toMatch(secretName);
  if (!shown.includes(key)) expect(value).not.toMatch(secretValue);
});

test('there is no parameter through which one could come', () => {
  for (const template of [stacks.data, stacks.chat])
    expect(Object.keys(template.findParameters('*')).filter((name) => name !== 'BootstrapVersion')).toEqual(
      [],
    );
});
