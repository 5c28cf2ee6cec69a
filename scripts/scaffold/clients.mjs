/** Real clients: the SDK's first generation for legacy, its second for modern. */
import assert from 'node:assert/strict';
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernHttp,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as LegacyHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

export const eras = ['legacy', 'modern'];

const about = { name: 'newcomer', version: '1.0.0' };
const capabilities = { elicitation: { form: {} } };

/** Does with the server of a project what its README promises. The target is a URL or `{ command, args, cwd, env }`. */
export async function useServer(era, target) {
  const { client, asked } = await connect(era, target);
  try {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['brew'],
    );
    const answer = await client.callTool({ name: 'brew', arguments: { potion: 'courage', bottles: 3 } });
    const [block] = answer.content;
    assert.match(block.text, /^3 × courage for Ada, batch courage-3-\d+\.$/);
    assert.equal(asked.length, 1);
    // the step ran once: the batch of the question is the batch of the answer
    assert.equal(/courage-3-\d+/.exec(asked[0])?.[0], /courage-3-\d+/.exec(block.text)?.[0]);
    const { contents } = await client.readResource({ uri: 'potion://patience/recipe' });
    assert.match(contents[0].text, /snail shell/);
    const prompt = await client.getPrompt({ name: 'invent', arguments: { effect: 'flight' } });
    assert.match(prompt.messages[0].content.text, /flight/);
    return tools;
  } finally {
    await client.close();
  }
}

/** What the server says about its tool. */
export async function describeTool(url) {
  const { client } = await connect('modern', url);
  try {
    return (await client.listTools()).tools[0].description;
  } finally {
    await client.close();
  }
}

async function connect(era, target) {
  const asked = [];
  const answer = ({ params }) => {
    asked.push(params.message);
    return { action: 'accept', content: { name: 'Ada' } };
  };
  const isUrl = typeof target === 'string';
  if (era === 'legacy') {
    const client = new LegacyClient(about, { capabilities });
    client.setRequestHandler(ElicitRequestSchema, answer);
    await client.connect(
      isUrl ? new LegacyHttp(new URL(target)) : new LegacyStdio({ ...target, stderr: 'ignore' }),
    );
    return { client, asked };
  }
  const client = new ModernClient(about, {
    capabilities,
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  client.setRequestHandler('elicitation/create', answer);
  await client.connect(
    isUrl ? new ModernHttp(new URL(target)) : new ModernStdio({ ...target, stderr: 'ignore' }),
  );
  return { client, asked };
}
