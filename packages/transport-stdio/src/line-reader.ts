const newline = 0x0a;

export interface LineListener {
  /** A line without its end, and never an empty one. */
  line(bytes: Uint8Array): void;
  /** A line was longer than the limit; what there is of it has been thrown away, and the rest will be. */
  tooLong(): void;
}

/** Cuts what arrives in pieces into lines. It keeps no more than one line, and copies each byte once at most. */
export class LineReader {
  #parts: Buffer[] = [];
  #size = 0;
  #isSkipping = false;

  /** `limit`: the longest line in bytes. */
  constructor(
    private readonly limit: number,
    private readonly listener: LineListener,
  ) {}

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      this.#take(chunk.subarray(from, end));
      this.#endLine();
      from = end + 1;
    }
    this.#take(chunk.subarray(from));
  }

  /** Forgets the line that has begun. */
  clear(): void {
    this.#parts = [];
    this.#size = 0;
  }

  #take(part: Buffer): void {
    if (this.#isSkipping || part.length === 0) return;
    this.#size += part.length;
    if (this.#size <= this.limit) {
      this.#parts.push(part);
      return;
    }
    this.clear();
    this.#isSkipping = true;
    this.listener.tooLong();
  }

  #endLine(): void {
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.clear();
    this.#isSkipping = false;
    if (bytes !== undefined && !isBlank(bytes)) this.listener.line(bytes);
  }
}

/** White space alone, as the end of a line written on Windows. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
