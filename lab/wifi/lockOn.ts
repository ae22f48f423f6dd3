import { spawn } from 'node:child_process';

/** Waits until nobody else holds the lock, and holds it until the answer is called, or until this process is no more. */
export const lockOn = (path: string): Promise<() => void> =>
  new Promise((resolve, reject) => {
    const holder = spawn('flock', [path, 'sh', '-c', 'echo; cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
    holder.once('error', reject);
    holder.once('exit', (status) => reject(new Error(`flock ${path} ended (status ${status})`)));
    holder.stdout.once('data', () => resolve(() => holder.stdin.end()));
  });
