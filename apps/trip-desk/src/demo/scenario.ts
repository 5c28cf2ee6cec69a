import type { DeskClient } from './desk-client.js';
import type { Ledger } from './ledger.js';
import type { User } from './user.js';

interface Scene {
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly says: string;
  /** How many questions the user and the model get. */
  readonly questions: number;
  /** How often a modern client has to call; a legacy one calls once and is asked on the open connection. */
  readonly modernRounds: number;
  /** What reaches the airline. */
  readonly effects: readonly string[];
}

/** The same conversation for every client: what is called, and what has to come of it. */
export const scenes: readonly Scene[] = [
  {
    tool: 'book',
    args: { destination: 'Lisbon', nights: 3 },
    says: 'Booked: ticket T-CAA26C, 3 nights in Lisbon for Ada Lovelace.',
    questions: 2,
    modernRounds: 3,
    effects: ['hold', 'book'],
  },
  {
    tool: 'comfort',
    args: { ticket: 'T-CAA26C' },
    says: 'Ticket T-CAA26C: aisle seat, vegetarian to eat.',
    questions: 2,
    modernRounds: 2,
    effects: [],
  },
  {
    tool: 'pack',
    args: { destination: 'Lisbon', nights: 3 },
    says: 'Two shirts and a good book.',
    questions: 1,
    modernRounds: 2,
    effects: [],
  },
];

/** How one scene went. */
export interface Take {
  readonly scene: Scene;
  readonly asked: User['asked'];
  readonly prompts: User['prompts'];
  /** How many `tools/call` requests it took: one for each round. */
  readonly rounds: number;
  readonly effects: readonly string[];
  readonly said: string;
  /** What was not as it has to be. */
  readonly faults: readonly string[];
}

/** Plays a scene once. */
export async function playScene(
  scene: Scene,
  { client, user, ledger }: { client: DeskClient; user: User; ledger: Ledger },
): Promise<Take> {
  const before = { asked: user.asked.length, prompts: user.prompts.length, calls: client.toolCalls };
  ledger.clear();
  const { text } = await client.call(scene.tool, scene.args);
  const took = {
    scene,
    asked: user.asked.slice(before.asked),
    prompts: user.prompts.slice(before.prompts),
    rounds: client.toolCalls - before.calls,
    effects: ledger.read(),
    said: text,
  };
  const rounds = client.era === 'modern' ? scene.modernRounds : 1;
  const faults = [
    ...differing('answer', scene.says, took.said),
    ...differing('questions', scene.questions, took.asked.length + took.prompts.length),
    ...differing('rounds', rounds, took.rounds),
    ...differing('effects', scene.effects.join(', '), took.effects.join(', ')),
  ];
  return { ...took, faults };
}

function differing(what: string, expected: string | number, seen: string | number): string[] {
  return expected === seen ? [] : [`${what}: expected "${expected}", seen "${seen}"`];
}
