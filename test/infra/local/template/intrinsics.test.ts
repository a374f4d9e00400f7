import fc from 'fast-check';
import { type Lookup, resolveIntrinsics } from '../../../../infra/local/template/intrinsics.ts';

const lookup: Lookup = {
  ref: (id) => (id === 'AWS::Region' ? 'eu-west-1' : `ref-${id}`),
  attribute: (id, attribute) => `${id}/${attribute}`,
  importValue: (name) => `imported-${name}`,
};

/** `${name}`, as CloudFormation writes it. */
const slot = (name: string): string => `$\{${name}}`;

test.each([
  [{ Ref: 'AWS::Region' }, 'eu-west-1'],
  [{ 'Fn::GetAtt': ['Table', 'Stream.Arn'] }, 'Table/Stream.Arn'],
  [{ 'Fn::GetAtt': 'Table.Arn' }, 'Table/Arn'],
  [
    { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.x.', { Ref: 'AWS::Region' }]] },
    'https://ref-Api.x.eu-west-1',
  ],
  [
    { 'Fn::Sub': `arn:${slot('AWS::Region')}:${slot('Table.Arn')}:${slot('!Literal')}` },
    `arn:eu-west-1:Table/Arn:${slot('Literal')}`,
  ],
  [{ 'Fn::Sub': [`${slot('Name')}-${slot('Api')}`, { Name: { Ref: 'X' } }] }, 'ref-X-ref-Api'],
  [{ 'Fn::ImportValue': { 'Fn::Join': [':', ['a', 'b']] } }, 'imported-a:b'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  [{ a: [{ Ref: 'B' }, 1, true], none: { Ref: 'AWS::NoValue' } }, { a: ['ref-B', 1, true] }],
])('resolves %j', (value, expected) => {
  expect(resolveIntrinsics(value, lookup)).toEqual(expected);
});

test('refuses a function that it does not know', () => {
  expect(() => resolveIntrinsics({ 'Fn::Cidr': [] }, lookup)).toThrow('does not know Fn::Cidr');
});

test('leaves values without functions as they are', () => {
  const plain = fc.dictionary(
    fc.stringMatching(/^[a-z]{2,8}$/),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
  );
  fc.assert(fc.property(plain, (value) => expect(resolveIntrinsics(value, lookup)).toEqual(value)));
});
