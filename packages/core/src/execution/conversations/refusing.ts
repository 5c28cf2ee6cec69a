import { RepriseError } from '../../errors/index.js';
import { type Conversation, handled } from '../../replay/index.js';

/** The conversation of middleware, which is not replayed: neither questions nor steps have a place there. */
export class RefusingConversation implements Conversation {
  constructor(
    /** Says whether the handler around a nested call walks known ground. */
    private readonly isMuted: () => boolean,
  ) {}

  get muted(): boolean {
    return this.isMuted();
  }

  ask(): Promise<never> {
    return refuse('ask the client');
  }

  step(): Promise<never> {
    return refuse('remember a step');
  }

  once(): Promise<never> {
    return refuse('remember what was done');
  }

  nested(): Conversation {
    return this;
  }
}

function refuse(what: string): Promise<never> {
  return handled(
    Promise.reject(
      new RepriseError('CANNOT_ASK', `Middleware cannot ${what}.`, {
        fix: 'Move it into the handler: middleware stands outside of what is replayed.',
      }),
    ),
  );
}
