import { Server, Tool } from '@reprise/core';

@Tool()
export class AlphaTool {
  execute(): string {
    return 'alpha';
  }
}

/** Not decorated, so no component. */
export class Helper {}

export const answer = 42;

/** A server is not a component of another. */
@Server({ name: 'other', version: '1.0.0' })
export class Other {
  @Tool() other(): string {
    return 'other';
  }
}
