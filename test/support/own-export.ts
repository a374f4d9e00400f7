import { unzipSync } from 'fflate';
import type { Frame, Person } from './chat-person.ts';

export type ExportFiles = Readonly<Record<string, Uint8Array>>;

/** What the zip at an address holds, by the names of its files. */
export async function unzipped(url: string): Promise<ExportFiles> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the export is refused: ${response.status}`);
  return unzipSync(new Uint8Array(await response.arrayBuffer()));
}

export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** Asks for it and waits until it is pushed. */
export async function ownExport(person: Person): Promise<ExportFiles> {
  const { requestId } = await person.call('export');
  const isIt = (push: Frame) => push.type === 'export' && push.requestId === requestId;
  await person.until((pushes) => pushes.some(isIt));
  return unzipped(person.pushes.find(isIt).url);
}
