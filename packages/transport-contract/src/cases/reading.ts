import { expect } from '@jest/globals';
import type { ContractCase } from './contract-case.js';

const invalidParams = -32602;

/** Lists, resources, prompts. */
export const reading: readonly ContractCase[] = [
  {
    name: 'lists tools',
    async run(client) {
      const { tools } = await client.listTools();
      expect(tools.map((tool) => tool.name)).toEqual(expect.arrayContaining(['echo', 'introduce', 'wait']));
      const echo = tools.find((tool) => tool.name === 'echo');
      expect(echo).toMatchObject({
        description: 'Says it back',
        inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
      });
    },
  },
  {
    name: 'lists resources, templates and prompts',
    async run(client) {
      const { resources } = await client.listResources();
      expect(resources.map((resource) => resource.uri)).toEqual(['contract://greeting']);
      const { resourceTemplates } = await client.listTemplates();
      expect(resourceTemplates.map((template) => template.uriTemplate)).toEqual(['contract://notes/{id}']);
      const { prompts } = await client.listPrompts();
      expect(prompts).toMatchObject([{ name: 'letter', arguments: [{ name: 'to', required: true }] }]);
    },
  },
  {
    name: 'reads a resource',
    async run(client) {
      const { contents } = await client.readResource('contract://greeting');
      expect(contents).toMatchObject([{ uri: 'contract://greeting', mimeType: 'text/plain', text: 'Hello' }]);
    },
  },
  {
    name: 'reads a resource through its template',
    async run(client) {
      const { contents } = await client.readResource('contract://notes/a%20b');
      expect(contents).toMatchObject([{ uri: 'contract://notes/a%20b', text: '# Note a b' }]);
    },
  },
  {
    name: 'refuses a resource nobody knows',
    async run(client) {
      await expect(client.readResource('contract://nowhere')).rejects.toMatchObject({ code: invalidParams });
    },
  },
  {
    name: 'renders a prompt',
    async run(client) {
      const { messages } = await client.getPrompt('letter', { to: 'Ada' });
      expect(messages).toMatchObject([
        { role: 'user', content: { type: 'text', text: 'Write a letter to Ada.' } },
      ]);
    },
  },
];
