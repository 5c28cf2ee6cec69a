/** The only file that reads the environment. */
export interface Environment {
  /** REPRISE_STATE_KEY: one key, or several with commas between; the first seals, all open. */
  readonly stateKeys: readonly string[] | undefined;
  /** REPRISE_LOG_LEVEL, as it was written. */
  readonly logLevel: string | undefined;
  readonly isProduction: boolean;
  /** Neither production nor a test run. */
  readonly isDevelopment: boolean;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const keys = env['REPRISE_STATE_KEY']?.split(',').map((key) => key.trim());
  return {
    stateKeys: keys?.some((key) => key !== '') ? keys.filter((key) => key !== '') : undefined,
    logLevel: env['REPRISE_LOG_LEVEL']?.trim() || undefined,
    isProduction: env['NODE_ENV'] === 'production',
    isDevelopment: env['NODE_ENV'] !== 'production' && env['NODE_ENV'] !== 'test',
  };
}
