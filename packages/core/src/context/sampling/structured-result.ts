import type { Verdict } from '../../replay/index.js';
import type { CompiledSchema, SchemaSource } from '../../schema/index.js';
import { compiled } from './compiled.js';

/** What the model is told of the result it must give, and how its answer is read. */
export class StructuredResult {
  private constructor(private readonly schema: CompiledSchema) {}

  /** Throws UNSUPPORTED_TYPE and its like, located. */
  static async of(source: SchemaSource, where: string): Promise<StructuredResult> {
    const schema = compiled(source, where);
    await schema.prepare?.();
    return new StructuredResult(schema);
  }

  /** In the system prompt, because every client has one; a tool that takes the result needs `sampling.tools`. */
  get instruction(): string {
    return `Answer with one JSON object and nothing else: no explanation, no code fence. It must be valid under this JSON Schema:\n${JSON.stringify(this.schema.jsonSchema)}`;
  }

  async read(text: string): Promise<Verdict<unknown>> {
    const json = findJson(text);
    if (!json) return { ok: false, reason: 'it is not JSON' };
    const parsed = await this.schema.parse(json.value);
    if (parsed.ok) return parsed;
    const problems = parsed.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message));
    return { ok: false, reason: problems.join('; ') };
  }
}

const fenced = /```(?:json)?\s*\n([^]*?)\n\s*```/i;

/** The whole text; else what stands in a code fence; else the outermost braces: models like to explain. */
function findJson(text: string): { value: unknown } | undefined {
  const candidates = [text, fenced.exec(text)?.[1], text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)];
  for (const candidate of candidates) {
    try {
      if (candidate !== undefined) return { value: JSON.parse(candidate) };
    } catch {
      // the next one
    }
  }
  return undefined;
}
