/**
 * What the referee is run for. One run can fill several rows of the report: `--requirements` also runs what it does not
 * score. `counts` says which scenarios belong to a row, `expected` how many of their checks have to pass.
 */
const current = '@modelcontextprotocol/conformance';
const old = 'conformance-0.1';

const isTask = (scenario) => scenario.startsWith('tasks-');
const notScored = [
  'server-session-lifecycle',
  'json-schema-2020-12',
  'server-sse-polling',
  'http-header-validation',
  'http-custom-header-server-validation',
];

/** The scored scenarios of a revision, and the others that are no part of the tasks extension. */
const required = (revision, scored, others) => ({
  referee: current,
  args: ['--requirements', revision],
  rows: [
    {
      name: `required for ${revision}`,
      expected: scored,
      counts: (scenario) => !notScored.includes(scenario) && !isTask(scenario),
    },
    { name: 'the same, not scored', expected: others, counts: (scenario) => notScored.includes(scenario) },
  ],
});

export const legs = [
  required('2025-11-25', 70, 14),
  required('2026-07-28', 120, 32),
  {
    referee: current,
    args: ['--suite', 'all', '--spec-version', '2025-06-18'],
    rows: [{ name: 'all of 2025-06-18', expected: 56, counts: () => true }],
  },
  {
    referee: old,
    args: ['--suite', 'all'],
    rows: [
      {
        name: 'all of referee 0.1.16',
        expected: 44,
        // it takes part with the header of an old revision, and can end in warnings only
        counts: (scenario) => scenario !== 'server-sse-polling',
      },
    ],
  },
];
