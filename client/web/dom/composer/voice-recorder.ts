import { clock } from '../../../words/content-text.ts';
import { recordingFault, recordingType } from '../../model/media/recording.ts';
import { byId, setText } from '../elements/elements.ts';

export type VoiceRecorder = {
  /** Stops, and keeps nothing. */
  discard(): void;
};

export type VoiceRecorderOptions = {
  readonly onVoice: (file: File) => void;
  /** Why it could not be sent, if that is known before it is recorded. */
  readonly refusal: () => Promise<string | undefined>;
  /** Says why nothing is recorded; an empty text takes that away again. */
  readonly onFault: (words: string) => void;
};

/** Nobody speaks longer in one piece, and what is forgotten has an end. */
const longestMs = 10 * 60_000;

/**
 * The button that records what somebody says: once to begin, once more to end, Escape to discard. What was recorded lies with the
 * files to be sent, where it can be taken away. Without a microphone, or on a page that may not have it, there is no button.
 */
export function voiceRecorder({ onVoice, refusal, onFault }: VoiceRecorderOptions): VoiceRecorder {
  const button = byId('record', HTMLButtonElement);
  const time = byId('recorded');
  let recorder: MediaRecorder | undefined;
  let isKept = false;
  // Who presses twice before the microphone is there has changed their mind.
  let asked = 0;
  button.hidden = !('mediaDevices' in navigator) || !('MediaRecorder' in globalThis);

  function show(isOn: boolean): void {
    button.ariaPressed = String(isOn);
    button.ariaLabel = isOn ? 'Stop recording' : 'Record a voice message';
    setText(time, isOn ? clock(0) : '');
  }

  function end(keep: boolean): void {
    asked += 1;
    isKept = keep;
    if (recorder?.state === 'recording') recorder.stop();
    else show(false);
  }

  async function begin(): Promise<void> {
    asked += 1;
    const turn = asked;
    const refused = await refusal();
    onFault(refused ?? '');
    if (refused !== undefined || turn !== asked) return;
    show(true);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (turn === asked) record(stream);
      else release(stream);
    } catch (error) {
      if (turn === asked) end(false);
      onFault(recordingFault(error));
    }
  }

  function record(stream: MediaStream): void {
    const type = recordingType((each) => MediaRecorder.isTypeSupported(each));
    const made = new MediaRecorder(stream, type === undefined ? {} : { mimeType: type });
    const pieces: Blob[] = [];
    const beganAt = Date.now();
    const ticking = setInterval(() => setText(time, clock(Date.now() - beganAt)), 1_000);
    const ending = setTimeout(() => end(true), longestMs);
    isKept = false;
    recorder = made;
    made.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    made.addEventListener('stop', () => {
      clearInterval(ticking);
      clearTimeout(ending);
      release(stream);
      recorder = undefined;
      show(false);
      const sound = new Blob(pieces, { type: made.mimeType });
      if (isKept && sound.size > 0) onVoice(new File([sound], 'Voice message', { type: sound.type }));
    });
    made.start();
  }

  button.addEventListener('click', () => void (button.ariaPressed === 'true' ? end(true) : begin()));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || button.ariaPressed !== 'true') return;
    event.stopPropagation();
    end(false);
  });
  return { discard: () => end(false) };
}

/** The browser shows that it listens for as long as one track is open. */
function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
