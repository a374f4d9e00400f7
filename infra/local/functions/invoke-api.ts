import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { signatureFault } from '../aws/signature-fault.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import type { Invoke } from '../model/model.ts';
import { listen } from '../network/listen.ts';
import { readBody } from '../network/read-body.ts';
import { requestUrl } from '../network/request-url.ts';
import { functionReference } from './function-reference.ts';
import { type InvokeReply, invokeReply, parseEvent, refusal } from './invoke-reply.ts';

export type InvokeApiOptions = {
  readonly invoke: Invoke;
  readonly functionNames: readonly string[];
  /** The operator's own: whatever alias or version they are called by, it is the one that is here. */
  readonly ownNames?: readonly string[];
  readonly port: number;
  readonly credentials: LocalCredentials;
  readonly host?: string;
  /** Deployed name to the name that `invoke` takes. */
  readonly aliases?: Readonly<Record<string, string>>;
};

export type InvokeApi = { readonly url: string; close(): Promise<void> };

const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** What a synchronous invocation may carry. */
const eventBytes = 6 * 1024 * 1024;

const invocationTypes = ['RequestResponse', 'Event', 'DryRun'];

const latest = '$LATEST';

/** As it stands where it is no percent-encoding: no function has such a name. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The Invoke operation of AWS Lambda's REST API, so that the SDK and the AWS CLI reach the local functions. */
export async function startInvokeApi(options: InvokeApiOptions): Promise<InvokeApi> {
  const aliases = new Map(Object.entries(options.aliases ?? {}));

  async function answer(request: IncomingMessage): Promise<InvokeReply> {
    const body = await readBody(request, eventBytes);
    if (body === undefined) {
      return refusal(413, 'RequestTooLargeException', `Request must be smaller than ${eventBytes} bytes`);
    }
    // Whoever can invoke what only the operator may has the key of this start: no page of any site has.
    const signing = { service: 'lambda', credentials: options.credentials };
    const fault = await signatureFault(request, body, signing);
    if (fault !== undefined) {
      return refusal(
        403,
        fault,
        'not signed with the key of this local system: see `npm run -s credentials`',
      );
    }
    const { pathname, searchParams } = requestUrl(request);
    const reference = request.method === 'POST' ? path.exec(pathname)?.[1] : undefined;
    if (reference === undefined) {
      return refusal(404, 'UnknownOperationException', 'only POST /2015-03-31/functions/{name}/invocations');
    }
    const asked = functionReference(decoded(reference));
    const name = aliases.get(asked.name) ?? asked.name;
    const qualifier = asked.qualifier ?? searchParams.get('Qualifier') ?? latest;
    // The template publishes no versions.
    const isOwn = options.ownNames?.includes(name) === true;
    if (!isOwn && (!options.functionNames.includes(name) || qualifier !== latest)) {
      const named = qualifier === latest ? asked.name : `${asked.name}:${qualifier}`;
      return refusal(404, 'ResourceNotFoundException', `Function not found: ${named}`);
    }
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (!invocationTypes.includes(String(type))) {
      return refusal(400, 'InvalidParameterValueException', `Invocation type: ${invocationTypes.join(', ')}`);
    }
    const parsed = parseEvent(body);
    if (!parsed.ok) {
      return refusal(400, 'InvalidRequestContentException', 'Could not parse request body into json');
    }
    return await invokeReply(options.invoke, name, parsed.event, type);
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answer(request)
      .catch((error: unknown) => refusal(500, 'ServiceException', String(error)))
      .then(({ status, headers, body }) => {
        response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
      });
  });
  const { origin, close } = await listen(server, options.port, options.host);
  return { url: origin, close };
}
