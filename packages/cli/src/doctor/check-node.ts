import type { Finding } from './finding.js';

/** Whether this Node is new enough: 20.19 or newer. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const where = `Node ${version}`;
  if (major > 20 || (major === 20 && minor >= 19)) return { level: 'ok', what: 'new enough', where };
  return { level: 'error', what: 'is too old', where, fix: 'Install Node 20.19 or newer.' };
}
