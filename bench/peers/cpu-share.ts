import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../../infra/local/process/startup-error.ts';

export type CpuShare = {
  add(processId: number): void;
  /** Once its processes have ended. */
  remove(): Promise<void>;
};

const periodMicros = 20_000;

/** What of a control group says the share, by the version that the machine has mounted. */
const versions = [
  {
    root: '/sys/fs/cgroup/cpu',
    files: { 'cpu.cfs_period_us': () => String(periodMicros), 'cpu.cfs_quota_us': (quota: string) => quota },
  },
  { root: '/sys/fs/cgroup', files: { 'cpu.max': (quota: string) => `${quota} ${periodMicros}` } },
] as const;

/**
 * Gives a process no more than so much of one core, as Lambda does by memory: 1,769 MB are one vCPU, 512 MB are 0.289
 * (AWS Lambda, "Configure Lambda function memory"). Linux alone, and root.
 */
export function cpuShare(share: number, name: string): CpuShare {
  const version = versions.find(({ root, files }) => isThere(root, Object.keys(files)[0] ?? ''));
  if (version === undefined) throw new StartupError('--vcpu needs Linux with control groups, and root');
  const folder = join(version.root, `lapse-bench-${process.pid}-${name}`);
  const quota = String(Math.round(periodMicros * share));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(version.files)) writeFileSync(join(folder, file), text(quota));
  } catch {
    throw new StartupError('--vcpu: this user may not make a control group; run it as root');
  }
  return {
    add: (processId) => writeFileSync(join(folder, 'cgroup.procs'), String(processId)),
    async remove() {
      // The group is busy until the kernel has let go of the last process.
      for (let tries = 0; tries < 50 && !isRemoved(folder); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
    },
  };
}

/** The root of version 2 has no `cpu.max` of its own: its groups do. */
const isThere = (root: string, file: string): boolean =>
  existsSync(join(root, file)) || (file === 'cpu.max' && existsSync(join(root, 'cgroup.controllers')));

function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
