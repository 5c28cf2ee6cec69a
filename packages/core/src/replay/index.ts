export { canonical, digest } from './canonical.js';
export { type Ask, type Conversation, maxRefusals, type Verdict, type WireRequest } from './conversation.js';
export {
  CancelledError,
  DivergenceError,
  ElicitationError,
  StateRejectedError,
  StateTooLargeError,
  StepError,
  SuspendedError,
} from './errors.js';
export { handled } from './handled.js';
export type { JournalEntry, JournalState } from './journal.js';
export { LiveConversation, type SendToClient } from './live-conversation.js';
export { answered, play, type Played } from './play.js';
export { type Difference, rehearse, type SuspendedRound } from './rehearse.js';
export { type ClaimedRound, MemoryRoundLedger, type RoundLedger } from './round-ledger.js';
export { type SealOptions, Sealer } from './seal.js';
export type { Json, StepInfo } from './step-types.js';
