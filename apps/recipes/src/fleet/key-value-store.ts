// #region store
/** What the ledger needs of a store that all replicas reach. Life is in milliseconds. */
export interface KeyValueStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, life: number): Promise<void>;
  /** Sets it unless it is there already, and says whether it did. */
  add(key: string, value: string, life: number): Promise<boolean>;
  /** Removes it if it still has this value. */
  remove(key: string, value: string): Promise<void>;
}
// #endregion store

/** A store behind HTTP; the client of yours stands in its place. */
export class HttpStore implements KeyValueStore {
  constructor(private readonly url: string) {}

  async get(key: string): Promise<string | undefined> {
    const answer = await this.send('GET', key);
    return answer.status === 200 ? answer.text() : undefined;
  }
  async set(key: string, value: string, life: number): Promise<void> {
    await this.send('PUT', key, { value, life });
  }
  async add(key: string, value: string, life: number): Promise<boolean> {
    return (await this.send('POST', key, { value, life })).status === 201;
  }
  async remove(key: string, value: string): Promise<void> {
    await this.send('DELETE', key, { value });
  }

  private async send(method: string, key: string, body?: object): Promise<Response> {
    const answer = await fetch(new URL(encodeURIComponent(key), this.url), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 500) throw new Error(`The store answered ${answer.status}.`);
    return answer;
  }
}
