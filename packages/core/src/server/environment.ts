/** The only file that reads the environment. */
export interface Environment {
  /** REPRISE_STATE_KEY: one key, or several with commas between; the first seals, all open. */
  readonly stateKeys: readonly string[] | undefined;
  readonly isProduction: boolean;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const keys = env['REPRISE_STATE_KEY']?.split(',').map((key) => key.trim());
  return {
    stateKeys: keys?.some((key) => key !== '') ? keys.filter((key) => key !== '') : undefined,
    isProduction: env['NODE_ENV'] === 'production',
  };
}
