import { afterEach, describe, expect, test } from '@jest/globals';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import {
  Arg,
  Complete,
  McpServer,
  Param,
  Prompt,
  Resource,
  Scopes,
  Server,
  StartUpError,
  Tool,
} from '@reprise/core';
import type { Host, Transport } from '@reprise/core/transport';
import fc from 'fast-check';
import { RecordedLog } from '@reprise/testing';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Gives away its host. As far as the server knows, its clients come over the network. */
class Network implements Transport {
  readonly name = 'streamable-http';
  readonly address = 'nowhere';
  host!: Host;
  async start(host: Host): Promise<void> {
    this.host = host;
  }
  async drain(): Promise<void> {}
  async close(): Promise<void> {}
}

async function hostOf(server: McpServer): Promise<Host> {
  const network = new Network();
  await server.start(network);
  ends.push(() => server.stop());
  return network.host;
}

const logger = new RecordedLog();
const request = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 1, method, params });

class Reports {
  @Tool() open() {
    return 'open';
  }
  @Tool() @Scopes('b', 'c') close() {
    return 'closed';
  }
}

class PlainTools {
  @Tool() later() {
    return 'later';
  }
}

@Scopes('b')
class ScopedTools {
  @Tool() guarded() {
    return 'guarded';
  }
}

