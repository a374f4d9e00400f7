import { metrics } from '../../../shared/runtime/metrics.ts';

function measured() {
  const lines: string[] = [];
  const { put } = metrics(
    'Lapse',
    (line) => void lines.push(line),
    () => 1_795_465_395_624,
  );
  return { lines, put };
}

test('a line is what CloudWatch reads as metrics, to the letter', () => {
  const { lines, put } = measured();
  put({ FanOutFailures: 3 });
  expect(lines).toEqual([
    '{"_aws":{"Timestamp":1795465395624,"CloudWatchMetrics":[{"Namespace":"Lapse","Dimensions":[[]],' +
      '"Metrics":[{"Name":"FanOutFailures","Unit":"Count"}]}]},"FanOutFailures":3}\n',
  ]);
});

test('several values share a line, each in its unit', () => {
  const { lines, put } = measured();
  put({ OldestExpiredItemAge: 60, PurgedMessages: 0, PurgeFailures: 0 });
  expect(lines).toEqual([
    '{"_aws":{"Timestamp":1795465395624,"CloudWatchMetrics":[{"Namespace":"Lapse","Dimensions":[[]],' +
      '"Metrics":[{"Name":"OldestExpiredItemAge","Unit":"Seconds"},{"Name":"PurgedMessages","Unit":"Count"},' +
      '{"Name":"PurgeFailures","Unit":"Count"}]}]},"OldestExpiredItemAge":60,"PurgedMessages":0,"PurgeFailures":0}\n',
  ]);
});

test('what has dimensions is counted without them too', () => {
  const { lines, put } = measured();
  put({ SensitiveData: 1 }, { kind: 'payment-card', policy: 'flag' });
  expect(lines).toEqual([
    '{"_aws":{"Timestamp":1795465395624,"CloudWatchMetrics":[{"Namespace":"Lapse",' +
      '"Dimensions":[[],["kind","policy"]],"Metrics":[{"Name":"SensitiveData","Unit":"Count"}]}]},' +
      '"kind":"payment-card","policy":"flag","SensitiveData":1}\n',
  ]);
});
