import { resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { CommandError, type ExitCode, exitCodes } from '../command-error.js';
import { checkCopies } from '../doctor/check-copies.js';
import { checkManifest } from '../doctor/check-manifest.js';
import { checkMetadata } from '../doctor/check-metadata.js';
import { checkNode } from '../doctor/check-node.js';
import { checkTsConfig } from '../doctor/check-tsconfig.js';
import { type Finding, findingText } from '../doctor/finding.js';
import { checkPortability } from '../doctor/portability.js';
import { findCompiler } from '../project/compiler.js';
import { findTsConfig, readTsConfig } from '../project/tsconfig.js';
import type { Surroundings } from '../surroundings.js';
import { connect, disconnect } from '../target/connect.js';
import { resolveTarget, type TargetWords } from '../target/resolve-target.js';
import type { ClientOptions } from './client-options.js';
import { offerOf } from './list.js';

export interface DoctorOptions extends ClientOptions {
  readonly project?: string;
  readonly json: boolean;
}

/** `reprise doctor`: what, where and the fix of everything found. Exit code 1 if there is an error among it. */
export async function doctor(
  words: TargetWords,
  options: DoctorOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const findings = [
    checkNode(process.versions.node),
    ...checkManifest(around.cwd),
    ...(await orFinding('TypeScript', () => checkCompiler(options, around.cwd))),
    ...checkCopies(around.cwd),
  ];
  if (words.place !== undefined || words.program.length > 0)
    findings.push(...(await orFinding('the server', () => checkServer(words, options, around))));
  const text = options.json ? JSON.stringify(findings, null, 2) : findings.map(findingText).join('\n');
  around.stdout.write(`${text}\n`);
  return findings.some(({ level }) => level === 'error') ? exitCodes.refused : exitCodes.done;
}

async function checkCompiler({ project }: DoctorOptions, cwd: string): Promise<Finding[]> {
  const compiler = findCompiler(cwd);
  const config = await readTsConfig(
    project === undefined ? findTsConfig(cwd) : resolve(cwd, project),
    compiler,
  );
  return [...checkTsConfig(config), await checkMetadata(config, compiler)];
}

async function checkServer(
  words: TargetWords,
  options: DoctorOptions,
  around: Surroundings,
): Promise<Finding[]> {
  const { era, header: headers } = options;
  const client = await connect(
    await resolveTarget(words, around),
    { era, headers, capabilities: {} },
    around,
  );
  try {
    return checkPortability(await offerOf(client));
  } finally {
    await disconnect(client);
  }
}

/** A check that cannot be made is a finding too. */
async function orFinding(where: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (thrown) {
    const what = isNativeError(thrown) ? thrown.message : String(thrown);
    return [
      {
        level: 'error',
        what,
        where,
        ...(thrown instanceof CommandError && thrown.fix !== undefined && { fix: thrown.fix }),
      },
    ];
  }
}
