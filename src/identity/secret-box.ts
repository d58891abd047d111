import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals texts (AES-256-GCM) so that only who has the key reads them, and nobody changes them unseen. What is sealed for
 * one purpose and place does not open for another.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** @param secret what the service was given, or something random that dies with the process */
  constructor(secret: string | Buffer, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', `capward ${purpose}`, 32));
  }

  /** @param place what it belongs to; it opens nowhere else */
  seal(text: string, place: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** The text; undefined where the box has not sealed it, or for another place. */
  open(sealed: Buffer, place: string): string | undefined {
    if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
    const iv = sealed.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const text = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
