import fc from 'fast-check';
import { routeSelection } from '../../../../infra/local/gateway/routing/route-selection.ts';

describe('R13 route selection', () => {
  test.each([
    ['$request.body.action', '{"action":"send"}', 'send'],
    ['$request.body.action', '{"action":7}', '7'],
    ['$request.body.action', '{"action":true}', 'true'],
    ['$request.body.action', '{"action":["a","b"]}', '[a, b]'],
    ['$request.body.action', '{"action":""}', ''],
    ['$request.body.action', '{"other":1}', undefined],
    ['$request.body.action', '{"action":null}', undefined],
    ['$request.body.action', 'action', undefined],
    ['$request.body.action', '', undefined],
    ['$request.body.toString', '{}', undefined],
    ['$request.body.__proto__', '{}', undefined],
    ['$request.body.a.b.c', '{"a":{"b":{"c":"deep"}}}', 'deep'],
    ['$request.body.a.b.c', '{"a":{"b":"c"}}', undefined],
    ['$request.body.list[1].name', '{"list":[{},{"name":"second"}]}', 'second'],
    ["$request.body.a['my key']", '{"a":{"my key":"x"}}', 'x'],
    [`\${request.body.service}/\${request.body.action}`, '{"service":"chat","action":"send"}', 'chat/send'],
    [`\${request.body.service}/\${request.body.action}`, '{"action":"send"}', '/send'],
    [`\${request.body.service}/\${request.body.action}`, 'not json', undefined],
    [`v-\${request.body.v}`, '{"v":2}', 'v-2'],
    ['fixed', 'anything', 'fixed'],
    ['\\$default', 'anything', '$default'],
  ])('%s on %s is %j', (expression, body, key) => {
    expect(routeSelection(expression)(body)).toBe(key);
  });

  test.each(['$request.header.x', '$context.stage', `\${request.querystring.a}`, '$request.body'])(
    '%s is refused at once',
    (expression) => {
      expect(() => routeSelection(expression)).toThrow(
        `routeSelectionExpression ${expression} is not understood`,
      );
    },
  );

  test('any string under the key is itself, and no body makes it throw', () => {
    const select = routeSelection('$request.body.action');
    fc.assert(fc.property(fc.string(), (action) => select(JSON.stringify({ action })) === action));
    fc.assert(fc.property(fc.string(), (body) => select(`no json ${body}`) === undefined));
    fc.assert(
      fc.property(fc.json(), (body) => {
        const key = select(body);
        return key === undefined || typeof key === 'string';
      }),
    );
  });

  test.each([`${'['.repeat(16_000)}${']'.repeat(16_000)}`, `${'{"a":'.repeat(5_000)}0${'}'.repeat(5_000)}`])(
    'a value nested as deep as a frame can hold is no key, and does not throw',
    (action) => {
      expect(routeSelection('$request.body.action')(`{"action":${action}}`)).not.toBe('send');
    },
  );
});
