import type { ExportedData } from '../../../privacy/export-data.ts';
import { timeOfDay } from '../../model/words/day-label.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, make, setText } from '../elements/elements.ts';

/** Everything that is held about the person, to be kept as files. */
export type ExportSection = { clear(): void };

export function exportSection(collect: () => Promise<ExportedData>): ExportSection {
  const button = byId('export', HTMLButtonElement);
  const result = byId('export-result');
  /** Of a person who has left meanwhile nothing is shown to the next one. */
  let sitting = 0;

  async function run(): Promise<void> {
    const mine = sitting;
    button.disabled = true;
    setText(result, 'Collecting what is held about you…');
    try {
      const { urls, expiresAt } = await collect();
      if (mine !== sitting) return;
      const until = make('p', '', `Ready, until ${timeOfDay(expiresAt * 1000)}.`);
      result.replaceChildren(until, ...urls.map(link));
      result.querySelector('a')?.focus();
    } catch (fault) {
      if (mine === sitting) setText(result, errorWords(fault));
    } finally {
      button.disabled = false;
    }
  }

  button.addEventListener('click', () => void run());
  return {
    clear() {
      sitting += 1;
      setText(result, '');
    },
  };
}

function link(url: string, index: number, all: readonly string[]): HTMLElement {
  const anchor = make('a', '', all.length === 1 ? 'Save the zip' : `Save zip ${index + 1} of ${all.length}`);
  anchor.href = url;
  anchor.rel = 'noreferrer';
  anchor.download = '';
  return make('p', '', anchor);
}
