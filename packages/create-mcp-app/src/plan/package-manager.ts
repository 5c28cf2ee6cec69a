export const packageManagers = ['npm', 'pnpm', 'yarn', 'bun'] as const;

export type PackageManager = (typeof packageManagers)[number];

/** The one that started us, so that `pnpm create mcp-app` makes a pnpm project; npm when nobody says. */
export function detectPackageManager(userAgent: string | undefined): PackageManager {
  const name = userAgent?.split('/', 1)[0];
  return packageManagers.find((known) => known === name) ?? 'npm';
}

/** How a script of package.json is run: `npm test`, `pnpm dev`, `bun run test`. */
export function runScript(pm: PackageManager, script: string): string {
  // `bun test` is bun's own runner, and npm knows only start and test by themselves.
  const isShort =
    pm === 'pnpm' || pm === 'yarn' || (pm === 'npm' && (script === 'start' || script === 'test'));
  return isShort ? `${pm} ${script}` : `${pm} run ${script}`;
}

/** Arguments that install quietly and send nothing to anybody but the registry's download. */
export function installArguments(pm: PackageManager): readonly string[] {
  return pm === 'npm' ? ['install', '--no-audit', '--no-fund', '--loglevel=error'] : ['install'];
}

/** Files that a package manager needs for a project like ours. */
export function settingsOf(pm: PackageManager): Readonly<Record<string, string>> {
  switch (pm) {
    case 'yarn':
      return { '.yarnrc.yml': 'nodeLinker: node-modules\n' };
    case 'pnpm':
      return { 'pnpm-workspace.yaml': unbuilt };
    case 'npm':
    case 'bun':
      return {};
  }
}

/** Both bring their programs as packages; the install scripts only look whether these are there. */
const unbuilt = `allowBuilds:
  '@swc/core': false
  unrs-resolver: false
ignoredBuiltDependencies:
  - '@swc/core'
  - unrs-resolver
`;
