import { allowedTo, functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const traced = templates({ tracing: true });
const xray = ['xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *'];

test('every function is traced, and may do nothing else for it', () => {
  traced.chat.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  for (const name of functionsOf(traced).keys()) {
    expect(allowedTo(traced, name)).toEqual([...allowedTo(templates(), name), ...xray].toSorted());
  }
});

test('none is where nobody asked for it', () => {
  expect(JSON.stringify(templates().chat.toJSON())).not.toContain('TracingConfig');
});
