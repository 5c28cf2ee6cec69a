/** What a handler may know of the HTTP request that carried its call. */
export interface HttpInfo {
  readonly url: string;
  /** Lower-case names. `cookie` and `authorization` are left out. */
  readonly headers: Readonly<Record<string, string>>;
}
