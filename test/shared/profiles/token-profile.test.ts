import { tokenProfile } from '../../../shared/profiles/token-profile.ts';

test('the standard claims become what others see', () => {
  const claims = { nickname: 'Alice', picture: 'https://pictures.example/a.png' };
  expect(tokenProfile(claims)).toEqual({ nickname: 'Alice', avatarUrl: 'https://pictures.example/a.png' });
});

test('they are held to the rules of a profile', () => {
  expect(tokenProfile({ nickname: ' \u202eevil\u0000 ', picture: 'http://pictures.example' })).toEqual({
    nickname: 'evil',
  });
});

test.each([undefined, null, 7, '', '\u200b', 'x'.repeat(65), ['Alice'], { name: 'Alice' }])(
  'a nickname of %j is left out',
  (nickname) => {
    expect(tokenProfile({ nickname, picture: nickname })).toEqual({});
  },
);
