/** The OpenTelemetry API. Its types are free; loading it takes some 30 ms, so that is left to whoever has a use for it. */
export type OpenTelemetry = typeof import('@opentelemetry/api');

/** Under this name every copy of the API, of any 1.x, keeps what an SDK registers. */
const registry = Symbol.for('opentelemetry.js.api.1');

/** Whether this process has an OpenTelemetry SDK: without one, everything the API could be told is thrown away. */
export function hasSdk(): boolean {
  return registry in globalThis;
}

export async function loadOpenTelemetry(): Promise<OpenTelemetry> {
  return import('@opentelemetry/api');
}
