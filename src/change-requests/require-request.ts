import type { Actor } from '../access/actor.ts';
import { seesTeam } from '../access/permissions.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeId } from '../kernel/ids.ts';
import type { TenantTx } from '../storage/storage.ts';
import { type LockedRequest, lockChangeRequest } from './change-request-store.ts';

/** The request of that id, locked. One that is missing, another tenant's, or out of the token's reach is not found. */
export async function requireRequest(tx: TenantTx, actor: Actor, id: string): Promise<LockedRequest> {
  const uuid = decodeId('changeRequest', id);
  const request = uuid === undefined ? undefined : await lockChangeRequest(tx, uuid);
  if (request === undefined || !seesTeam(actor, request.teamId)) {
    throw new DomainError('NOT_FOUND', 'no such change request');
  }
  return request;
}