describe('Host.requiredScopes', () => {
  @Scopes('a')
  @Server({ name: 'desk', version: '1', components: [ScopedTools, Reports] })
  class Desk extends McpServer {
    @Tool() search() {
      return 'found';
    }
    @Resource('config://rates') @Scopes('r') rates() {
      return 'rates';
    }
    @Resource('trip://{id}') @Scopes('t') trip(@Param('id') id: string) {
      return id;
    }
    @Prompt() @Scopes('p') plan(@Arg('city') city: string) {
      return city;
    }
    @Complete({ prompt: 'plan', argument: 'city' }) @Scopes('s') cities() {
      return [];
    }
  }

  const plan = { type: 'ref/prompt', name: 'plan' };
  const trip = { type: 'ref/resource', uri: 'trip://{id}' };
  const uris = ['config://rates', 'trip://7', 'trip://8', 'none://x', 7];

  test.each<[string, unknown, string[]]>([
    ['of the server', request('tools/call', { name: 'search' }), ['a']],
    ['of the class', request('tools/call', { name: 'guarded' }), ['a', 'b']],
    ['of the method', request('tools/call', { name: 'close' }), ['a', 'b', 'c']],
    ['of a resource', request('resources/read', { uri: 'config://rates' }), ['a', 'r']],
    ['of a template', request('resources/read', { uri: 'trip://7' }), ['a', 't']],
    ['of what is subscribed to', request('resources/subscribe', { uri: 'trip://7' }), ['a', 't']],
    [
      'of what is listened to',
      request('subscriptions/listen', { notifications: { resourceSubscriptions: uris } }),
      ['a', 'r', 't'],
    ],
    ['of a prompt', request('prompts/get', { name: 'plan' }), ['a', 'p']],
    [
      'of a completion and its prompt',
      request('completion/complete', { ref: plan, argument: { name: 'city', value: '' } }),
      ['a', 'p', 's'],
    ],
    [
      'of a template without completion',
      request('completion/complete', { ref: trip, argument: { name: 'id', value: '' } }),
      ['a', 't'],
    ],
    [
      'of a batch',
      [request('tools/call', { name: 'close' }), request('prompts/get', { name: 'plan' })],
      ['a', 'b', 'c', 'p'],
    ],
    ['none of what does not exist', request('tools/call', { name: 'constructor' }), []],
    ['none of a list', request('tools/list', {}), []],
    ['none of the handshake', request('initialize', {}), []],
    ['none of an answer', { jsonrpc: '2.0', id: 1, result: { name: 'search' } }, []],
    ['none of nothing', undefined, []],
  ])('%s', async (_what, message, scopes) => {
    const host = await hostOf(new Desk({ logger }));
    expect(host.scoped).toBe(true);
    expect(host.requiredScopes(message)).toEqual(scopes);
  });

  test('takes whatever JSON can say', async () => {
    const host = await hostOf(new Desk({ logger }));
    const methods = fc.constantFrom(
      'tools/call',
      'prompts/get',
      'resources/read',
      'resources/subscribe',
      'subscriptions/listen',
      'completion/complete',
    );
    const params = fc.oneof(
      fc.jsonValue(),
      fc.record({ name: fc.jsonValue(), uri: fc.oneof(fc.jsonValue(), fc.string()) }),
      fc.record({ ref: fc.jsonValue(), argument: fc.jsonValue() }),
      fc.record({ notifications: fc.record({ resourceSubscriptions: fc.jsonValue() }) }),
    );
    const message = fc.oneof(fc.jsonValue(), fc.record({ method: methods, params }));
    fc.assert(
      fc.property(fc.oneof(message, fc.array(message)), (body) => {
        expect(Array.isArray(host.requiredScopes(body))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('follows the catalog: what is disabled still counts, what is replaced does not', async () => {
    @Server({ name: 'desk', version: '1', components: [ScopedTools] })
    class Changing extends McpServer {
      @Tool() search() {
        return 'found';
      }
    }
    const server = new Changing({ logger });
    const host = await hostOf(server);
    const guarded = request('tools/call', { name: 'guarded' });
    expect([host.scoped, host.requiredScopes(guarded)]).toEqual([true, ['b']]);
    server.disable('guarded');
    expect([host.scoped, host.requiredScopes(guarded)]).toEqual([true, []]);
    await server.replace([PlainTools]);
    expect(host.scoped).toBe(false);
    await server.replace([ScopedTools]);
    server.enable('guarded');
    expect([host.scoped, host.requiredScopes(guarded)]).toEqual([true, ['b']]);
  });

  test('a server without @Scopes is not scoped', async () => {
    @Server({ name: 'desk', version: '1', components: [PlainTools] })
    class Open extends McpServer {}
    const host = await hostOf(new Open({ logger }));
    expect([host.scoped, host.requiredScopes(request('tools/call', { name: 'later' }))]).toEqual([false, []]);
  });
});

test('who comes over the network without identity sees and calls nothing that is scoped', async () => {
  @Server({ name: 'desk', version: '1', components: [ScopedTools, PlainTools] })
  class Desk extends McpServer {}
  const host = await hostOf(new Desk({ logger }));
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  await host
    .createServer({ era: 'legacy', transport: 'streamable-http', lifetime: 'connection' })
    .connect(serverEnd);
  const client = new Client({ name: 'stranger', version: '1' });
  await client.connect(clientEnd);
  ends.unshift(() => client.close());

  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['later']);
  await expect(client.callTool({ name: 'guarded' })).rejects.toMatchObject({
    code: -32006,
    data: { missingScopes: ['b'] },
  });
});

describe('declarations', () => {
  const problemsOf = async (cls: new () => McpServer) =>
    new cls().describe().then(
      () => [],
      (thrown: unknown) =>
        thrown instanceof StartUpError ? thrown.problems.map(({ code, message }) => [code, message]) : thrown,
    );

  test('what is no scope ends the start, with its place', async () => {
    const [nothing, late] = [[], [undefined]] as unknown as [string][]; // plain JavaScript may do that
    @Scopes('')
    class Empty {
      @Tool() @Scopes('a b') spaced() {}
      @Tool() @Scopes('a', 'caf\u00e9') foreign() {}
      @Tool() @Scopes('say"so"') quoted() {}
      @Tool() @Scopes(...nothing!) none() {}
      @Tool() @Scopes(...late!) undefinedYet() {}
    }
    @Server({ name: 'desk', version: '1', components: [Empty] })
    class Desk extends McpServer {}
    const fix =
      'Give each scope as a text of its own, of printable ASCII characters without space, " and \\.';
    expect(await problemsOf(Desk)).toEqual([
      ['INVALID_SCOPE', `Empty.spaced: @Scopes got "a b", which is no scope. ${fix}`],
      ['INVALID_SCOPE', `Empty.foreign: @Scopes got "caf\u00e9", which is no scope. ${fix}`],
      ['INVALID_SCOPE', `Empty.quoted: @Scopes got "say\\"so\\"", which is no scope. ${fix}`],
      ['INVALID_SCOPE', `Empty.none: @Scopes names no scope. Name one: @Scopes('trips:write').`],
      ['INVALID_SCOPE', `Empty.undefinedYet: @Scopes got undefined, which is no scope. ${fix}`],
      ['INVALID_SCOPE', `Empty: @Scopes got "", which is no scope. ${fix}`],
    ]);
  });

  test('what is no component cannot carry it', async () => {
    class Odd {
      @Tool() fine() {}
      @Scopes('a') forgotten() {}
      // @ts-expect-error a property is no handler
      @Scopes('a') field = 1;
      // @ts-expect-error static methods are no handlers
      @Scopes('a') static shared() {}
    }
    @Scopes('a')
    class Nothing {}
    @Server({ name: 'desk', version: '1', components: [Odd, Nothing] })
    class Desk extends McpServer {}
    expect(await problemsOf(Desk)).toEqual([
      ['NOT_A_COMPONENT', expect.stringContaining('components[1]: Nothing carries no @Tool')],
      ['MISPLACED_DECORATOR', expect.stringMatching(/^Odd\.shared: @Scopes stands on a static method/)],
      ['MISPLACED_DECORATOR', expect.stringMatching(/^Odd\.forgotten: decorators stand on it/)],
      ['MISPLACED_DECORATOR', expect.stringMatching(/^Odd\.field: decorators stand on it/)],
    ]);
  });

  test('subclasses add, and lose nothing: neither by an override nor by declaring anew', async () => {
    @Scopes('base')
    class Base {
      @Tool() @Scopes('one') first() {}
      @Tool() @Scopes('two') second(@Arg('x') x: string) {
        return x;
      }
      @Tool() @Scopes('three') third() {}
    }
    @Scopes('derived')
    class Derived extends Base {
      @Scopes('more') override second(x: string) {
        return x;
      }
      @Tool({ name: 'third-anew' }) override third() {}
    }
    @Scopes('all')
    @Server({ name: 'desk', version: '1', components: [Derived] })
    class Desk extends McpServer {
      @Resource('a://b') @Scopes('all', 'r') read() {
        return '';
      }
    }
    const { tools, resources } = await new Desk({ logger }).describe();
    expect(tools.map(({ name, scopes }) => [name, scopes])).toEqual([
      ['first', ['all', 'base', 'derived', 'one']],
      ['second', ['all', 'base', 'derived', 'two', 'more']],
      ['third-anew', ['all', 'base', 'derived', 'three']],
    ]);
    expect(tools[1]!.input).toMatchObject({ required: ['x'] });
    expect(resources[0]!.scopes).toEqual(['all', 'r']);
  });

  test('a description of what needs no scope says nothing of scopes', async () => {
    @Server({ name: 'desk', version: '1', components: [PlainTools] })
    class Open extends McpServer {}
    expect((await new Open({ logger }).describe()).tools[0]).not.toHaveProperty('scopes');
  });
});
