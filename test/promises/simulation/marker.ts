/** What somebody wrote, recognizable wherever it lies: a letter for what it is, who wrote it, and a number. */
export type Marker = {
  readonly kind: 'message' | 'profile' | 'title' | 'media';
  readonly by: string;
  readonly number: number;
};

const pattern = /<<(message|profile|title|media):([a-z]+):(\d+)>>/g;

export function textOf({ kind, by, number }: Marker): string {
  return `<<${kind}:${by}:${number}>>`;
}

export function markersIn(text: string): readonly Marker[] {
  return [...text.matchAll(pattern)].map(([, kind, by = '', number]) => ({
    kind: kind as Marker['kind'],
    by,
    number: Number(number),
  }));
}
