import type { Client } from '@modelcontextprotocol/client';
import { type ExitCode, exitCodes } from '../command-error.js';
import { writeResult } from '../output/format.js';
import { listing, type Offer } from '../output/listing.js';
import type { Surroundings } from '../surroundings.js';
import { connect, disconnect } from '../target/connect.js';
import { resolveTarget, type TargetWords } from '../target/resolve-target.js';
import type { ClientOptions } from './client-options.js';
import { serverRefused } from './server-refused.js';

/** `reprise list`: the tools, resources, templates and prompts of a server. */
export async function list(
  words: TargetWords,
  options: ClientOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const { era, header: headers } = options;
  const target = await resolveTarget(words, around);
  const client = await connect(target, { era, headers, capabilities: {} }, around);
  try {
    const offer = await offerOf(client);
    writeResult(around.stdout, options.format, { raw: offer, text: () => listing(offer) });
    return exitCodes.done;
  } catch (thrown) {
    throw serverRefused(thrown);
  } finally {
    await disconnect(client);
  }
}

/** Everything that the server lists, all pages of it. */
export async function offerOf(client: Client): Promise<Offer> {
  const { tools, resources, prompts } = client.getServerCapabilities() ?? {};
  return {
    server: client.getServerVersion() ?? { name: 'unnamed', version: '' },
    protocolVersion: client.getNegotiatedProtocolVersion(),
    tools: tools ? (await client.listTools()).tools : [],
    resources: resources ? (await client.listResources()).resources : [],
    resourceTemplates: resources ? (await client.listResourceTemplates()).resourceTemplates : [],
    prompts: prompts ? (await client.listPrompts()).prompts : [],
  };
}
