export { canonical, digest } from './journal/canonical.js';
export {
  type Ask,
  type Conversation,
  maxRefusals,
  type Verdict,
  type WireRequest,
} from './conversations/conversation.js';
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
export type { JournalEntry, JournalState } from './journal/journal.js';
export { LiveConversation, type SendToClient } from './conversations/live-conversation.js';
export { answered, play, type Played } from './play.js';
export { type Difference, rehearse, type SuspendedRound } from './rehearse.js';
export { type ClaimedRound, MemoryRoundLedger, type RoundLedger } from './journal/round-ledger.js';
export { type SealOptions, Sealer } from './journal/seal.js';
export type { Json, StepInfo } from './steps/step-types.js';
