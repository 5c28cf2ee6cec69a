import type { CompletionTarget } from '../metadata/index.js';

/** What a client asks for, the same in both eras; `method` tells the kinds apart. */
export type Call =
  | {
      readonly method: 'tools/call';
      readonly name: string;
      /** As they came, before validation. */
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  | {
      readonly method: 'prompts/get';
      readonly name: string;
      readonly arguments: Readonly<Record<string, string>>;
    }
  | { readonly method: 'resources/read'; readonly uri: string }
  | {
      readonly method: 'completion/complete';
      readonly target: CompletionTarget;
      /** What the user has typed. */
      readonly typed: string;
      /** The other arguments, as far as they are known. */
      readonly resolved: Readonly<Record<string, string>>;
    }
  | { readonly method: ListMethod; readonly cursor: string | undefined };

export type ListMethod = 'tools/list' | 'prompts/list' | 'resources/list' | 'resources/templates/list';
