import type { FieldLabel } from '../schema/index.js';

/** The user's answer. `decline` is a no; `cancel` means the question was closed without a choice. */
export type Elicited<T> = { action: 'accept'; data: T } | { action: 'decline' } | { action: 'cancel' };

export interface AskOptions {
  /**
   * The name of this question within the call, shown to modern clients. Letters, digits, `_`, `-`, `.`.
   * Default: derived from what is asked. Give one where the same question is asked in parallel.
   */
  key?: string;
  /** Legacy: how long to wait, in milliseconds. Modern: the life of the sealed state decides. */
  timeout?: number;
}

export interface ElicitOptions extends AskOptions, FieldLabel {
  /** Ends the call with a ToolError unless the user accepts. */
  required?: boolean;
  /**
   * Modern: lets the client answer under `key` with the call itself, before it was asked, which saves a round. Such an
   * answer is checked like any other, and ignored if it breaks the form. Default false: only what was asked is answered.
   */
  inAdvance?: boolean;
}

export type ElicitUrlOptions = AskOptions;

export type ConfirmOptions = AskOptions;
