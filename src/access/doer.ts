import type { Actor } from './actor.ts';

/** An actor as the history names them. */
export function doerOf(actor: Actor): { readonly memberId: string; readonly login: string; readonly tokenId: string } {
  return { memberId: actor.memberId, login: actor.login, tokenId: actor.credential.tokenId };
}
