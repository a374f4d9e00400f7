import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Certificate = { readonly key: string; readonly cert: string };
export type Posted = { readonly posts: number; readonly distinct: number; readonly unsigned: number };

export type Stub = {
  readonly port: number;
  /** What was posted since the last time. */
  take(): Promise<Posted>;
  stop(): void;
};

/** Of the host names that a subject posts to. */
export function makeCertificate(folder: string): Certificate {
  const certificate = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=stub', '-addext', 'subjectAltName=DNS:*.execute-api.us-east-1.amazonaws.com'];
  const files = ['-days', '30', '-keyout', certificate.key, '-out', certificate.cert];
  execFileSync('openssl', [...request, ...files, ...names], { stdio: 'ignore' });
  return certificate;
}

export async function startStub({ key, cert }: Certificate): Promise<Stub> {
  const child = fork(join(import.meta.dirname, 'stub-process.ts'), [key, cert]);
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return {
    port,
    async take() {
      child.send('take');
      const [posted] = (await once(child, 'message')) as [Posted];
      return posted;
    },
    stop: () => void child.kill(),
  };
}
