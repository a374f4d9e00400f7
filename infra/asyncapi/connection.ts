/** Where and as whom a client connects. */
export const servers = {
  deployed: {
    host: '{apiId}.execute-api.{region}.amazonaws.com',
    pathname: '/v1',
    protocol: 'wss',
    description:
      'the output `WebSocketUrl` of a deployment; one with `domain` in its configuration has that name',
    variables: {
      apiId: { description: 'the id of the WebSocket API in Amazon API Gateway' },
      region: { description: 'one of the regions that the operator allows' },
    },
    security: [{ $ref: '#/components/securitySchemes/token' }],
  },
  local: {
    host: '127.0.0.1:{port}',
    pathname: '/v1',
    protocol: 'ws',
    description: '`npm start` on this machine',
    variables: { port: { default: '8787' } },
    security: [{ $ref: '#/components/securitySchemes/token' }],
  },
};

export const securitySchemes = {
  token: {
    type: 'httpApiKey',
    name: 'Sec-WebSocket-Protocol',
    in: 'header',
    description:
      "`lapse.v1, TOKEN`: the access token is the second sub-protocol, `new WebSocket(url, ['lapse.v1', token])`",
  },
};

export const bindings = {
  ws: {
    method: 'GET',
    headers: {
      type: 'object',
      required: ['Sec-WebSocket-Protocol'],
      properties: { 'Sec-WebSocket-Protocol': { type: 'string', pattern: '^lapse\\.v1, ?[\\w.-]+$' } },
    },
    bindingVersion: '0.1.0',
  },
};
