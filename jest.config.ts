/**
 * Node 20 cannot strip types, so Jest needs a loader for this file:
 * @jest-config-loader esbuild-register
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from 'jest';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Every folder with a package.json in packages/ and apps/, and the tests of the scripts. */
const workspaces = ['packages', 'apps']
  .flatMap((group) => readdirSync(`${root}${group}`).map((name) => `${group}/${name}`))
  .filter((dir) => existsSync(`${root}${dir}/package.json`));

const project = (dir: string): NonNullable<Config['projects']>[number] => ({
  displayName: dir.slice(dir.lastIndexOf('/') + 1),
  roots: [`<rootDir>/${dir}`],
  testMatch: [`<rootDir>/${dir}/test/**/*.test.ts`],
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@reprise/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^@reprise/([^/]+)/([^/.]+)$': '<rootDir>/packages/$1/src/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '/templates/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
});

const config: Config = {
  projects: [...workspaces, 'scripts'].map(project),
  // many tests start processes and open sockets, on machines that do other things as well
  testTimeout: 60_000,
  collectCoverageFrom: ['{packages,apps}/*/src/**/*.ts'],
  coverageProvider: 'v8',
};

export default config;
