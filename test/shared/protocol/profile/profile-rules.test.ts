import * as fc from 'fast-check';
import { profileLimits, profileSetSchema } from '../../../../shared/protocol/profile/profile-rules.ts';

const accepts = (value: unknown): boolean => profileSetSchema.safeParse(value).success;

describe('nickname', () => {
  test.each(['A', '👨‍👩‍👧‍👦', 'n'.repeat(64), '김'.repeat(64)])('%s is accepted', (nickname) => {
    expect(profileSetSchema.parse({ nickname })).toEqual({ nickname });
  });

  test.each([
    '',
    ' ',
    '\u200B',
    '\u202E',
    '\u3164',
    '\u2800',
    'n'.repeat(65),
    '👨‍👩‍👧‍👦'.repeat(11),
    '\uD800',
    'a'.repeat(9000),
    7,
    {},
  ])('%j is refused', (nickname) => {
    expect(accepts({ nickname })).toBe(false);
  });

  test('comes out clean', () => {
    expect(profileSetSchema.parse({ nickname: ' \u202EAdmin\u200B ' })).toEqual({ nickname: 'Admin' });
  });
});

describe('signature', () => {
  test.each(['', 'two\nlines', 's'.repeat(280), '김'.repeat(280)])('%j is accepted', (signature) => {
    expect(profileSetSchema.parse({ signature })).toEqual({ signature });
  });

  test.each(['s'.repeat(281), '🚀'.repeat(257), '\uDC00', 5])('%j is refused', (signature) => {
    expect(accepts({ signature })).toBe(false);
  });
});

describe('avatarUrl', () => {
  const base = 'https://img.example/';

  test.each([
    base,
    'https://img.example/a.png?size=1@2#x',
    'HTTPS://img.example/',
    `${base}${'a'.repeat(profileLimits.avatarUrlBytes - base.length)}`,
    'https://bücher.example/ä',
  ])('%s is accepted', (avatarUrl) => {
    expect(profileSetSchema.parse({ avatarUrl })).toEqual({ avatarUrl: new URL(avatarUrl).href });
  });

  test.each([
    'http://img.example/',
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    '//img.example/',
    'img.example',
    'https://',
    'https://user:pass@img.example/',
    'https://user@img.example/',
    'https://@img.example/',
    'https://:@img.example/',
    ' https://img.example/',
    'https://img.example/a b',
    'https://img.ex\nample/',
    'https:\\\\img.example\\',
    'https:img.example',
    'https://img.example/\u202Egnp',
    'https://img\u200B.example/',
    `${base}${'a'.repeat(profileLimits.avatarUrlBytes - base.length + 1)}`,
    `${base}${'ä'.repeat(1000)}`,
    '',
    'ftp://img.example/',
  ])('%j is refused', (avatarUrl) => {
    expect(accepts({ avatarUrl })).toBe(false);
  });
});

test('visibility is set per field', () => {
  const visibility = { nickname: 'everyone', avatarUrl: 'contacts', signature: 'nobody' };
  expect(profileSetSchema.parse({ visibility })).toEqual({ visibility });
  expect(accepts({ visibility: { nickname: 'friends' } })).toBe(false);
  expect(accepts({ visibility: { birthDate: 'nobody' } })).toBe(false);
  expect(accepts({ visibility: 'everyone' })).toBe(false);
});

test('null removes a field, absence keeps it, other fields are refused', () => {
  expect(profileSetSchema.parse({ nickname: null, avatarUrl: null, signature: null })).toEqual({
    nickname: null,
    avatarUrl: null,
    signature: null,
  });
  expect(profileSetSchema.parse({})).toEqual({});
  expect(accepts({ email: 'a@b.example' })).toBe(false);
  expect(accepts({ visibility: null })).toBe(false);
});

test('whatever is accepted is within every limit and is accepted again unchanged', async () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 90 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  await fc.assert(
    fc.property(anyText, anyText, (nickname, signature) => {
      const parsed = profileSetSchema.safeParse({ nickname, signature });
      fc.pre(parsed.success);
      const set = parsed.data ?? {};
      expect(Buffer.byteLength(set.nickname ?? '')).toBeLessThanOrEqual(profileLimits.nicknameBytes);
      expect(Buffer.byteLength(set.signature ?? '')).toBeLessThanOrEqual(profileLimits.signatureBytes);
      expect(profileSetSchema.parse(set)).toEqual(set);
    }),
  );
});

test('no accepted avatar carries credentials or leaves https', async () => {
  const parts = fc.tuple(
    fc.constantFrom('https', 'http', 'HTTPS', 'data'),
    fc.constantFrom('://', ':', ':\\\\'),
    fc.string(),
    fc.webUrl(),
  );
  await fc.assert(
    fc.property(parts, ([scheme, slashes, middle, rest]) => {
      const parsed = profileSetSchema.safeParse({
        avatarUrl: `${scheme}${slashes}${middle}${rest.slice(rest.indexOf('/') + 2)}`,
      });
      fc.pre(parsed.success);
      const url = new URL(parsed.data?.avatarUrl ?? '');
      expect([url.protocol, url.username, url.password]).toEqual(['https:', '', '']);
    }),
  );
});
