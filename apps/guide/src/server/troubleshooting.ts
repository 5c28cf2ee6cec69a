import { RepriseError, StartUpError } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { Library } from './transports.js';

// #region report
export async function startOrExplain(transport: Transport): Promise<string> {
  try {
    await new Library().start(transport);
    return `listening on ${transport.address}`;
  } catch (error) {
    if (error instanceof StartUpError) return explain(error).join('\n');
    if (error instanceof RepriseError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
// #endregion report

// #region problems
export function explain({ problems }: StartUpError): string[] {
  return problems.map(({ code, where, fix }) => `${code} at ${where}. ${fix}`);
}
// #endregion problems
