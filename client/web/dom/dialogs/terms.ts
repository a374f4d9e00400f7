import type { HelloResult } from '../../../../shared/protocol/session/table.ts';
import { consentWords } from '../../model/consent/consent-words.ts';
import { byId, make, setText } from '../elements/elements.ts';

/** Fills in what happens to the person's data, in the dialog of this name. */
export function showTerms(dialog: 'consent' | 'account', hello: HelloResult): void {
  const words = consentWords(hello);
  setText(byId(`${dialog}-messages`), words.messages);
  setText(byId(`${dialog}-profile`), words.profile);
  setText(byId(`${dialog}-version`), words.policyVersion);
  const place = byId(`${dialog}-policy`);
  place.replaceChildren(...(words.policyUrl === undefined ? [] : [policyLink(words.policyUrl)]));
}

function policyLink(url: string): HTMLAnchorElement {
  const link = make('a', '', 'Read it (opens in a new tab)');
  link.href = url;
  link.target = '_blank';
  link.rel = 'noreferrer noopener';
  return link;
}
