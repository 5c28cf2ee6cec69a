import type { Handler } from '../catalog/index.js';
import { type Context, currentContext } from '../context/index.js';

/** What the bindings of a handler draw from. */
export interface ParameterSources {
  readonly context: Context;
  /** What `@Args()` gets: the DTO, or all arguments of a completion. */
  readonly args?: unknown;
  /** What `@Arg(name)` gets, by name. */
  readonly arg?: (name: string | undefined) => unknown;
  /** What `@Param(name)` gets: the variables of the URI. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Calls a handler with every parameter filled, inside of its Context. */
export async function callHandler(handler: Handler, sources: ParameterSources): Promise<unknown> {
  return currentContext.run(sources.context, async () =>
    handler.invoke(...(await resolveParameters(handler, sources))),
  );
}

function resolveParameters({ bindings }: Handler, sources: ParameterSources): Promise<unknown[]> {
  return Promise.all(
    bindings.map((binding) => {
      switch (binding.kind) {
        case 'args':
          return sources.args;
        case 'arg':
          return sources.arg?.(binding.name);
        case 'param':
          return sources.params?.[binding.name];
        case 'context':
          return sources.context;
        case 'signal':
          return sources.context.signal;
        case 'custom':
          // metadata/ cannot name Context, so the record types its argument as never; decorators/ typed it for the user
          return binding.resolve(sources.context as never);
      }
    }),
  );
}
