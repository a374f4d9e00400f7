import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { consentWords } from '../../model/consent/consent-words.ts';
import { jurisdictionChoices } from '../../model/consent/jurisdiction-choices.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, make, setText } from '../elements/elements.ts';
import { showTerms } from './terms.ts';

export type ConsentDialog = {
  ask(client: Pick<LapseClient, 'consent'>, hello: HelloResult, onRefuse: () => void): void;
  close(): void;
};

export function consentDialog(): ConsentDialog {
  const dialog = byId('consent', HTMLDialogElement);
  const form = byId('consent-form', HTMLFormElement);
  const jurisdiction = byId('jurisdiction', HTMLSelectElement);
  const birthDate = byId('birth-date', HTMLInputElement);
  const error = byId('consent-error');
  const grant = byId('consent-grant', HTMLButtonElement);
  let asked:
    | { client: Pick<LapseClient, 'consent'>; policyVersion: string; onRefuse: () => void }
    | undefined;

  for (const { code, name } of jurisdictionChoices()) {
    const option = make('option', '', name);
    option.value = code;
    jurisdiction.append(option);
  }

  function complain(words: string, field?: HTMLElement): void {
    setText(error, words);
    field?.focus();
  }

  async function submit(): Promise<void> {
    if (asked === undefined) return;
    if (jurisdiction.value === '') return complain('Please choose where you live.', jurisdiction);
    if (!birthDate.validity.valid) return complain('Please enter the full date of your birth.', birthDate);
    complain('');
    grant.disabled = true;
    try {
      const { client, policyVersion } = asked;
      await client.consent({ policyVersion, jurisdiction: jurisdiction.value, birthDate: birthDate.value });
      close();
    } catch (fault) {
      complain(errorWords(fault), birthDate);
    } finally {
      grant.disabled = false;
      grant.ariaBusy = null;
    }
  }

  function refuse(): void {
    const { onRefuse } = asked ?? {};
    close();
    onRefuse?.();
  }

  function close(): void {
    asked = undefined;
    // The promise on the page: the date is kept nowhere, not even here.
    birthDate.value = '';
    dialog.close();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  byId('consent-refuse').addEventListener('click', refuse);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    refuse();
  });
  return {
    ask(client, hello, onRefuse) {
      asked = { client, policyVersion: hello.consent.policyVersion, onRefuse };
      setText(byId('consent-reason'), consentWords(hello).reason);
      showTerms('consent', hello);
      if (dialog.open) return;
      complain('');
      birthDate.max = new Date().toLocaleDateString('sv');
      dialog.showModal();
      byId('consent-title').focus();
    },
    close() {
      if (dialog.open) close();
    },
  };
}
