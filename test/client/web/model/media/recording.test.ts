import { recordingFault, recordingType } from '../../../../../client/web/model/media/recording.ts';

test('the first type that the browser has is taken, and its own where it has none', () => {
  expect(recordingType(() => true)).toBe('audio/webm;codecs=opus');
  expect(recordingType((type) => type === 'audio/mp4')).toBe('audio/mp4');
  expect(recordingType(() => false)).toBeUndefined();
});

test.each([
  ['NotAllowedError', 'The browser does not let this page use the microphone.'],
  ['NotFoundError', 'There is no microphone.'],
  ['NotReadableError', 'The microphone cannot be used just now.'],
])('%s is told', (name, words) => {
  expect(recordingFault(Object.assign(new Error('x'), { name }))).toContain(words);
});
