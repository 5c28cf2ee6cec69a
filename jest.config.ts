/**
 * Node 20 cannot strip types, so Jest needs a loader for this file:
 * @jest-config-loader esbuild-register
 */
import type { Config } from 'jest';

const workspaces = [
  'packages/core',
  'packages/http-edge',
  'packages/transport-stdio',
  'packages/transport-sse',
  'packages/transport-streamable-http',
  'packages/transport-contract',
  'apps/trip-desk',
];

const project = (dir: string): NonNullable<Config['projects']>[number] => ({
  displayName: dir.slice(dir.lastIndexOf('/') + 1),
  roots: [`<rootDir>/${dir}`],
  testMatch: [`<rootDir>/${dir}/test/**/*.test.ts`],
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@reprise/core/transport$': '<rootDir>/packages/core/src/transport.ts',
    '^@reprise/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/'],
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
  projects: workspaces.map(project),
  collectCoverageFrom: ['{packages,apps}/*/src/**/*.ts'],
  coverageProvider: 'v8',
};

export default config;
