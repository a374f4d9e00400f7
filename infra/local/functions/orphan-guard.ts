import { spawn } from 'node:child_process';

export type OrphanGuard = {
  watch(pid: number): void;
  forget(pid: number): void;
  close(): void;
};

// It reads pids until this process is gone, however it went, and then kills those that are left.
const script = `trap '' INT TERM HUP
pids=" "
while read -r op pid; do
  case $op in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% $pid *} \${pids#* $pid }" ;; esac ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done`;

/** A stopped child never notices that its parent died: this shell notices for it. */
export function orphanGuard(): OrphanGuard {
  const shell = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const tell = (line: string): void => {
    shell.stdin.write(`${line}\n`);
  };
  return {
    watch: (pid) => tell(`+ ${pid}`),
    forget: (pid) => tell(`- ${pid}`),
    close: () => shell.stdin.end(),
  };
}
