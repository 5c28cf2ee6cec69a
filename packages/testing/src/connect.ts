import type { ConnectOptions } from './client/connect-options.js';
import type { TestClient } from './client/test-client.js';
import { serve, type ServeOptions } from './server/serve.js';
import type { ServerSource } from './server/source.js';

/**
 * Starts a server in memory and joins a client to it. `client.close()` ends both.
 * Throws what the server's `start()` throws, and INVALID_OPTION.
 */
export async function connect(
  source: ServerSource,
  options: ConnectOptions & ServeOptions = {},
): Promise<TestClient> {
  const served = await serve(source, options);
  try {
    return await served.connect({ ...options, endsServer: true });
  } catch (thrown) {
    await served.stop();
    throw thrown;
  }
}
