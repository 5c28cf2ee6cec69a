import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Args, type Context, Ctx, McpServer, Param, Resource, Server, Tool, ToolError } from '@reprise/core';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';

class Files {
  @IsArray() @ArrayMaxSize(1000) @IsString({ each: true }) files!: string[];
}

interface Job {
  done: number;
  total: number;
  state: 'running' | 'done' | 'failed';
}

@Server({ name: 'archive', version: '1.0.0' })
export class Archive extends McpServer {
  readonly copied: string[] = [];
  private readonly jobs = new Map<string, Job>();

  // #region progress
  @Tool({ description: 'Copy files into the archive' })
  async copy(@Args() { files }: Files, @Ctx() ctx: Context): Promise<string> {
    for (const [index, file] of files.entries()) {
      ctx.signal.throwIfAborted();
      await ctx.reportProgress(index, files.length, file);
      await this.copyOne(file, ctx.signal);
    }
    await ctx.reportProgress(files.length, files.length);
    return `${files.length} files copied.`;
  }
  // #endregion progress

  // #region asking
  @Tool({ description: 'Copy files, and ask before the second half' })
  async copyInTwo(@Args() { files }: Files, @Ctx() ctx: Context): Promise<string> {
    const half = Math.ceil(files.length / 2);
    for (const file of files.slice(0, half))
      await ctx.step(`copy ${file}`, () => this.copyOne(file, ctx.signal));
    if (!(await ctx.confirm(`${half} of ${files.length} are done. Go on?`))) return 'Half of it is copied.';
    for (const file of files.slice(half))
      await ctx.step(`copy ${file}`, () => this.copyOne(file, ctx.signal));
    return 'All is copied.';
  }
  // #endregion asking

  // #region job
  @Tool({ description: 'Copy many files. Returns a job; read its resource to see how far it is.' })
  copyLater(@Args() { files }: Files) {
    const id = randomUUID();
    void this.work(id, files);
    return { job: `job://${id}` };
  }

  @Resource('job://{id}', { mimeType: 'application/json' })
  job(@Param('id') id: string): Job {
    const job = this.jobs.get(id);
    if (!job) throw new ToolError(`There is no job ${id}.`);
    return job;
  }

  private async work(id: string, files: string[]): Promise<void> {
    const job: Job = { done: 0, total: files.length, state: 'running' };
    this.jobs.set(id, job);
    try {
      for (const file of files) {
        await this.copyOne(file);
        job.done++;
        this.notifyResourceUpdated(`job://${id}`);
      }
      job.state = 'done';
    } catch {
      job.state = 'failed';
    }
    this.notifyResourceUpdated(`job://${id}`);
  }
  // #endregion job

  private async copyOne(file: string, signal?: AbortSignal): Promise<void> {
    await delay(file.startsWith('slow') ? 60_000 : 2, undefined, { signal });
    this.copied.push(file);
  }
}
