import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RepriseError } from '../../errors/index.js';
import { StateRejectedError } from '../errors.js';

export interface SealOptions {
  /** Each at least 32 bytes. The first seals, all open: put a new key in front to rotate. */
  keys: readonly (string | Uint8Array)[];
  /** Life of a sealed state in milliseconds. */
  ttl: number;
  /** Upper bound of a sealed state in bytes. */
  maxBytes: number;
  /** Deflates before encrypting. Off by default: the length then tells about the content. */
  compress: boolean;
}

interface RingKey {
  readonly secret: Buffer;
  readonly id: Buffer;
}

const prefix = 'r1.';
const idBytes = 4;
const saltBytes = 16;
const tagBytes = 16;
const headBytes = 1 + idBytes + saltBytes + tagBytes;
const plain = 0;
const deflated = 1;

/**
 * Seals what travels through the client: AES-256-GCM, key and nonce derived for each state by HKDF from a random salt,
 * a key id for rotation, the expiry inside. `binding` is authenticated too: a state opens only for the call it is of.
 */
export class Sealer {
  private readonly ring: readonly RingKey[];

  constructor(private readonly options: SealOptions) {
    this.ring = options.keys.map(toRingKey);
  }

  get maxBytes(): number {
    return this.options.maxBytes;
  }

  /** The sealed text and its size, which the caller compares with `maxBytes`. */
  seal(content: unknown, binding: string): { token: string; bytes: number } {
    const key = this.ring[0];
    if (!key)
      throw new RepriseError('INVALID_OPTION', 'There is no key to seal with.', {
        fix: 'Give at least one.',
      });
    const text = Buffer.from(JSON.stringify({ expires: Date.now() + this.options.ttl, content }), 'utf8');
    const [form, body] = this.options.compress ? [deflated, deflateRawSync(text)] : [plain, text];
    const salt = randomBytes(saltBytes);
    const { secret, nonce } = derive(key, salt);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce);
    cipher.setAAD(associatedData(form, key.id, binding));
    const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
    const token =
      prefix +
      Buffer.concat([Buffer.from([form]), key.id, salt, cipher.getAuthTag(), sealed]).toString('base64url');
    return { token, bytes: token.length };
  }

  /** The content and its expiry in epoch milliseconds. Throws StateRejectedError. */
  open(token: string, binding: string): { content: unknown; expires: number } {
    if (token.length > this.options.maxBytes) throw new StateRejectedError('too large');
    if (!token.startsWith(prefix)) throw new StateRejectedError('malformed');
    const raw = Buffer.from(token.slice(prefix.length), 'base64url');
    if (raw.length <= headBytes) throw new StateRejectedError('malformed');
    const form = raw.readUInt8(0);
    const id = raw.subarray(1, 1 + idBytes);
    const key = this.ring.find((candidate) => candidate.id.equals(id));
    if (!key) throw new StateRejectedError('unknown key');
    const body = decrypt(raw, key, associatedData(form, key.id, binding));
    const text = (form === deflated ? inflateRawSync(body) : body).toString('utf8');
    // authenticated above, so it is what seal() wrote
    const { expires, content } = JSON.parse(text) as { expires: number; content: unknown };
    if (expires <= Date.now()) throw new StateRejectedError('expired');
    return { content, expires };
  }
}

function decrypt(raw: Buffer, key: RingKey, aad: Buffer): Buffer {
  const salt = raw.subarray(1 + idBytes, 1 + idBytes + saltBytes);
  const { secret, nonce } = derive(key, salt);
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce);
  decipher.setAAD(aad);
  decipher.setAuthTag(raw.subarray(headBytes - tagBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(raw.subarray(headBytes)), decipher.final()]);
  } catch {
    throw new StateRejectedError('forged or foreign');
  }
}

function derive(key: RingKey, salt: Buffer): { secret: Buffer; nonce: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', key.secret, salt, 'reprise requestState', 44));
  return { secret: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

function associatedData(form: number, id: Buffer, binding: string): Buffer {
  return Buffer.concat([Buffer.from(prefix), Buffer.from([form]), id, Buffer.from(binding, 'utf8')]);
}

function toRingKey(key: string | Uint8Array): RingKey {
  const secret = typeof key === 'string' ? Buffer.from(key, 'utf8') : Buffer.from(key);
  if (secret.byteLength < 32)
    throw new RepriseError('INVALID_OPTION', `A state key has ${secret.byteLength} bytes; 32 are needed.`, {
      fix: 'Make one with: openssl rand -base64 32',
    });
  return { secret, id: createHash('sha256').update('key id').update(secret).digest().subarray(0, idBytes) };
}
