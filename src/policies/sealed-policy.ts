import { createHash } from 'node:crypto';
import type { Json } from '../kernel/canonical-json.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';

/** A policy as it is kept and approved: canonical JSON, and the digest of that. */
export function sealed(policy: PolicyDocument): { readonly document: string; readonly digest: string } {
  const document = canonicalJson(policy as unknown as Json);
  return { document, digest: `sha256:${createHash('sha256').update(document, 'utf8').digest('hex')}` };
}
