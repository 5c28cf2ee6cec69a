/**
 * A family of protocol revisions. `legacy`: 2024-11-05 to 2025-11-25, with a handshake and server-to-client requests.
 * `modern`: 2026-07-28, stateless.
 */
export type Era = 'legacy' | 'modern';

/** Over what a request came. `memory` joins client and server inside one process; transports of one's own have other names. */
export type TransportName = 'stdio' | 'sse' | 'streamable-http' | 'memory' | (string & {});
