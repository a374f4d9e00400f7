import type { Cloud } from '../simulation/cloud.ts';
import { type Marker, markersIn } from '../simulation/marker.ts';

/** Something that somebody wrote, and where it lies. */
export type Kept = { readonly where: string; readonly marker: Marker; readonly detail: string };

/** Everything that anybody wrote, wherever it lies. */
export function* whatIsKept({ database, objects, queues }: Cloud): Iterable<Kept> {
  for (const [tableName] of database.tables) {
    const where = `table ${tableName.replace(/^Lapse-Data-(.*)Table.*$/, '$1')}`;
    for (const item of database.items(tableName)) {
      const text = JSON.stringify(item);
      for (const marker of markersIn(text)) yield { where, marker, detail: text.slice(0, 300) };
    }
  }
  for (const { bucket, key, object } of objects.all()) {
    const where = bucket.includes('export') ? 'exports' : `objects ${key.split('/')[0]}`;
    for (const marker of markersIn(Buffer.from(object.bytes).toString('latin1')))
      yield { where, marker, detail: key };
  }
  for (const { queue, body } of queues.all())
    for (const marker of markersIn(body)) yield { where: `queue ${queue}`, marker, detail: body };
}
