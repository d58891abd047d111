import { DEFAULT_POLICY, DEFAULT_VERSION, type PolicyDocument } from '../policy/policy-document.ts';
import type { TenantRows, TenantTx } from '../storage/storage.ts';
import { holdPolicy, readNewestPolicy } from './policy-store.ts';
import { readPolicy } from './read-policy.ts';

export interface CurrentPolicy {
  /** 0 for the one that every tenant begins with. */
  readonly version: number;
  readonly document: PolicyDocument;
  readonly inForceFrom: Date | null;
}

/** What the tenant asks right now. */
export async function currentPolicy(rows: TenantRows): Promise<CurrentPolicy> {
  const stored = await readNewestPolicy(rows);
  if (stored === undefined) return { version: DEFAULT_VERSION, document: DEFAULT_POLICY, inForceFrom: null };
  const { version, document, inForceFrom } = stored;
  return { version, document: readPolicy(JSON.parse(document)), inForceFrom };
}

/**
 * The same for what is judged by it in this transaction: until that ends, no other policy comes in force. Take it after the
 * profile's lock, as everybody does, so that nobody waits in a circle.
 */
export async function heldPolicy(tx: TenantTx): Promise<CurrentPolicy> {
  holdPolicy(tx);
  return currentPolicy(tx);
}
